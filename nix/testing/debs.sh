# Builder of nix/testing/debs.nix: unpacks Debian packages into store paths and closes their library
# paths.
set -eu

unpack() {
  local deb=$1 member
  member=$(ar t "$deb" | grep '^data\.tar')
  case $member in
    *.zst) ar p "$deb" "$member" | zstd -dc | tar -x -C tree --no-same-owner ;;
    *) ar p "$deb" "$member" | xz -dc | tar -x -C tree --no-same-owner ;;
  esac
}

# Debian's folders as nixpkgs has them: no usr, no folder named after the machine.
flatten() {
  local from=$1 to=$2 folder
  mkdir -p "$to"
  for folder in bin include etc sbin; do
    [ ! -d "$from/usr/$folder" ] || cp -a --no-preserve=ownership "$from/usr/$folder" "$to/"
    [ ! -d "$from/$folder" ] || cp -a --no-preserve=ownership "$from/$folder" "$to/"
  done
  # Headers of one machine replace those that choose between machines.
  for folder in "$to"/include/*-linux-gnu; do
    [ -d "$folder" ] || continue
    cp -a "$folder/." "$to/include/"
    rm -rf "$folder"
  done
  for folder in "$from"/usr/lib/*-linux-gnu; do
    [ -d "$folder" ] || continue
    mkdir -p "$to/lib"
    cp -a "$folder/." "$to/lib/"
    rm -rf "$folder"
  done
  # Not lib64: it holds only a link to the dynamic linker.
  [ ! -d "$from/usr/lib" ] || { mkdir -p "$to/lib" && cp -a "$from/usr/lib/." "$to/lib/"; }
  [ ! -d "$from/usr/share" ] || { mkdir -p "$to/share" && cp -a "$from/usr/share/." "$to/share/"; }
  rm -rf "$to"/share/{doc,man,lintian,locale,bug,info,aclocal,libtool,doc-base,menu,applications,pixmaps}
  [ ! -d "$to/share" ] || find "$to/share" -depth -type d -empty -delete
}

is_elf() { [ "$(head -c 4 "$1" | tr -d '\0')" = $'\x7fELF' ]; }

# Static libraries are left out, as nixpkgs leaves them to another output.
mkdir tree
for deb in $runtimeDebs; do unpack "$deb"; done
flatten tree "$out"
rm -rf tree
if [ -n "${dev-}" ]; then
  mkdir tree
  for deb in $devDebs; do unpack "$deb"; done
  rm -f tree/usr/lib/*/*.a
  flatten tree "$dev"
  # The names that the linker looks for (libfoo.so) belong to the libraries.
  mkdir -p "$out/lib" "$dev/nix-support"
  find "$dev/lib" -maxdepth 1 -name '*.so' -exec mv -t "$out/lib" {} +
  echo "$out $propagated" >"$dev/nix-support/propagated-build-inputs"
fi
eval "$fixup"
if [ -n "${dev-}" ]; then
  find "$dev/lib" -name '*.pc' -exec sed -i \
    -e "s|^prefix=.*|prefix=$dev|" -e "s|^exec_prefix=.*|exec_prefix=$dev|" \
    -e "s|^libdir=.*|libdir=$out/lib|" -e "s|^includedir=.*|includedir=$dev/include|" {} +
fi

[ -n "$patchElf" ] || exit 0
status=0
while read -r file; do
  is_elf "$file" || continue
  chmod u+w "$file"
  # The library path first: the other way round patchelf 0.18 breaks programs that are not
  # position-independent.
  patchelf --set-rpath "$out/lib${libraryPath:+:$libraryPath}" "$file" 2>/dev/null || continue
  if [ -n "$interpreter" ] && patchelf --print-interpreter "$file" >/dev/null 2>&1; then
    patchelf --set-interpreter "$interpreter" "$file"
  fi
  for name in $(patchelf --print-needed "$file"); do
    found=
    for folder in "$out/lib" ${libraryPath//:/ }; do [ ! -e "$folder/$name" ] || found=1; done
    if [ -z "$found" ]; then
      echo "$pname: ${file#"$out/"} needs $name, which is in none of its libraries" >&2
      status=1
    fi
  done
done < <(find "$out" -type f \( -perm -u+x -o -name '*.so*' \))
exit "$status"
