# What people do today: a fixed-output derivation that runs `uv sync`. It compiles, so its hash
# varies. The hash is wrong on purpose: Nix reports the real one.
{
  pkgs ? import <nixpkgs> { },
  name,
  src,
}:
let
  inherit (pkgs) lib;
  inputs = lib.attrValues {
    inherit (import ../../../../nix/native-inputs.nix { inherit pkgs; })
      lxml
      xmlsec
      gssapi
      psycopg-c
      ;
  };
in
pkgs.stdenv.mkDerivation (
  {
    name = "uv-sync-${name}";
    src = builtins.path {
      path = src;
      name = "source";
    };
    nativeBuildInputs = [
      pkgs.uv
      pkgs.python314
    ]
    ++ lib.concatMap (input: input.nativeBuildInputs or [ ]) inputs;
    buildInputs = lib.concatMap (input: input.buildInputs or [ ]) inputs;
    buildPhase = ''
      export HOME=$TMPDIR SSL_CERT_FILE=$NIX_SSL_CERT_FILE
      # xmlsec waits for lxml to be compiled, which on a busy machine takes more than uv's five
      # minutes.
      export UV_LOCK_TIMEOUT=3600
      uv sync --frozen --no-dev --no-editable --link-mode copy --python ${pkgs.python314}/bin/python3.14
    '';
    installPhase = ''
      mv .venv $out
    '';
    dontFixup = true;
    # uv asks an index for build requirements, which uv.lock does not lock: the machine's index, if
    # it has its own.
    impureEnvVars = lib.fetchers.proxyImpureEnvVars ++ [
      "NIX_SSL_CERT_FILE"
      "UV_DEFAULT_INDEX"
    ];
    outputHash = lib.fakeHash;
    outputHashAlgo = "sha256";
    outputHashMode = "recursive";
  }
  // lib.foldl' (all: input: all // input.env or { }) { } inputs
)
