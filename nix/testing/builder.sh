# Builder of the look-alike stdenv's derivations (stdenv.nix).
if [ -e "${NIX_ATTRS_SH_FILE-}" ]; then . "$NIX_ATTRS_SH_FILE"; fi
. "$stdenvSetup"
genericBuild
