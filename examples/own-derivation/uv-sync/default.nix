# `uv sync` into the output. If a package is built from source, the hash differs in each run, so
# uv-fod refuses it unless `allow-drift` is set.
{
  pkgs ? import <nixpkgs> { },
}:

let
  inherit (pkgs) lib;
  python = pkgs.python314;
in
rec {
  pythonDeps = pkgs.stdenv.mkDerivation {
    name = "app-python-deps";
    lock = ./uv.lock;
    pyproject = ./pyproject.toml;
    nativeBuildInputs = [
      pkgs.uv
      python
    ];
    dontUnpack = true;
    buildPhase = ''
      export HOME=$TMPDIR UV_CACHE_DIR=$TMPDIR/cache UV_LINK_MODE=copy
      export SSL_CERT_FILE=''${NIX_SSL_CERT_FILE-${pkgs.cacert}/etc/ssl/certs/ca-bundle.crt}
      cp $lock uv.lock
      cp $pyproject pyproject.toml
      UV_PROJECT_ENVIRONMENT=$out uv sync --frozen --no-install-project --python ${python.interpreter}
      # A fixed-output derivation must not have paths of the store: no programs, and none in libraries (as nukeReferences does it).
      rm -rf $out/bin $out/pyvenv.cfg $out/.lock
      find $out -name '*.so' -exec sed -i 's#/nix/store/[a-z0-9]\{32\}-#/nix/store/eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee-#g' {} +
    '';
    dontInstall = true;
    dontFixup = true;
    impureEnvVars = lib.fetchers.proxyImpureEnvVars ++ [ "UV_DEFAULT_INDEX" ];
    outputHashMode = "recursive";
    outputHashAlgo = "sha256";
    outputHash = lib.fakeHash;
  };

  app = pkgs.stdenvNoCC.mkDerivation {
    pname = "app";
    version = "1.0";
    dontUnpack = true;
    installPhase = ''
      mkdir -p $out/bin
      ln -s ${pythonDeps}/lib $out/lib
      ln -s ${python.interpreter} $out/bin/python3.14
    '';
  };
}
