# A nixpkgs whose derivations are new with each salt, so that everything is built from scratch
# again. Downloads (fixed-output derivations) and the set's own tools stay as they are.
{
  salt,
  # Names of the derivations to make new; null: all of them.
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
      runCommand =
        name: attrs: prev.runCommand name (removeAttrs (with' (attrs // { inherit name; })) [ "name" ]);
    })
  ];
}
