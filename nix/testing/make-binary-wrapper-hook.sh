# The look-alike makeBinaryWrapper: `makeWrapper EXECUTABLE OUT ARGS…` with the arguments of
# nixpkgs' that are used here (--set, --set-default, --prefix, --suffix, --chdir, --add-flags), as a
# small C program.
makeBinaryWrapper() {
  @python@ -I @script@ "$@" >"$NIX_BUILD_TOP/wrapper.c"
  mkdir -p "$(dirname "$2")"
  cc -Os -g0 -Wall -Werror -x c -o "$2" "$NIX_BUILD_TOP/wrapper.c"
  rm "$NIX_BUILD_TOP/wrapper.c"
}
makeWrapper() { makeBinaryWrapper "$@"; }
