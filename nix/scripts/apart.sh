# Install phase of one large wheel (third-party.nix): an environment with that wheel alone.
# Compiled ones may load libraries of other wheels, which they find by paths relative to their own
# place: such a wheel is not installed here, but with the others (third-party.sh), and this output
# only records that.
runHook preInstall
. "$uvEnvironment"

wheels=$NIX_BUILD_TOP/wheels
mkdir "$wheels"
ln -s "$oneWheel" "$wheels/$oneFile"
runScript pinned.py "$wheels" >"$NIX_BUILD_TOP/requirements.txt"
makeVenv "$out"
installWheels "$out" "$wheels" -r "$NIX_BUILD_TOP/requirements.txt"
removeBytecode

runScript libraries.py "$out" >"$NIX_BUILD_TOP/libraries.txt"
if grep --quiet '^folder ' "$NIX_BUILD_TOP/libraries.txt" || ! autoPatchelf -- "$out"; then
  echo "uv-fod: $oneFile has libraries that are looked for in other packages, and is installed together with these"
  rm -r "$out"
  install -D --mode=644 "$NIX_BUILD_TOP/libraries.txt" "$out/nix-support/together"
else
  runScript bytecode.py "$out/$sitePackages" "${NIX_BUILD_CORES:-1}"
fi

runHook postInstall
