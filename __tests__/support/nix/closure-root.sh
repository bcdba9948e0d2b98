#!/bin/bash
# closure-root.sh OUTPUT PROGRAM…: runs PROGRAM in a root that holds nothing but the closure of OUTPUT, without a network and
# with an empty environment. Mounts are of this process's own namespace and end with it.
set -euo pipefail
output=$1
shift

if [ "${CLOSURE_ROOT_INSIDE-}" != 1 ]; then
  export CLOSURE_ROOT_INSIDE=1
  exec unshare --mount --net --pid --fork --kill-child bash "${BASH_SOURCE[0]}" "$output" "$@"
fi

root=$(mktemp -d)
mount -t tmpfs -o mode=755 tmpfs "$root"
mkdir -p "$root"/{nix/store,proc,dev,tmp}
for path in $(nix-store --query --requisites "$output"); do
  if [ -d "$path" ]; then mkdir "$root$path"; else touch "$root$path"; fi
  mount --bind -o ro "$path" "$root$path"
done
mount -t proc proc "$root/proc"
touch "$root"/dev/{null,urandom}
mount --bind /dev/null "$root/dev/null"
mount --bind /dev/urandom "$root/dev/urandom"
exec env -i HOME=/tmp /usr/sbin/chroot "$root" "$@"
