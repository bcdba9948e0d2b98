# Node 24, the Action's runtime, from an npm package; then this repository's own packages. Sourced.

prepare_node() {
  need node "install Node.js 20 or newer (Debian: apt-get install nodejs npm)."
  need npm "install npm (Debian: apt-get install npm)."
  need git "install git (Debian: apt-get install git)."
  need flock "install util-linux (Debian: apt-get install util-linux)."
  step "node 24" "3-$(uname -m)" install_node
  PATH=$node_home/bin:$PATH
  export PATH
  stamp_at=$checkout/node_modules/.uv-fod-stamp step "node packages" "$(digest_of "$checkout/package-lock.json")" install_packages
}

install_node() {
  local arch
  case $(uname -m) in
    x86_64) arch=x64 ;;
    aarch64) arch=arm64 ;;
    *) die "no Node 24 for $(uname -m): only x86_64 and aarch64 are supported." ;;
  esac
  rm -rf "$node_home" "$node_home.part"
  mkdir -p "$node_home.part"
  npm install --prefix "$node_home.part" --no-audit --no-fund --no-save "node-linux-$arch@24"
  mkdir -p "$node_home.part/bin"
  mv "$node_home.part/node_modules/node-linux-$arch/bin/node" "$node_home.part/bin/node"
  rm -rf "$node_home.part/node_modules"
  mv "$node_home.part" "$node_home"
}

install_packages() { (cd "$checkout" && npm ci --no-audit --no-fund); }
