# Shared by the scripts: where things are, and how they print. Sourced, never run.
# shellcheck disable=SC2034  # the scripts and parts that source this read its variables
set -euo pipefail

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/uv-fod
mkdir -p "$cache"
cache=$(cd "$cache" && pwd -P)
node_home=$cache/node24
# npm's cache and logs go there too: nothing else on this machine is written.
export npm_config_cache=$cache/npm

say() { printf '%s\n' "$*" >&2; }
die() {
  say "error: $*"
  exit 1
}

# need PROGRAM FIX: ends with one sentence if a prerequisite is missing.
need() { command -v "$1" >/dev/null 2>&1 || die "$1 is missing: $2"; }

# step NAME DIGEST COMMAND…: runs COMMAND unless it has already succeeded for this DIGEST of its
# inputs. A step that was killed has no stamp and starts again from scratch. `stamp_at=FILE step …`
# keeps the stamp elsewhere, for what belongs to one checkout and not to the shared cache.
step() {
  local name=$1 digest=$2 stamp=${stamp_at:-$cache/stamps/$1} started=$SECONDS
  shift 2
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$digest" ]; then return 0; fi
  rm -f "$stamp"
  say "set-up: $name …"
  local log=$cache/log/${name// /-}.log status=0
  # Not `"$@" || …`: bash ignores `set -e` in a command before `||`.
  set +e
  (
    set -e
    "$@"
  ) >"$log" 2>&1
  status=$?
  set -e
  if [ "$status" != 0 ]; then
    tail -n 30 "$log" >&2
    die "set-up step '$name' failed; its log is $log"
  fi
  printf '%s' "$digest" >"$stamp"
  say "set-up: $name, $((SECONDS - started)) s"
}

digest_of() { cat "$@" | sha256sum | cut -c1-16; }

# One set-up at a time: the demo and the tests may be started together.
lock_setup() {
  mkdir -p "$cache/stamps" "$cache/log"
  exec 9>"$cache/setup.lock"
  flock -n 9 || {
    say "set-up: waiting for another run's set-up"
    flock 9
  }
}
unlock_setup() { exec 9>&-; }
