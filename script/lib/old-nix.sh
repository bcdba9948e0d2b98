# A second, older Nix for the ring `e2e`: 2.26 from Debian's stable release, with its own libraries.
# Sourced after root.sh.

old_suite=trixie
old_nix=$cache/nix-$old_suite

prepare_old_nix() { step "nix of $old_suite" "1-$(uname -m)" install_old_nix; }

# Unpacked next to the machine's own. Its program has its loader and library path built in, so that
# no variable is passed on to the programs that it starts.
install_old_nix() {
  local part=$old_nix.part apt=$cache/apt-$old_suite deb
  [ ! -d "$old_nix" ] || chmod -R u+w "$old_nix"
  rm -rf "$part" "$old_nix"
  make_apt "$old_suite"
  private_apt --download-only --yes --no-install-recommends install nix-bin
  mkdir "$part"
  for deb in "$apt"/cache/archives/{nix-bin,bash-static,lib}*.deb; do dpkg-deb -x "$deb" "$part"; done
  rm -rf "$apt"
  mv "$part" "$old_nix"
  # shellcheck disable=SC2016  # the inner shell expands it
  enter "$old_nix" bash -c '
    set -e
    loader=(usr/lib/*-linux-gnu/ld-linux-*.so.*)
    libraries=$PWD/${loader[0]%/*}
    patchelf --set-interpreter "$PWD/${loader[0]}" --force-rpath --set-rpath "$libraries" usr/bin/nix
    usr/bin/nix --version'
}
