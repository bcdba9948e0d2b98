# The look-alike autoPatchelfHook: the same functions and variables as nixpkgs' (see its manual), done by auto-patchelf.py.
# Not `declare`: hooks are read inside a function.
autoPatchelfLibs=() extraAutoPatchelfLibs=()

autoPatchelfInput() { [ ! -d "$1/lib" ] || autoPatchelfLibs+=("$1/lib"); }
addEnvHooks 0 autoPatchelfInput

addAutoPatchelfSearchPath() {
  while [ "${1-}" = --no-recurse ] || [ "${1-}" = -- ]; do shift; done
  extraAutoPatchelfLibs+=("$@")
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
