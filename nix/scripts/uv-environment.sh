# uv inside builds: offline, with the Python that it is given, configured by nothing outside, and
# leaving no trace of this build (uv's own metadata would record the time of the files that were
# installed).
export UV_OFFLINE=1 UV_NO_CONFIG=1 UV_PYTHON_DOWNLOADS=never UV_NO_MANAGED_PYTHON=1 UV_NO_PROGRESS=1
export UV_NO_INSTALLER_METADATA=1 HOME=$NIX_BUILD_TOP/home
mkdir -p "$HOME"

# makeVenv DIR: an empty virtual environment, without what uv leaves for itself.
makeVenv() {
  uv venv --quiet --no-cache --python "$(type -P "$executable")" "$1"
  # uv before 0.13 writes a module that each start of Python would import.
  rm -f "$1"/lib/python*/site-packages/_virtualenv.{py,pth}
  rm -f "$1"/.lock "$1"/.gitignore "$1"/CACHEDIR.TAG "$1"/bin/{activate*,deactivate*,pydoc.bat} "$1"/.rsrc_cache
}

# linkWheels DIR FOLDER…: all wheels of the folders in one, under their own names.
linkWheels() {
  local into=$1 folder
  shift
  mkdir -p "$into"
  for folder in "$@"; do
    for wheel in "$folder"/*.whl; do [ ! -e "$wheel" ] || ln -s "$wheel" "$into/"; done
  done
}

# installWheels VENV WHEELS ARG…: uv unpacks a wheel into its cache first. With the cache inside the
# environment what it installs are those very files, under a second name until the cache goes:
# everything is written once. (In the build's own folder they could only be copied: no link goes
# from one mount of the sandbox to another.)
installWheels() {
  local venv=$1 wheels=$2 folder
  shift 2
  UV_CACHE_DIR=$venv/.uv-cache UV_LINK_MODE=hardlink \
    uv pip install --quiet --python "$venv/bin/python" --no-index --no-deps --find-links "$wheels" "$@"
  rm -rf "$venv/.lock" "$venv/.uv-cache"
  # The first releases of uv 0.5 don't know UV_NO_INSTALLER_METADATA.
  for folder in "$venv"/lib/python*/site-packages/*.dist-info; do
    if [ ! -e "$folder/INSTALLER" ]; then continue; fi
    rm -f "$folder"/{INSTALLER,REQUESTED,uv_cache.json,direct_url.json}
    sed -i -E '/^[^,]*[.]dist-info[/](INSTALLER|REQUESTED|uv_cache[.]json|direct_url[.]json),/d' "$folder/RECORD"
  done
}

# removeBytecode: what came out of a wheel is recompiled in any case, and must not go while
# others look at the folder.
removeBytecode() { find "$out/$sitePackages" -type d -name __pycache__ -prune -exec rm -r {} +; }

# runScript NAME ARG…: one of nix/scripts/install, which may import each other and nothing of the
# build's own packages.
runScript() {
  local name=$1
  shift
  env -u PYTHONPATH python3 -Es "$installScripts/$name" "$@"
}
