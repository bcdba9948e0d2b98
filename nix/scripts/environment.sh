# Install phase of an environment (build-uv-env.nix): third-party packages linked, in-tree packages
# installed.
runHook preInstall
. "$uvEnvironment"

makeVenv "$out"
wheels=$NIX_BUILD_TOP/wheels
linkWheels "$wheels" $inTreeWheels
runScript link_tree.py "$thirdParty" "$out" "$sitePackages" "$wheels"
# What is linked is there already; what is left are the in-tree packages.
installWheels "$out" "$wheels" -r "$requirements"
rm -f "$out/.lock"

# Reached through a link from elsewhere, a venv's Python would not find pyvenv.cfg beside it: what
# is linked to is a program that runs the real one by its full name.
mkdir -p "$out/libexec"
ln -s "$(readlink -f "$out/bin/python")" "$out/libexec/$executable"
rm -f "$out"/bin/python*
makeBinaryWrapper "$out/libexec/$executable" "$out/bin/$executable"
ln -s "$executable" "$out/bin/python3"
ln -s "$executable" "$out/bin/python"

runHook postInstall
autoPatchelf -- "$out"
# Last of all: bytecode that is not checked hides what is patched after it.
runScript bytecode.py "$out/$sitePackages" "${NIX_BUILD_CORES:-1}"
