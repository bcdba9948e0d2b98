# What the ring `gitea` needs besides the test machine: a real Gitea, which Forgejo was forked from
# and whose API it shares. It is a Go module, built once with Debian's Go, which is then deleted.
# The scripts of its web pages are not needed and not built. Sourced.

gitea_version=1.26.0

prepare_gitea() {
  step "gitea" "1-$gitea_version-$(uname -m)" install_gitea
}

install_gitea() {
  local part=$cache/gitea.part
  rm -rf "$cache/gitea"
  unpack_go "$part"
  mkdir "$part/out"
  # In the module's own folder, because `go install` refuses a module whose go.mod replaces others.
  # shellcheck disable=SC2016  # the inner shell expands it
  with_go "$part" CGO_ENABLED=1 bash -c '
    set -e
    "$GOROOT/bin/go" mod download "code.gitea.io/gitea@v$0"
    cd "$GOPATH/pkg/mod/code.gitea.io/gitea@v$0"
    "$GOROOT/bin/go" build -tags "sqlite sqlite_unlock_notify" -ldflags "-s -w" -o "$1/gitea" .
    mkdir "$1/share"
    cp -r options templates public "$1/share/"' "$gitea_version" "$part/out"
  mv "$part/out" "$cache/gitea"
  rm -rf "$part"
}
