# Install phase of the look-alike cc (stdenv.nix): the machine's compiler and binutils under every
# name that a build may call them by; Python's own settings name those with the machine's triplet.
mkdir -p "$out/bin" "$out/nix-support"

for name in gcc cc g++ c++ {x86_64,aarch64}-linux-gnu-{gcc,g++}; do
  case $name in
    *++) real=/usr/bin/g++ ;;
    *) real=/usr/bin/gcc ;;
  esac
  substitute "$wrapper" "$out/bin/$name" --subst-var-by real "$real" --subst-var glibcLib --subst-var dynamicLinker \
    --subst-var defaultHardening
  chmod +x "$out/bin/$name"
done
for name in ar as ld nm objcopy objdump ranlib readelf size strings strip; do ln -s "/usr/bin/$name" "$out/bin/$name"; done

cat >"$out/nix-support/setup-hook" <<'HOOK'
export CC=gcc CXX=g++
ccWrapperInput() {
  [ ! -d "$1/include" ] || NIX_CFLAGS_COMPILE+=" -isystem $1/include"
  [ ! -d "$1/lib" ] || NIX_LDFLAGS+=" -L$1/lib"
}
addEnvHooks 0 ccWrapperInput
HOOK
