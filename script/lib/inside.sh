# The first process of the test machine (see enter.sh): mounts its folders, moves into it and runs
# the command.
set -euo pipefail

mount --make-rprivate /
mount --bind "$UV_FOD_ROOT" "$UV_FOD_ROOT"
cd "$UV_FOD_ROOT"

# bind SOURCE [TARGET]: mounts a folder of the host in the machine, at the same path by default.
bind() {
  local target=.${2:-$1}
  mkdir -p "$target"
  mount --bind "$1" "$target"
}

mount -t proc proc proc
# Programs for aarch64 start in an emulator, unless the host knows one. It is known in this user
# namespace only, and found in every folder (flag F).
if [ -n "${UV_FOD_EMULATOR-}" ] && [ ! -e proc/sys/fs/binfmt_misc/qemu-aarch64 ]; then
  mount -t binfmt_misc binfmt_misc proc/sys/fs/binfmt_misc
  # ELF, 64 bits, little-endian, of type 2 or 3, for machine 183 (System V gABI, "ELF Header").
  magic='\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00'
  mask='\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff'
  printf '%s' ":qemu-aarch64:M::$magic:$mask:$UV_FOD_EMULATOR:FP" >proc/sys/fs/binfmt_misc/register
fi
mount --rbind /dev dev
mount -t tmpfs -o mode=1777 tmp tmp
mount -t tmpfs -o mode=755 run run
bind "$UV_FOD_CACHE/nix" /nix
# The cache contains the root: mounted like this, a path means the same inside and outside.
bind "$UV_FOD_CACHE"
# Also at a path that is the same on every machine, for Nix expressions (nix/testing).
bind "$UV_FOD_CACHE" /opt/uv-fod
case $UV_FOD_CHECKOUT/ in
  "$UV_FOD_CACHE"/*) ;;
  *) bind "$UV_FOD_CHECKOUT" ;;
esac
# Real locks to compare plans with, if this machine has some; read-only.
locks=${UV_FOD_LOCKS:-$UV_FOD_CHECKOUT/../shared/locks}
if [ -d "$locks" ]; then
  UV_FOD_LOCKS=$(cd "$locks" && pwd -P)
  bind "$UV_FOD_LOCKS"
  mount -o remount,bind,ro ".$UV_FOD_LOCKS"
  export UV_FOD_LOCKS
fi
# The nixpkgs for the ring `nixpkgs`, read-only.
if [ -n "${UV_FOD_NIXPKGS-}" ] && [ -d "$UV_FOD_NIXPKGS" ]; then
  bind "$UV_FOD_NIXPKGS"
  mount -o remount,bind,ro ".$UV_FOD_NIXPKGS"
fi

pivot_root . .old
umount -l /.old
cd "$UV_FOD_DIR"
export PATH=$UV_FOD_CACHE/node24/bin:$UV_FOD_CACHE/uv/bin:/usr/bin:/usr/sbin
unset UV_FOD_ROOT UV_FOD_DIR

# As process 1 this shell gets only the signals that it handles. The command gets two seconds to
# end; when this shell ends, the kernel kills the rest.
# shellcheck disable=SC2329  # called by the traps
stop() {
  kill -TERM "$child" 2>/dev/null || true
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    kill -0 "$child" 2>/dev/null || break
    sleep 0.1
  done
  exit "$1"
}
trap 'stop 130' INT
trap 'stop 143' TERM
trap 'stop 129' HUP
"$@" <&0 &
child=$!
status=0
wait "$child" || status=$?
exit "$status"
