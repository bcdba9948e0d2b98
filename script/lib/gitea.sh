# What the ring `gitea` needs on top of the test machine: Gitea, a real one, which Forgejo was forked from and whose API it shares. It is a
# Go module, built here once with Debian's Go, which is then thrown away. Its web pages' scripts are not built: nobody looks. Sourced.

gitea_version=1.26.0

prepare_gitea() {
  step "gitea" "1-$gitea_version-$(uname -m)" install_gitea
}

install_gitea() {
  local part=$cache/gitea.part
  rm -rf "$cache/gitea"
  unpack_go "$part"
  mkdir "$part/out"
  # In the module's own folder, whose go.mod says what it is built with (`go install` refuses a module that replaces others).
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
