# enter DIR COMMAND…: runs COMMAND in the test machine, in the folder DIR. Sourced.
#
# The root is entered with namespaces and pivot_root, not chroot: in a chroot Nix cannot create its
# own namespaces and would build without a sandbox. Mounts and processes belong to the namespaces:
# they end with the command, and with the calling script, however these end.

enter() {
  local dir=$1
  shift
  mkdir -p "$cache/nix" "$cache/home"
  # The environment is not inherited: only variables for the network, trust and the terminal are.
  local -a keep=()
  local name
  for name in CI TERM NO_COLOR COLUMNS http_proxy https_proxy no_proxy all_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY \
    PIP_INDEX_URL UV_DEFAULT_INDEX UV_INDEX_URL GOPROXY GOSUMDB GOFLAGS PIP_DEFAULT_TIMEOUT $(compgen -e UV_FOD_ || true); do
    if [ -n "${!name-}" ]; then keep+=("$name=${!name}"); fi
  done
  local index
  if [ -z "${PIP_INDEX_URL-}" ] && index=$(python3 -m pip config get global.index-url 2>/dev/null) && [ -n "$index" ]; then
    keep+=("PIP_INDEX_URL=$index" "UV_DEFAULT_INDEX=$index")
  fi
  local proxy
  if [ -z "${GOPROXY-}" ] && proxy=$(go env GOPROXY 2>/dev/null) && [ -n "$proxy" ]; then keep+=("GOPROXY=$proxy"); fi
  if [ -z "${NPM_CONFIG_REGISTRY-}" ] && proxy=$(npm config get registry 2>/dev/null) && [ -n "$proxy" ]; then
    keep+=("NPM_CONFIG_REGISTRY=$proxy")
  fi
  local bundle=/etc/ssl/certs/ca-certificates.crt
  # shellcheck disable=SC2046  # no word, or two
  env -i PATH=/usr/bin:/usr/sbin "${keep[@]}" HOME="$cache/home" XDG_CACHE_HOME="$(dirname "$cache")" LANG=C.UTF-8 USER=root \
    SSL_CERT_FILE=$bundle NIX_SSL_CERT_FILE=$bundle NODE_EXTRA_CA_CERTS=$bundle PIP_DISABLE_PIP_VERSION_CHECK=1 \
    NIX_PATH="nixpkgs=$checkout/nix/testing:uv-fod=$checkout/nix" UV_FOD_ROOT="$root" UV_FOD_CACHE="$cache" UV_FOD_CHECKOUT="$checkout" UV_FOD_DIR="$dir" UV_FOD_EMULATOR="${emulator-}" \
    setpriv --pdeathsig KILL unshare $(user_namespace) -m -p --fork --kill-child bash "$checkout/script/lib/inside.sh" "$@"
}
