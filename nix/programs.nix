/*
  Programs of nixpkgs that builds run. Older versions do not work: Node before 22.12 lacks features
  that dist/ uses, and uv before 0.5 lacks options that builds use.

  Takes pkgs; returns { nodejs; uv; }. Throws when a program that is too old is used.
*/
{ pkgs }:

let
  inherit (pkgs) lib;

  atLeast =
    least: name:
    let
      found = pkgs.${name};
    in
    lib.throwIf (lib.versionOlder found.version least)
      "uv-fod: ${name} of this nixpkgs is ${found.version}, and ${least} or newer is needed: use a newer nixpkgs, or an overlay that sets ${name}."
      found;
in
{
  nodejs = atLeast "22.12" "nodejs";
  uv = atLeast "0.5" "uv";
}
