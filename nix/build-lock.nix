/*
  Reads a build lock (uv-fod.lock.json; src/buildlock/types.ts says what is in it) at evaluation time, so that each source
  and each wheel is a derivation of its own. The idea is that of nixpkgs' importCargoLock.

  Takes: buildLock, a path; system.
  Returns: { target; builds; wheels; systems; } and, for the system: outputs, keys of builds that the output installs;
  environment, from a build's key to its pinned build environment; apart, hashes of the wheels that get an environment of their
  own, by file name.
  Throws, with the command that mends it: no such file, no JSON, another version, nothing for this system, a dangling key.
*/
{ lib }:

buildLock: system:
let
  name = baseNameOf (toString buildLock);
  renew = "Run 'uv-fod update' (or 'uv-fod lock') and commit ${name}.";

  lock =
    if !builtins.pathExists buildLock then
      throw "uv-fod: the build lock ${toString buildLock} does not exist; it says how everything is built that has no wheel. ${renew}"
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
in
{
  inherit (checked) target;
  outputs = own.builds;
  apart = own.apart or { };
  build =
    key:
    checked.builds.${key} or (throw "uv-fod: ${name} has no build '${key}', which ${system} asks for. ${renew}");
  environment =
    key:
    own.environments.${key} or (throw "uv-fod: ${name} has no build environment for '${key}' on ${system}. ${renew}");
  wheel =
    file:
    checked.wheels.${file} or (throw "uv-fod: ${name} has no wheel '${file}', which a build environment asks for. ${renew}");
}
