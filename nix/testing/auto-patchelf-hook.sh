# The look-alike autoPatchelfHook: the same functions and variables as nixpkgs' (see its manual),
# done by auto-patchelf.py. Not `declare`: hooks are read inside a function.
autoPatchelfLibs=() extraAutoPatchelfLibs=()

autoPatchelfInput() { [ ! -d "$1/lib" ] || autoPatchelfLibs+=("$1/lib"); }
addEnvHooks 0 autoPatchelfInput

# addAutoPatchelfSearchPath [--no-recurse] [--] PATH…: their folders with libraries, at any depth.
addAutoPatchelfSearchPath() {
  local depth=()
  if [ "${1-}" = --no-recurse ]; then depth=(-maxdepth 1) && shift; fi
  [ "${1-}" != -- ] || shift
  local folder
  while read -r folder; do
    extraAutoPatchelfLibs+=("$folder")
  done < <(find "$@" "${depth[@]}" ! -type d -name '*.so*' -printf '%h\n' | sort -u)
}

# autoPatchelf [--no-recurse] -- PATH…
autoPatchelf() {
  while [ "${1-}" = --no-recurse ] || [ "${1-}" = -- ]; do shift; done
  local -a ignored=() runtime=()
  concatTo ignored autoPatchelfIgnoreMissingDeps
  concatTo runtime runtimeDependencies
  @python@ -I @script@ --interpreter @dynamicLinker@ --libc @libc@ --ignore "${ignored[*]}" \
    --libs "$(IFS=: && echo "${autoPatchelfLibs[*]}:${extraAutoPatchelfLibs[*]}")" \
    --runtime "$(IFS=: && echo "${runtime[*]/%//lib}")" -- "$@"
}

autoPatchelfPostFixup() {
  [ -n "${dontAutoPatchelf-}" ] || autoPatchelf -- $(for output in $(getAllOutputNames); do [ ! -e "${!output}" ] || echo "${!output}"; done)
}
postFixupHooks+=(autoPatchelfPostFixup)
