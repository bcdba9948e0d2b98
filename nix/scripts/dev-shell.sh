# What a development shell runs when it is entered (dev-shell.nix): names the checkout, which is the
# folder from here upwards that has the lock and the packages that are edited.

# Set by nixpkgs' hooks for Python: the environment has its own packages.
unset PYTHONPATH

uvFodIsCheckout() {
  local marker
  for marker in "${uvFodMarkers[@]}"; do [ -e "$1/$marker" ] || return 1; done
}

uvFodCheckout() {
  local folder=$PWD
  until uvFodIsCheckout "${folder:-/}"; do
    if [ -z "$folder" ]; then
      echo "uv-fod: no folder from $PWD upwards has ${uvFodMarkers[*]}: set $uvFodVariable to the folder of the source." >&2
      return
    fi
    folder=${folder%/*}
  done
  export "$uvFodVariable=${folder:-/}"
}

[ -n "${!uvFodVariable-}" ] || uvFodCheckout
unset uvFodVariable uvFodMarkers
unset -f uvFodIsCheckout uvFodCheckout
