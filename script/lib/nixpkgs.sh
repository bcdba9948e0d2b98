# What the ring `nixpkgs` needs besides the test machine: a nixpkgs, which NIXPKGS names. It is
# mounted in the machine (inside.sh). Settings of Nix, such as substituters, come from NIX_CONFIG.
# Sourced.

export UV_FOD_NIXPKGS=${NIXPKGS-} UV_FOD_NIX_CONFIG=${NIX_CONFIG-}

prepare_nixpkgs() {
  [ -n "$UV_FOD_NIXPKGS" ] || die "the ring nixpkgs needs a nixpkgs: set NIXPKGS to the path of a checkout."
  [ -e "$UV_FOD_NIXPKGS/default.nix" ] || die "NIXPKGS=$UV_FOD_NIXPKGS is no nixpkgs: it has no default.nix."
  case $UV_FOD_NIXPKGS in /*) ;; *) die "NIXPKGS=$UV_FOD_NIXPKGS is not an absolute path." ;; esac
}
