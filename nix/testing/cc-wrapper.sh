# Install phase of the look-alike cc: the machine's compiler with the flags that inputs ask for, as nixpkgs' cc-wrapper does it.
mkdir -p "$out/bin" "$out/nix-support"

# Every name that a build may call it by; Python's own settings name the last two.
for name in gcc cc g++ c++ x86_64-linux-gnu-gcc aarch64-linux-gnu-gcc x86_64-linux-gnu-g++ aarch64-linux-gnu-g++; do
  case $name in
    *++) real=$gcc/g++ ;;
    *) real=$gcc/gcc ;;
  esac
  cat >"$out/bin/$name" <<WRAPPER
#!/bin/bash
link=()
compile=1
for arg in "\$@"; do case \$arg in -c | -E | -S) compile= ;; esac; done
if [ -n "\$compile" ]; then
  for flag in \$NIX_LDFLAGS; do case \$flag in -rpath=*) link+=("-Wl,\$flag") ;; *) link+=("\$flag") ;; esac; done
  link+=(-Wl,-rpath=$glibcLib -Wl,--dynamic-linker=$dynamicLinker -Wl,--build-id=none)
fi
exec $real "\$@" \$NIX_CFLAGS_COMPILE "\${link[@]}"
WRAPPER
  chmod +x "$out/bin/$name"
done

cat >"$out/nix-support/setup-hook" <<'HOOK'
export CC=gcc CXX=g++
ccWrapperInput() {
  [ ! -d "$1/include" ] || NIX_CFLAGS_COMPILE+=" -isystem $1/include"
  if compgen -G "$1/lib/*.so*" >/dev/null; then NIX_LDFLAGS+=" -L$1/lib -rpath=$1/lib"; fi
}
addEnvHooks 0 ccWrapperInput
HOOK
