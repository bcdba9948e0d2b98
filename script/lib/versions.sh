# What the ring `nix` needs besides the test machine: the oldest Node and uv that the Nix library
# supports, the newest ones, and a uv in between (the machine's own Node is in between). Sourced
# after root.sh.

versions=$cache/versions
other_nodes='22.12.0 26.12.1'
other_uvs='0.5.0 0.9.30'

prepare_versions() {
  local version
  for version in $other_nodes; do step "node $version" "1-$(uname -m)" install_other_node "$version"; done
  for version in $other_uvs; do step "uv $version" "1-$(uname -m)" install_other_uv "$version"; done
}

install_other_node() {
  install_node_at "$versions/node-$1" "$1"
  write_facts "$versions/node-$1/bin/node"
}

install_other_uv() {
  mkdir -p "$versions/uv-$1"
  scripts_of_wheel uv "$1" "$versions/uv-$1/bin"
  write_facts "$versions/uv-$1/bin/uv"
}
