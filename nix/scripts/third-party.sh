# Install phase of the third-party packages (build-uv-env.nix): verbatim wheels and built ones into one environment.
runHook preInstall
. "$uvEnvironment"

wheels=$NIX_BUILD_TOP/wheels
linkWheels "$wheels" "$uvDeps/wheels" $builtWheels
runScript pinned.py "$wheels" >"$NIX_BUILD_TOP/requirements.txt"

makeVenv "$out"
if [ -s "$NIX_BUILD_TOP/requirements.txt" ]; then
  installWheels "$out" "$wheels" -r "$NIX_BUILD_TOP/requirements.txt"
fi

# uv installs many at once, so which of two owners of a path came last is chance. Installed again one after the other, in
# the order of their names, the last name's file stays.
mkdir -p "$out/nix-support"
runScript collisions.py "$wheels" "$sitePackages" "$out/nix-support/path-collisions.txt" >"$NIX_BUILD_TOP/winners.txt"
cat "$out/nix-support/path-collisions.txt"
while read -r winner; do installWheels "$out" "$wheels" --reinstall "$winner"; done <"$NIX_BUILD_TOP/winners.txt"
[ -s "$out/nix-support/path-collisions.txt" ] || rm -r "$out/nix-support"

# One changes libraries, the other adds bytecode of .py files, so both at once. What the first looks at must not go while it looks:
# bytecode that came out of a wheel, which would be compiled anew in any case, goes before.
find "$out/$sitePackages" -type d -name __pycache__ -prune -exec rm -r {} +
autoPatchelf -- "$out" &
patching=$!
runScript bytecode.py "$out/$sitePackages" "${NIX_BUILD_CORES:-1}"
wait "$patching"

runHook postInstall
