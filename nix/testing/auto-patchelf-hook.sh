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
  @python@ -I @script@ --interpreter @dynamicLinker@ --libc @libc@ --ignore "${autoPatchelfIgnoreMissingDeps-}" \
    --libs "$(IFS=: && echo "${autoPatchelfLibs[*]}:${extraAutoPatchelfLibs[*]}")" \
    --runtime "$(for dep in ${runtimeDependencies-}; do printf '%s/lib:' "$dep"; done)" -- "$@"
}

autoPatchelfPostFixup() {
  [ -n "${dontAutoPatchelf-}" ] || autoPatchelf -- $(for output in ${outputs-out}; do [ ! -e "${!output}" ] || echo "${!output}"; done)
}
postFixupHooks+=(autoPatchelfPostFixup)
