# What the ring `workflows` needs on top of the test machine: act, which runs workflows without GitHub, and the two linters of
# workflows. act and actionlint are Go modules, built here once with Debian's Go, which is then thrown away. Sourced.

act_version=0.2.89
actionlint_version=1.7.12
zizmor_version=1.32.0

prepare_act() {
  step "act" "1-$act_version-$actionlint_version-$(uname -m)" install_act
  step "zizmor" "1-$zizmor_version-$(uname -m)" install_zizmor
}

install_act() {
  local part=$cache/act.part deb
  # A build that was killed leaves folders that nobody may write to.
  [ ! -d "$part" ] || chmod -R u+w "$part"
  rm -rf "$part" "$cache/act"
  mkdir -p "$part/go" "$part/bin" "$part/debs/partial"
  private_apt --download-only --yes --no-install-recommends -o Dir::Cache::archives="$part/debs" install golang-go
  for deb in "$part"/debs/golang-*.deb; do dpkg-deb -x "$deb" "$part/go"; done
  # Go's tree is links between /usr/lib and /usr/share; -L makes one folder of it.
  cp -rL "$part"/go/usr/lib/go-1.* "$part/goroot"
  enter "$part" env GOROOT="$part/goroot" GOPATH="$part/path" GOCACHE="$part/cache" GOBIN="$part/bin" GOTOOLCHAIN=local \
    GOFLAGS="-buildvcs=false -modcacherw" CGO_ENABLED=0 bash -c '
    set -e
    "$GOROOT/bin/go" install "github.com/nektos/act@v$0"
    "$GOROOT/bin/go" install "github.com/rhysd/actionlint/cmd/actionlint@v$1"' "$act_version" "$actionlint_version"
  mkdir "$cache/act"
  mv "$part"/bin/* "$cache/act/"
  rm -rf "$part"
}

install_zizmor() {
  rm -rf "$cache/zizmor" "$cache/zizmor.part"
  mkdir "$cache/zizmor.part"
  enter "$cache/zizmor.part" bash -c '
    set -e
    pip=(/usr/share/python-wheels/pip-*.whl)
    python3.14 "${pip[0]}/pip" download --no-deps --only-binary :all: --dest . "zizmor==$0"
    unzip -q zizmor-*.whl
    mv zizmor-*.data/scripts/zizmor .
    rm -rf zizmor-*
    chmod +x zizmor' "$zizmor_version"
  mv "$cache/zizmor.part" "$cache/zizmor"
}
