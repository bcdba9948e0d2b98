# The test machine: a root folder of Debian packages with Nix, Python 3.14 and a C toolchain,
# entered in its own namespaces (enter.sh). Packages are unpacked, not installed: that needs no root
# and changes nothing on the host. Sourced.

suite=forky
root=$cache/root
apt=$cache/apt
debs=$cache/debs
uv_version=0.13.9

prepare_root() {
  need apt-get "this needs Debian or a derivative, with a package mirror configured for apt."
  need dpkg-deb "install dpkg."
  need unshare "install util-linux (Debian: apt-get install util-linux)."
  # shellcheck disable=SC2046  # no word, or two
  unshare $(user_namespace) -m -p --fork true 2>/dev/null ||
    die "namespaces can't be created here: run as root, or allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, and user.max_user_namespaces above 0)."
  local list=$checkout/script/lib/packages.txt lookalike=$checkout/nix/testing/packages.txt
  step "debian packages" "2-$(digest_of "$list" "$lookalike")" download_packages
  step "root" "5-$(digest_of "$list")" unpack_root
  refresh_root
  step "uv" "$uv_version-$(uname -m)" install_uv
  local programs=("$node_home/bin/node" "$cache/uv/bin/uv")
  step "digests" "3-$(stat -c '%s %Y' "${programs[@]}" | sha256sum | cut -c1-16)" write_facts "${programs[@]}"
}

# Writes the NAR hash and the version of each program next to it, for programs that Nix gets by path
# (nix/testing/default.nix).
write_facts() {
  local program digest version
  for program in "$@"; do
    digest=$(enter "$cache" nix-hash --type sha256 --base32 "$program")
    printf %s "$digest" >"$program.nar-sha256"
    version=$(enter "$cache" "$program" --version | sed -E 's/^(uv |v)//; s/ .*//')
    printf %s "$version" >"$program.version"
  done
}

# As root no user namespace is needed; otherwise the caller becomes root of one. An emulator belongs
# to one (inside.sh).
user_namespace() { if [ "$(id -u)" != 0 ] || [ -n "${emulator-}" ]; then printf '%s' '--user --map-root-user'; fi; }

names_in() { sed 's/#.*//; /^[[:space:]]*$/d' "$@" | awk '{print $1}'; }

# apt with its own folders, $apt, and another suite of the host's mirror.
private_apt() {
  apt-get -o Dir::State="$apt/state" -o Dir::State::status="$apt/status" -o Dir::Cache="$apt/cache" \
    -o Dir::Etc="$apt/etc" -o Dir::Etc::parts="$apt/etc/apt.conf.d" -o APT::Sandbox::User="$(id -un)" \
    -o Acquire::Check-Valid-Until=false -o Acquire::Languages=none -o Acquire::Retries=3 -o Debug::NoLocking=true "$@"
}

# make_apt SUITE: creates the folders of private_apt, with the lists of a suite.
make_apt() {
  local mirror
  rm -rf "$apt"
  mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial" "$apt/etc/apt.conf.d" "$apt/etc/preferences.d"
  : >"$apt/status"
  # shellcheck disable=SC2016  # apt expands it
  mirror=$(apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(SUITE)' 'Created-By: Packages' |
    awk '$2 == "Debian" && $1 !~ /security/ {print $1; exit}')
  [ -n "$mirror" ] || die "apt has no Debian mirror on this machine: run 'apt-get update' once, as root."
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $1 main" >"$apt/etc/sources.list"
  private_apt update
}

download_packages() {
  rm -rf "$debs" "$debs.part"
  make_apt "$suite"
  # shellcheck disable=SC2046  # a list of words
  private_apt --download-only --yes --no-install-recommends install $(names_in "$checkout/script/lib/packages.txt")
  mkdir -p "$debs.part/root" "$debs.part/lookalike"
  mv "$apt"/cache/archives/*.deb "$debs.part/root/"
  # The look-alike set is downloaded separately: its packages and their run-time dependencies.
  # shellcheck disable=SC2046  # a list of words
  private_apt --download-only --yes --no-install-recommends install $(names_in "$checkout/nix/testing/packages.txt")
  mv "$apt"/cache/archives/*.deb "$debs.part/lookalike/"
  mv "$debs.part" "$debs"
}

unpack_root() {
  local deb
  # Read-only files and folders must be writable to be deleted.
  [ ! -d "$root" ] || chmod -R u+w "$root" 2>/dev/null || true
  rm -rf "$root" "$root.part"
  mkdir "$root.part"
  # base-files first: it has /bin, /lib and other links that the others rely on.
  for deb in "$debs"/root/base-files_*.deb "$debs"/root/*.deb; do dpkg-deb -x "$deb" "$root.part"; done
  cd "$root.part" || return
  # What the packages' own scripts would have done, as far as needed.
  ln -sf gawk usr/bin/awk
  ln -sf gcc usr/bin/cc
  ln -sf g++ usr/bin/c++
  ln -sf which.debianutils usr/bin/which
  ln -sf python3.14 usr/bin/python3
  cp usr/share/base-passwd/passwd.master etc/passwd
  cp usr/share/base-passwd/group.master etc/group
  echo 'sshd:x:100:65534::/run/sshd:/usr/sbin/nologin' >>etc/passwd
  cat usr/share/ca-certificates/mozilla/*.crt >etc/ssl/certs/debian.crt
  mkdir -p nix mnt srv etc/nix usr/local/bin .old
  ln -sfn /proc/self/mounts etc/mtab
  write_nix_conf >etc/nix/nix.conf
  mv "$root.part" "$root"
}

# sandbox-fallback = false: Nix must fail rather than build without its sandbox. Build tools come
# from sandbox-paths; run-time dependencies are in the store (nix/testing).
write_nix_conf() {
  cat <<'CONF'
experimental-features = nix-command flakes
build-users-group =
require-drop-supplementary-groups = false
sandbox = true
sandbox-fallback = false
sandbox-paths = /bin=/usr/bin /usr /lib=/usr/lib /lib64=/usr/lib64
substituters =
CONF
}

# What may change between runs: the host's certificates and name service.
refresh_root() {
  local bundle=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
  [ -f "$bundle" ] || bundle=$root/etc/ssl/certs/debian.crt
  cp -f "$bundle" "$root/etc/ssl/certs/ca-certificates.crt.part"
  mv -f "$root/etc/ssl/certs/ca-certificates.crt.part" "$root/etc/ssl/certs/ca-certificates.crt"
  cp -fL /etc/resolv.conf /etc/hosts "$root/etc/" 2>/dev/null || true
}

install_uv() {
  rm -rf "$cache/uv"
  mkdir "$cache/uv"
  scripts_of_wheel uv "$uv_version" "$cache/uv/bin"
}

# scripts_of_wheel NAME VERSION FOLDER [OPTION…]: downloads a wheel and puts its programs into the
# folder.
scripts_of_wheel() {
  local folder=$3
  rm -rf "$folder" "$folder.part"
  mkdir "$folder.part"
  # shellcheck disable=SC2016  # the inner shell expands it
  enter "$folder.part" bash -c '
    set -e
    pip=(/usr/share/python-wheels/pip-*.whl)
    python3.14 "${pip[0]}/pip" download --no-deps --only-binary :all: --dest . "${@:2}" "$0==$1"
    unzip -q "$0"-*.whl
    chmod +x "$0"-*.data/scripts/*' "$1" "$2" "${@:4}"
  mv "$folder.part/$1-$2.data/scripts" "$folder"
  rm -rf "$folder.part"
}
