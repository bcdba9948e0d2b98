#!/bin/bash
# The look-alike cc: the machine's compiler with the flags that nixpkgs' wrappers of compiler and
# linker add, to harden what is compiled and to have every library that is linked found at run time.
before=() after=() link=1

for arg in "$@"; do
  case $arg in -c | -E | -S | -M | -MM | --version | -dump*) link= ;; esac
done

# shellcheck disable=SC2043  # a list once the wrapper is installed
for flag in ${NIX_HARDENING_ENABLE-@defaultHardening@}; do
  case $flag in
    format) before+=(-Wformat -Wformat-security -Werror=format-security) ;;
    fortify)
      before+=(-O2 -U_FORTIFY_SOURCE)
      after+=(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
      ;;
    pic) before+=(-fPIC) ;;
    stackclashprotection) before+=(-fstack-clash-protection) ;;
    stackprotector) before+=(-fstack-protector-strong --param ssp-buffer-size=4) ;;
    strictoverflow) before+=(-fno-strict-overflow) ;;
    zerocallusedregs) before+=(-fzero-call-used-regs=used-gpr) ;;
    relro) [ -z "$link" ] || before+=("-Wl,-z,relro") ;;
    bindnow) [ -z "$link" ] || before+=("-Wl,-z,now") ;;
  esac
done

if [ -n "$link" ]; then
  # The folder of each library that is linked goes into the library path, in the order of -L.
  folders=() prev=
  declare -A libraries=([libc.so]=1) seen=()
  # shellcheck disable=SC2086  # lists of words
  for arg in "$@" ${NIX_LDFLAGS-} -L@glibcLib@; do
    case $prev in
      -L) folders+=("$arg") ;;
      -l) libraries["lib$arg.so"]=1 ;;
    esac
    case $arg in
      -L?*) folders+=("${arg#-L}") ;;
      -l?*) libraries["lib${arg#-l}.so"]=1 ;;
      /nix/store/*.so | /nix/store/*.so.*)
        folders+=("${arg%/*}")
        libraries["${arg##*/}"]=1
        ;;
    esac
    prev=$arg
  done
  for flag in ${NIX_LDFLAGS-}; do
    case $flag in -L* | -l*) after+=("$flag") ;; *) after+=("-Wl,$flag") ;; esac
  done
  for folder in "${folders[@]}"; do
    if [[ $folder != /nix/store/* || -n ${seen[$folder]-} ]]; then continue; fi
    for file in "$folder"/*.so*; do
      if [ -n "${libraries[${file##*/}]-}" ]; then
        seen[$folder]=1
        after+=("-Wl,-rpath,$folder")
        break
      fi
    done
  done
  # Debian's glibc has no libc.so for linkers beside it.
  [ -n "${seen[@glibcLib@]-}" ] || after+=("-Wl,-rpath,@glibcLib@")
  after+=("-Wl,--dynamic-linker=@dynamicLinker@" "-Wl,--build-id=none")
fi

# shellcheck disable=SC2086  # a list of words
exec @real@ "${before[@]}" "$@" ${NIX_CFLAGS_COMPILE-} "${after[@]}"
