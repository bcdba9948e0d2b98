# A nixpkgs whose derivations are new ones with each salt, so that what is built already is built from nothing again. What is
# downloaded (fixed outputs) and the package set's own tools stay as they are.
{
  salt,
  # Names of the derivations that are to be new; all where it is null.
  only ? null,
}:
let
  inherit (import <nixpkgs> { }) lib;
  isNew = name: only == null || lib.elem name only;
  with' = args: args // lib.optionalAttrs (isNew (args.pname or args.name)) { benchSalt = salt; };
  salted = env: env // { mkDerivation = args: env.mkDerivation (with' args); };
in
import <nixpkgs> {
  overlays = [
    (_: prev: {
      stdenv = salted prev.stdenv;
      stdenvNoCC = salted prev.stdenvNoCC;
      runCommand = name: attrs: prev.runCommand name (removeAttrs (with' (attrs // { inherit name; })) [ "name" ]);
    })
  ];
}
