# Build phase of single.nix, with stdenv's errexit; lists are split at white space.
# shellcheck disable=SC2086,SC2164
export UV_OFFLINE=1 UV_NO_CONFIG=1 UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1 UV_LINK_MODE=copy
# xmlsec waits for lxml to be compiled, which on a busy machine takes more than uv's five minutes.
export UV_LOCK_TIMEOUT=3600
export UV_CACHE_DIR=$NIX_BUILD_TOP/uv-cache HOME=$NIX_BUILD_TOP/home
mkdir -p "$HOME" "$NIX_BUILD_TOP/links"
unset PYTHONPATH SOURCE_DATE_EPOCH
cd "$NIX_BUILD_TOP/links"

wanted=$NIX_BUILD_TOP/requirements.txt
for wheel in "$uvDeps"/wheels/*.whl; do
  IFS=- read -r name version _ <<<"$(basename "$wheel")"
  echo "$name==$version" >>"$wanted"
  ln -s "$wheel" .
done
for folder in $requirements; do ln -sf "$folder"/*.whl .; done
set -- $sdistNames
for file in $sdistFiles; do
  ln -s "$file" "$1"
  shift
done
for one in $sdistRequirements; do echo "$one" >>"$wanted"; done
cd "$NIX_BUILD_TOP/$sourceRoot"
for folder in $directories; do echo "$PWD/$folder" >>"$wanted"; done
for tree in $trees; do
  copy=$NIX_BUILD_TOP/tree-$(basename "$tree")
  cp -r "$tree" "$copy"
  chmod -R u+w "$copy"
  echo "$copy" >>"$wanted"
done

uv venv --quiet --python "$(type -P python3)" "$out"
PYC_INVALIDATION_MODE=UNCHECKED_HASH uv pip install --quiet --compile-bytecode --python "$out/bin/python" \
  --no-index --no-deps --find-links "$NIX_BUILD_TOP/links" -r "$wanted"
rm -f "$out/.lock"
autoPatchelf -- "$out"
uv pip check --quiet --python "$out/bin/python"
(cd "$HOME" && env -i "$out/bin/python" -I -c 'import authentik')
