# Build phase of one wheel (build-wheels.nix).
runHook preBuild

export UV_OFFLINE=1 UV_NO_CONFIG=1 UV_PYTHON_DOWNLOADS=never UV_NO_MANAGED_PYTHON=1 UV_NO_PROGRESS=1 UV_LINK_MODE=hardlink
export UV_CACHE_DIR=$NIX_BUILD_TOP/uv-cache HOME=$NIX_BUILD_TOP/home
mkdir -p "$HOME"
# Set by nixpkgs' hooks for Python: what is not in the pinned environment must not be found.
unset PYTHONPATH

# Always at the same place: what is compiled against headers of an environment keeps their path.
environment=$NIX_BUILD_TOP/environment
uv venv --quiet --python "$(type -P python3)" "$environment"
wheels=("$environmentWheels"/*.whl)
for folder in $environmentBuilds; do wheels+=("$folder"/*.whl); done
if [ -e "${wheels[0]-}" ]; then
  uv pip install --quiet --python "$environment/bin/python" --no-index --no-deps "${wheels[@]}"
fi
export PATH=$environment/bin:$PATH VIRTUAL_ENV=$environment

# No debug information and no path of this build in what is compiled.
export NIX_CFLAGS_COMPILE="${NIX_CFLAGS_COMPILE-} -g0 -ffile-prefix-map=$NIX_BUILD_TOP=/build"

cd "./$subdirectory"
python "$buildWheel" "$label" "$out"

runHook postBuild
