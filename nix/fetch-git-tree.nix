/*
  A commit's files, regardless of its .gitattributes, with submodules and without .git.

  Takes: pkgs, tool; a git build of the build lock (name, url, commit, hash).
  Returns: a fixed-output derivation. nixpkgs' fetchgit is similar, but applies .gitattributes,
  whose effect can depend on the machine's git configuration.
*/
{ pkgs, tool }:

let
  programs = import ./programs.nix { inherit pkgs; };
in
{
  name,
  url,
  commit,
  hash,
  ...
}:
pkgs.stdenvNoCC.mkDerivation {
  name = "${name}-${builtins.substring 0 7 commit}-source";
  inherit url commit;
  nativeBuildInputs = [
    programs.nodejs
    pkgs.gitMinimal
    pkgs.cacert
  ];
  dontUnpack = true;
  dontConfigure = true;
  dontInstall = true;
  # Verbatim: patched shebangs would be references to the store.
  dontFixup = true;
  preferLocalBuild = true;
  buildPhase = ''
    if [ -f "''${NIX_SSL_CERT_FILE-}" ]; then export SSL_CERT_FILE=$NIX_SSL_CERT_FILE; fi
    export GIT_SSL_CAINFO=''${SSL_CERT_FILE-}
    node ${tool}/nix.js git --url "$url" --commit "$commit" --out "$out"
  '';
  impureEnvVars = pkgs.lib.fetchers.proxyImpureEnvVars ++ [
    "GIT_PROXY_COMMAND"
    "SOCKS_SERVER"
  ];
  outputHashMode = "recursive";
  outputHash = hash;
}
