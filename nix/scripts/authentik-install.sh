# What authentik's output has besides the packages (authentik-django.nix; docs/authentik-layout.md).
# Runs before bytecode is compiled.
site=$out/$sitePackages

# Not part of the wheel: upstream runs them from the source's folder.
cp -r "$authentikSource/lifecycle" "$site/lifecycle"
cp "$authentikSource/manage.py" "$site/manage.py"
chmod -R u+w "$site/lifecycle" "$site/manage.py"
# ak.py runs the script beside it.
chmod +x "$site/lifecycle/ak"

. "$substitutions"

for file in "$site/lifecycle/ak" "$site/manage.py"; do
  sed -i -E \
    -e "1s|^#! */usr/bin/env (-S )?bash|#!$runtimeShell|" -e "1s|^#! */bin/bash|#!$runtimeShell|" \
    -e "1s|^#! */usr/bin/env python3?\$|#!$out/bin/python3|" "$file"
  if head -n 1 "$file" | grep -q '^#!.*\(/usr/bin\|/bin/env\)'; then
    echo "uv-fod: authentik $authentikVersion: ${file#"$site/"} starts with '$(head -n 1 "$file")', which names nothing in the store" >&2
    exit 1
  fi
done
chmod +x "$site/manage.py"

ln -s "$site/authentik" "$out/authentik"
ln -s "$site/lifecycle" "$out/lifecycle"
cp "$site/manage.py" "$out/manage.py"
for folder in blueprints locale schemas; do
  if [ -d "$authentikSource/$folder" ]; then cp -r "$authentikSource/$folder" "$out/$folder"; fi
done
[ -d "$out/blueprints" ] || { echo "uv-fod: authentik $authentikVersion: the source has no folder 'blueprints'" >&2; exit 1; }

# The web UI's files where there is a build of it, else the source's own.
mkdir -p "$out/web"
for part in dist authentik icons robots.txt security.txt; do
  if [ -n "$webui" ] && [ -e "$webui/$part" ]; then
    ln -s "$webui/$part" "$out/web/$part"
  elif [ -e "$authentikSource/web/$part" ]; then
    cp -r "$authentikSource/web/$part" "$out/web/$part"
  fi
done
chmod -R u+w "$out/web" "$out/manage.py" 2>/dev/null || true

# `ak` from anywhere: with its own Python and shell first, in the folder that relative paths
# (./locale, web/) are meant from. Python's variables are those of upstream's image: a log line
# appears at once, and nothing is written to a read-only store.
rm -f "$out/bin/ak"
makeBinaryWrapper "$out/lifecycle/ak" "$out/bin/ak" --chdir "$out" --prefix PATH : "$out/bin:$runtimePath" \
  --set VIRTUAL_ENV "$out" --set-default TMPDIR /tmp --set-default PYTHONUNBUFFERED 1 --set-default PYTHONDONTWRITEBYTECODE 1
