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

install_node() { install_node_at "$node_home" 24; }

# install_node_at FOLDER VERSION [MACHINE]: FOLDER/bin/node of that version, for this machine or
# another one. (--force: npm refuses a package for another machine.)
install_node_at() {
  local arch folder=$1
  case ${3:-$(uname -m)} in
    x86_64) arch=x64 ;;
    aarch64) arch=arm64 ;;
    *) die "no Node 24 for $(uname -m): only x86_64 and aarch64 are supported." ;;
  esac
  rm -rf "$folder" "$folder.part"
  mkdir -p "$folder.part"
  npm install --prefix "$folder.part" --force --no-audit --no-fund --no-save "node-linux-$arch@$2"
  mkdir -p "$folder.part/bin"
  mv "$folder.part/node_modules/node-linux-$arch/bin/node" "$folder.part/bin/node"
  rm -rf "$folder.part/node_modules"
  mv "$folder.part" "$folder"
}

install_packages() { (cd "$checkout" && npm ci --no-audit --no-fund); }
