# The browser for pictures: its own root folder, made and entered like the test machine's (root.sh,
# enter.sh), and the npm packages that only pictures need. Large, so only script/pictures makes it.
# Sourced.

browser_root=$cache/browser
pictures=$checkout/script/lib/pictures

prepare_browser() {
  local list=$pictures/packages.txt
  step "browser" "1-$(digest_of "$list")" unpack_browser
  cp -f "$root/etc/resolv.conf" "$root/etc/hosts" "$browser_root/etc/" 2>/dev/null || true
  stamp_at=$pictures/node_modules/.uv-fod-stamp step "picture packages" "$(digest_of "$pictures/package-lock.json")" install_picture_packages
}

unpack_browser() {
  local deb archives=$cache/apt/cache/archives
  rm -rf "$browser_root" "$browser_root.part"
  mkdir "$browser_root.part"
  rm -f "$archives"/*.deb
  private_apt update
  # shellcheck disable=SC2046  # a list of words
  private_apt --download-only --yes --no-install-recommends install $(names_in "$pictures/packages.txt")
  for deb in "$archives"/base-files_*.deb "$archives"/*.deb; do dpkg-deb -x "$deb" "$browser_root.part"; done
  rm -f "$archives"/*.deb
  cd "$browser_root.part" || return
  cp usr/share/base-passwd/passwd.master etc/passwd
  cp usr/share/base-passwd/group.master etc/group
  mkdir -p nix mnt srv etc/fonts/conf.d .old
  ln -sfn /proc/self/mounts etc/mtab
  mv "$browser_root.part" "$browser_root"
}

install_picture_packages() { (cd "$pictures" && npm ci --no-audit --no-fund); }

in_browser() { root=$browser_root enter "$@"; }
