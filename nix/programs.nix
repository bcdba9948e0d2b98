/*
  Programs of nixpkgs that builds run, and which older versions can't stand in for: Node before
  22.12 lacks what dist/ is written with, and uv before 0.5 lacks options that builds use.

  Takes pkgs; returns { nodejs; uv; }. Throws where one that is too old is used.
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
