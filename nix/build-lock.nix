/*
  Reads a build lock (uv-fod.lock.json, see src/build-lock/schema.ts) at evaluation time, so that
  each source and each wheel is its own derivation, as in nixpkgs' importCargoLock.

  Takes: buildLock, a path, or the data of such a file; system.
  Returns: { target; builds; wheels; systems; } and, for the system: outputs, keys of builds that
  the output installs; environment, from a build's key to its pinned build environment; apart,
  hashes of the wheels that are installed separately, by file name.
  Throws, with the command that fixes it: a missing file, invalid JSON, another version, no entry
  for this system, a dangling key, and a name, an address or a hash that a build lock cannot have
  (src/build-lock/schema.ts), because the file may be from an untrusted branch.
*/
{ lib }:

buildLock: system:
let
  isRead = builtins.isAttrs buildLock;
  name = if isRead then "the build lock" else baseNameOf (toString buildLock);
  renew = "Run 'uv-fod update' (or 'uv-fod lock') and commit ${name}.";

  lock =
    if isRead then
      buildLock
    else if !builtins.pathExists buildLock then
      throw "uv-fod: the build lock ${toString buildLock} does not exist; it pins how everything without a wheel is built. ${renew}"
    else
      builtins.fromJSON (builtins.readFile buildLock);

  checked =
    if lock.version or null != 1 then
      throw "uv-fod: ${name} is a build lock of version ${toString (lock.version or "?")}; this library reads version 1. Use the same release of uv-fod for both."
    else
      lock;

  own =
    checked.systems.${system}
      or (throw "uv-fod: ${name} has nothing for ${system}, only for ${lib.concatStringsSep ", " (lib.attrNames checked.systems)}. Give fetchUvDeps a hash for ${system} (hash = { ${system} = \"\"; … }). ${renew}");
  # Attribute names, values and messages are untrusted text, which is checked before it is used as a
  # path or as code.
  matches = pattern: text: builtins.isString text && builtins.match pattern text != null;
  isFile = matches "[A-Za-z0-9_][A-Za-z0-9_.+!?=~-]*";
  isAddress = matches "(https?|ssh)://[^[:space:]]+";
  isSri = matches "sha256-[A-Za-z0-9+/]{43}=";

  refuse =
    what: throw "uv-fod: ${name} is not a build lock: ${lib.escapeShellArg what} is invalid. ${renew}";

  checkedBuild =
    key: build:
    if
      isFile (build.name or null)
      && lib.elem (build.kind or null) [
        "sdist"
        "git"
        "directory"
      ]
      && (build.kind == "directory" || isSri (build.hash or null))
      && (!(build ? url) || isAddress build.url)
      && (!(build ? filename) || isFile build.filename)
      && (build.kind != "git" || build ? url && matches "[0-9a-f]{40}" (build.commit or null))
    then
      build
    else
      refuse key;

  checkedWheel =
    file: wheel:
    if isFile file && isAddress (wheel.url or null) && isSri (wheel.hash or null) then
      wheel
    else
      refuse file;
in
{
  inherit (checked) target;
  outputs = own.builds;
  apart = lib.mapAttrs (file: hash: if isFile file && isSri hash then hash else refuse file) (
    own.apart or { }
  );
  build =
    key:
    checkedBuild key (
      checked.builds.${key}
        or (throw "uv-fod: ${name} has no build '${key}', which ${system} needs. ${renew}")
    );
  environment =
    key:
    own.environments.${key}
      or (throw "uv-fod: ${name} has no build environment for '${key}' on ${system}. ${renew}");
  wheel =
    file:
    checkedWheel file (
      checked.wheels.${file}
        or (throw "uv-fod: ${name} has no wheel '${file}', which a build environment needs. ${renew}")
    );
}
