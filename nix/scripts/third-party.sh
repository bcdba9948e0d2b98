# Install phase of third-party packages (third-party.nix): verbatim wheels and built ones into one
# environment, and what has an environment of its own linked into it.
runHook preInstall
. "$uvEnvironment"

wheels=$NIX_BUILD_TOP/wheels
linkWheels "$wheels" $wheelFolders
runScript together.py $apartFiles $apart >"$NIX_BUILD_TOP/apart.txt"
separate=()
while read -r how environment file; do
  if [ "$how" = together ]; then continue; fi
  rm "$wheels/$file"
  separate+=("$environment")
done <"$NIX_BUILD_TOP/apart.txt"
runScript pinned.py "$wheels" >"$NIX_BUILD_TOP/requirements.txt"

makeVenv "$out"
if [ -s "$NIX_BUILD_TOP/requirements.txt" ]; then
  installWheels "$out" "$wheels" -r "$NIX_BUILD_TOP/requirements.txt"
fi

# uv installs many at once, so which of two owners of a path came last is chance. Installed again
# one after the other, in the order of their names, the last name's file stays.
mkdir -p "$out/nix-support"
runScript collisions.py "$wheels" "$sitePackages" "$out/nix-support/path-collisions.txt" >"$NIX_BUILD_TOP/winners.txt"
while read -r winner; do installWheels "$out" "$wheels" --reinstall "$winner"; done <"$NIX_BUILD_TOP/winners.txt"

removeBytecode
runScript link_apart.py "$out" "$sitePackages" "$wheels" "$out/nix-support/path-collisions.txt" "${separate[@]}"
cat "$out/nix-support/path-collisions.txt"
[ -s "$out/nix-support/path-collisions.txt" ] || rm -r "$out/nix-support"

# What is copied out of a separate environment finds its libraries there.
if [ "${#separate[@]}" != 0 ]; then addAutoPatchelfSearchPath "${separate[@]}"; fi
# One changes libraries, the other adds bytecode of .py files, so both at once.
autoPatchelf -- "$out" &
patching=$!
runScript bytecode.py "$out/$sitePackages" "${NIX_BUILD_CORES:-1}"
wait "$patching"
if [ -n "$dlopened" ]; then runScript dlopened.py "$out/$sitePackages" $dlopened; fi

runHook postInstall
