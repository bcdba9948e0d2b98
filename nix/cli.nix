/*
  The command line `uv-fod` as a package.

  Takes pkgs; returns a derivation with bin/uv-fod: dist/ and a wrapper that runs it with Node. It
  calls nix, uv, git and curl from the caller's PATH, else uv, git and curl of this nixpkgs.
*/
{ pkgs }:

let
  programs = import ./programs.nix { inherit pkgs; };
in
pkgs.stdenv.mkDerivation {
  pname = "uv-fod";
  version = (builtins.fromJSON (builtins.readFile ../package.json)).version;
  src = builtins.path {
    name = "uv-fod-dist";
    path = ../dist;
  };
  nativeBuildInputs = [ pkgs.makeBinaryWrapper ];
  dontUnpack = true;
  installPhase = ''
    mkdir -p $out/lib
    cp -r $src $out/lib/uv-fod
    makeBinaryWrapper ${pkgs.lib.getExe programs.nodejs} $out/bin/uv-fod --add-flags $out/lib/uv-fod/cli.js \
      --suffix PATH : ${
        pkgs.lib.makeBinPath [
          programs.uv
          pkgs.gitMinimal
          pkgs.curl
        ]
      }
  '';
  meta = {
    description = "Keeps Nix fixed-output derivations of a uv.lock current";
    homepage = "https://github.com/OWNER/uv-fod";
    license = pkgs.lib.licenses.mit;
    platforms = pkgs.lib.platforms.linux;
    mainProgram = "uv-fod";
  };
}
