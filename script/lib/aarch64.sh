# What the ring `aarch64` needs besides the test machine: the look-alike set's packages, Node and uv
# for that system, and a root folder like the machine's with an emulator (qemu) and a cross
# compiler, so that compiling at least is not emulated. Sourced after root.sh.

aarch64=$cache/aarch64
aarch64_root=$aarch64/root

prepare_aarch64() {
  local programs=("$aarch64/node/bin/node" "$aarch64/uv/bin/uv")
  local list=$checkout/script/lib/packages.txt lookalike=$checkout/nix/testing/packages.txt
  mkdir -p "$aarch64"
  step "aarch64 packages" "2-$(digest_of "$lookalike")" download_aarch64
  step "aarch64 root" "4-$(digest_of "$list")" unpack_aarch64_root
  step "aarch64 node" 1 install_node_at "$aarch64/node" 24 aarch64
  step "aarch64 uv" "1-$uv_version" install_aarch64_uv
  enter_aarch64 "$checkout" "${programs[1]}" --version >/dev/null 2>&1 ||
    die "programs for aarch64 can't be started here: this needs binfmt_misc in user namespaces (Linux 6.7 or newer), or an entry for aarch64 with the flag F."
  step "aarch64 facts" "1-$(stat -c '%s %Y' "${programs[@]}" | sha256sum | cut -c1-16)" emulated write_facts "${programs[@]}"
}

# With apt's own folders for that architecture.
download_aarch64() {
  local apt=$cache/apt-arm64
  rm -rf "$aarch64/debs" "$aarch64/debs.part"
  make_apt "$suite"
  echo 'APT::Architecture "arm64"; APT::Architectures { "arm64"; };' >"$apt/architecture"
  # apt reads it before its options.
  local -x APT_CONFIG=$apt/architecture
  private_apt update
  # shellcheck disable=SC2046  # a list of words
  private_apt --download-only --yes --no-install-recommends install $(names_in "$checkout/nix/testing/packages.txt")
  mkdir "$aarch64/debs.part"
  mv "$apt"/cache/archives/*.deb "$aarch64/debs.part/"
  rm -rf "$apt"
  mv "$aarch64/debs.part" "$aarch64/debs"
}

# The machine's root under second names (hard links), with the packages that only this ring needs.
unpack_aarch64_root() {
  local deb library part=$aarch64_root.part archives=$cache/apt/cache/archives
  for deb in "$aarch64_root" "$part"; do [ ! -d "$deb" ] || chmod -R u+w "$deb"; done
  rm -rf "$aarch64_root" "$part"
  cp -al "$root" "$part"
  rm -f "$archives"/*.deb
  private_apt update
  private_apt --download-only --yes --no-install-recommends install qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross
  # Packages that the machine already has keep its version.
  for deb in "$archives"/*.deb; do
    if compgen -G "$debs/root/$(basename "${deb%%_*}")_*.deb" >/dev/null; then continue; fi
    dpkg-deb -x "$deb" "$part"
  done
  # Node and uv are used as they are, with the C library of the machine: here, that of the cross
  # compiler. Absolute links: the sandbox has /usr/lib at /lib.
  mkdir -p "$part/usr/lib/aarch64-linux-gnu"
  for library in "$part"/usr/aarch64-linux-gnu/lib/*.so*; do
    ln -sf "${library#"$part"}" "$part/usr/lib/aarch64-linux-gnu/"
  done
  ln -sf /usr/aarch64-linux-gnu/lib/ld-linux-aarch64.so.1 "$part/usr/lib/"
  rm -f "$archives"/*.deb "$part/etc/nix/nix.conf"
  { write_nix_conf && echo 'extra-platforms = aarch64-linux'; } >"$part/etc/nix/nix.conf"
  mv "$part" "$aarch64_root"
}

install_aarch64_uv() {
  mkdir -p "$aarch64/uv"
  scripts_of_wheel uv "$uv_version" "$aarch64/uv/bin" --platform manylinux_2_28_aarch64
}

# enter_aarch64 DIR COMMAND…: as enter, in that root, as root of a user namespace, where programs
# for aarch64 start in the emulator.
enter_aarch64() { emulated enter "$@"; }

# shellcheck disable=SC2034  # enter reads them
emulated() {
  local root=$aarch64_root emulator=$aarch64_root/usr/bin/qemu-aarch64
  "$@"
}
