# Debian's Go, for programs that are Go modules without a package: unpacked for one build, then
# deleted. Sourced.

# unpack_go PART: creates the folder from scratch, with Go in PART/goroot.
unpack_go() {
  local part=$1 deb
  # A build that was killed leaves read-only folders.
  [ ! -d "$part" ] || chmod -R u+w "$part"
  rm -rf "$part"
  mkdir -p "$part/go" "$part/debs/partial"
  private_apt --download-only --yes --no-install-recommends -o Dir::Cache::archives="$part/debs" install golang-go
  for deb in "$part"/debs/golang-*.deb; do dpkg-deb -x "$deb" "$part/go"; done
  # Go's tree is links between /usr/lib and /usr/share; -L makes one folder of it.
  cp -rL "$part"/go/usr/lib/go-1.* "$part/goroot"
}

# with_go PART NAME=VALUE… COMMAND…: runs it in the machine with that Go and its folders in PART.
with_go() {
  local part=$1
  shift
  enter "$part" env GOROOT="$part/goroot" GOPATH="$part/path" GOCACHE="$part/cache" GOTOOLCHAIN=local \
    GOFLAGS="-buildvcs=false -modcacherw" "$@"
}
