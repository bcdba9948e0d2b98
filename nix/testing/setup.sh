# The look-alike stdenv's phases, hooks and helpers, named and ordered as in nixpkgs' manual.
set -eu
set -o pipefail
shopt -s nullglob inherit_errexit

# Attributes are variables of this shell only if they are structured; those of `env` are exported.
if [ -e "${NIX_ATTRS_JSON_FILE-}" ]; then
  for __name in "${!env[@]}"; do export "$__name=${env[$__name]}"; done
  for __name in "${!outputs[@]}"; do export "$__name=${outputs[$__name]}"; done
fi

# Nothing of the machine that is not one of these or an input.
export PATH=$initialPath/bin
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-315532800}
export HOME=/homeless-shelter TZ=UTC LC_ALL=${LC_ALL:-C}
export NIX_BUILD_CORES=${NIX_BUILD_CORES:-1}
[ "$NIX_BUILD_CORES" != 0 ] || NIX_BUILD_CORES=$(nproc)
export CONFIG_SHELL=$shell SHELL=$shell
NIX_CFLAGS_COMPILE=${NIX_CFLAGS_COMPILE-}
NIX_LDFLAGS=${NIX_LDFLAGS-}
export NIX_CFLAGS_COMPILE NIX_LDFLAGS
unset TERM
# The output's own libraries, on each link.
if [ "${NIX_NO_SELF_RPATH:-0}" != 1 ]; then NIX_LDFLAGS="-rpath $out/lib $NIX_LDFLAGS"; fi

unpackCmdHooks=() preConfigureHooks=() preBuildHooks=() preInstallHooks=() preFixupHooks=() postFixupHooks=() fixupOutputHooks=()
envHooks=() allInputs=()

# concatTo ARRAY NAME…: appends the elements of lists, which are words of a string unless attributes
# are structured.
concatTo() {
  local -n target=$1
  local one
  shift
  for one in "$@"; do
    if [[ $(declare -p "$one" 2>/dev/null) == "declare -a"* ]]; then
      local -n list=$one
      target+=("${list[@]}")
      unset -n list
    else
      # shellcheck disable=SC2206  # a list of words
      target+=(${!one-})
    fi
  done
}

getAllOutputNames() {
  if [ -e "${NIX_ATTRS_JSON_FILE-}" ]; then echo "${!outputs[*]}"; else echo "${outputs-out}"; fi
}

# runHook NAME: the functions that setup hooks registered for it, then the derivation's own function
# or text.
runHook() {
  local name=$1 list="${1}Hooks[@]" hook
  if declare -p "${name}Hooks" >/dev/null 2>&1; then
    for hook in "${!list}"; do "$hook"; done
  fi
  if declare -F "$name" >/dev/null; then "$name"; else eval "${!name-}"; fi
}

# addEnvHooks OFFSET FUNCTION: FUNCTION is called with every input.
addEnvHooks() { envHooks+=("$2"); }

addToSearchPath() { [ ! -d "$2" ] || export "$1=${!1:+${!1}:}$2"; }
findInputs() {
  local path=$1 known next
  for known in "${allInputs[@]}"; do [ "$known" != "$path" ] || return 0; done
  allInputs+=("$path")
  if [ -f "$path/nix-support/propagated-build-inputs" ]; then
    for next in $(<"$path/nix-support/propagated-build-inputs"); do findInputs "$next"; done
  fi
}

setupInputs() {
  local path hook
  local -a native=() others=()
  concatTo native nativeBuildInputs
  concatTo others buildInputs propagatedBuildInputs
  for path in "${native[@]}" "${others[@]}"; do findInputs "$path"; done
  for path in "${allInputs[@]}"; do
    # Programs: those of nativeBuildInputs, and of all where strictDeps is not set.
    if [[ -z ${strictDeps-} || " ${native[*]} " == *" $path "* ]] && [ -d "$path/bin" ]; then PATH=$path/bin:$PATH; fi
    if [ -f "$path" ]; then . "$path"; elif [ -f "$path/nix-support/setup-hook" ]; then . "$path/nix-support/setup-hook"; fi
  done
  for path in "${allInputs[@]}"; do
    for hook in "${envHooks[@]}"; do "$hook" "$path"; done
  done
}

substitute() {
  local input=$1 output=$2 text pattern
  shift 2
  [ -f "$input" ] || { echo "substitute(): ERROR: file '$input' does not exist" >&2 && return 1; }
  # The dot keeps the last newlines, which command substitution drops.
  text=$(cat "$input" && printf .)
  text=${text%.}
  while [ "$#" -gt 0 ]; do
    case $1 in
      --replace-fail | --replace-quiet | --replace-warn)
        pattern=$2
        if [[ $1 == --replace-fail && $text != *"$pattern"* ]]; then
          echo "substituteStream() in derivation $name: ERROR: pattern $(printf '%q' "$pattern") doesn't match anything in file '$input'" >&2
          return 1
        fi
        text=${text//"$pattern"/"$3"}
        shift 3
        ;;
      --subst-var)
        text=${text//"@$2@"/"${!2}"}
        shift 2
        ;;
      --subst-var-by)
        text=${text//"@$2@"/"$3"}
        shift 3
        ;;
      *) echo "substitute(): ERROR: unknown argument '$1'" >&2 && return 1 ;;
    esac
  done
  printf '%s' "$text" >"$output.part"
  cat "$output.part" >"$output"
  rm "$output.part"
}

substituteInPlace() {
  local -a files=()
  local file
  while [ "$#" -gt 0 ] && [[ $1 != --* ]]; do
    files+=("$1")
    shift
  done
  for file in "${files[@]}"; do substitute "$file" "$file" "$@"; done
}

# patchShebangs PATH…: `#!/usr/bin/env NAME` and `#!/bin/NAME` become the NAME of this build's store
# inputs.
patchShebangs() {
  local file line program path
  [ "${1-}" != --build ] && [ "${1-}" != --host ] || shift
  while read -r file; do
    IFS= read -r line <"$file" || true
    [[ $line == '#!'* ]] || continue
    [[ $line != '#!'*"/nix/store/"* ]] || continue
    program=$(sed -E 's|^#! *[^ ]*/env +(-S +)?||; s|^#! *||; s| .*||' <<<"$line")
    path=$(type -P "$(basename "$program")" || true)
    if [[ $path == /usr/bin/* && $(basename "$program") =~ ^(ba)?sh$ ]]; then path=$shell; fi
    [[ $path == /nix/store/* ]] || continue
    sed -i "1s|.*|#!$path$(sed -E 's|^#! *[^ ]*/env +(-S +)?[^ ]+||; s|^#! *[^ ]+||' <<<"$line")|" "$file"
  done < <(find "$@" -type f -perm -0100)
}

# What tar can't read needs an input with a hook for it, such as unzip.
unpackFile() {
  curSrc=$1
  local hook
  for hook in "${unpackCmdHooks[@]}"; do ! "$hook" "$curSrc" || return 0; done
  case $curSrc in
    *.tar | *.tar.* | *.tgz | *.tbz2 | *.tbz | *.txz) tar -xf "$curSrc" --no-same-owner --warning=no-timestamp ;;
    *) echo "do not know how to unpack source archive $curSrc" >&2 && return 1 ;;
  esac
}

unpackPhase() {
  runHook preUnpack
  if [ -d "$src" ]; then
    cp -r --no-preserve=ownership "$src" source
    sourceRoot=${sourceRoot:-source}
  else
    unpackFile "$src"
    if [ -z "${sourceRoot-}" ]; then
      local -a folders=(*/)
      [ "${#folders[@]}" = 1 ] || { echo "unpacker produced ${#folders[@]} folders" >&2 && return 1; }
      sourceRoot=${folders[0]%/}
    fi
  fi
  chmod -R u+w -- "${sourceRoot%%/*}"
  cd -- "$sourceRoot"
  runHook postUnpack
}

patchPhase() {
  runHook prePatch
  local one
  local -a all=()
  concatTo all patches
  for one in "${all[@]}"; do
    echo "applying patch $one"
    patch ${patchFlags:--p1} <"$one"
  done
  runHook postPatch
}

configurePhase() { runHook preConfigure && runHook postConfigure; }
buildPhase() { runHook preBuild && runHook postBuild; }
checkPhase() { runHook preCheck && runHook postCheck; }
installPhase() { runHook preInstall && runHook postInstall; }
installCheckPhase() { runHook preInstallCheck && runHook postInstallCheck; }

fixupPhase() {
  runHook preFixup
  local output
  for output in $(getAllOutputNames); do
    [ ! -e "${!output}" ] || [ -n "${dontPatchShebangs-}" ] || patchShebangs "${!output}"
  done
  runHook fixupOutput
  local -a propagated=()
  concatTo propagated propagatedBuildInputs
  if [ "${#propagated[@]}" != 0 ]; then
    mkdir -p "$out/nix-support"
    echo "${propagated[*]}" >"$out/nix-support/propagated-build-inputs"
  fi
  if [ -n "${setupHook-}" ]; then
    mkdir -p "$out/nix-support"
    substitute "$setupHook" "$out/nix-support/setup-hook" --subst-var out
  fi
  runHook postFixup
}

runPhase() {
  local phase=$1
  # The empty ones (nixpkgs' configurePhase without a configure script …) are not worth a line.
  case $phase in unpackPhase | buildPhase | installPhase | installCheckPhase) echo "Running phase: $phase" ;; esac
  if [ -n "${!phase-}" ]; then eval "${!phase}"; else "$phase"; fi
}

genericBuild() {
  setupInputs
  if [ -n "${buildCommandPath-}" ]; then
    . "$buildCommandPath"
    return
  fi
  if [ -n "${buildCommand-}" ]; then
    eval "$buildCommand"
    return
  fi
  local phase part off on
  for phase in ${phases:-unpackPhase patchPhase configurePhase buildPhase checkPhase installPhase fixupPhase installCheckPhase}; do
    # Variables such as dontUnpack and doCheck.
    part=${phase%Phase}
    off=dont${part^} on=do${part^}
    case $phase in
      checkPhase | installCheckPhase) [ -n "${!on-}" ] || continue ;;
      *) [ -z "${!off-}" ] || continue ;;
    esac
    runPhase "$phase"
  done
}

# As in nixpkgs, phases may read variables that are not set.
set +u
