# What people do today: a fixed output that runs `uv sync`. It compiles inside, so its hash moves (see docs/benchmarks.md).
# The hash is left wrong: Nix tells what it got.
{
  pkgs ? import <nixpkgs> { },
  name,
  src,
}:
let
  inherit (pkgs) lib;
  inputs = lib.attrValues {
    inherit (import ../../../../nix/native-inputs.nix { inherit pkgs; }) lxml xmlsec gssapi psycopg-c;
  };
in
pkgs.stdenv.mkDerivation ({
  name = "uv-sync-${name}";
  src = builtins.path {
    path = src;
    name = "source";
  };
  nativeBuildInputs = [ pkgs.uv pkgs.python314 ] ++ lib.concatMap (input: input.nativeBuildInputs or [ ]) inputs;
  buildInputs = lib.concatMap (input: input.buildInputs or [ ]) inputs;
  buildPhase = ''
    export HOME=$TMPDIR SSL_CERT_FILE=$NIX_SSL_CERT_FILE
    uv sync --frozen --no-dev --no-editable --link-mode copy --python ${pkgs.python314}/bin/python3.14
  '';
  installPhase = ''
    mv .venv $out
  '';
  dontFixup = true;
  impureEnvVars = lib.fetchers.proxyImpureEnvVars ++ [ "NIX_SSL_CERT_FILE" ];
  outputHash = lib.fakeHash;
  outputHashAlgo = "sha256";
  outputHashMode = "recursive";
} // lib.foldl' (all: input: all // input.env or { }) { } inputs)
