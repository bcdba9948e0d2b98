# What the ring `workflows` needs besides the test machine: act, which runs workflows without
# GitHub, and two linters for workflows. act and actionlint are Go modules, built once with Debian's
# Go, which is then deleted. Sourced.

act_version=0.2.89
actionlint_version=1.7.12
zizmor_version=1.32.0

prepare_act() {
  step "act" "1-$act_version-$actionlint_version-$(uname -m)" install_act
  step "zizmor" "1-$zizmor_version-$(uname -m)" install_zizmor
}

install_act() {
  local part=$cache/act.part
  rm -rf "$cache/act"
  unpack_go "$part"
  mkdir "$part/bin"
  # shellcheck disable=SC2016  # the inner shell expands it
  with_go "$part" GOBIN="$part/bin" CGO_ENABLED=0 bash -c '
    set -e
    "$GOROOT/bin/go" install "github.com/nektos/act@v$0"
    "$GOROOT/bin/go" install "github.com/rhysd/actionlint/cmd/actionlint@v$1"' "$act_version" "$actionlint_version"
  mv "$part/bin" "$cache/act"
  rm -rf "$part"
}

install_zizmor() { scripts_of_wheel zizmor "$zizmor_version" "$cache/zizmor"; }
