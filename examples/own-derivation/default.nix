# Dependencies as one derivation of your own: `uv export`, then `uv pip install --target`.
# Run `uv lock`, `uv-fod update app` and `nix-build -A app`.
{
  pkgs ? import <nixpkgs> { },
}:

let
  inherit (pkgs) lib;
  python = pkgs.python314;

  # `uv-fod update` replaces this hash when uv.lock changes.
  hash = lib.fakeHash;
in
rec {
  pythonDeps = pkgs.stdenvNoCC.mkDerivation {
    name = "app-python-deps";
    # Only these two files, because any other file would change the derivation as well.
    lock = ./uv.lock;
    pyproject = ./pyproject.toml;
    nativeBuildInputs = [ pkgs.uv ];
    dontUnpack = true;
    buildPhase = ''
      export HOME=$TMPDIR UV_CACHE_DIR=$TMPDIR/cache
      export SSL_CERT_FILE=''${NIX_SSL_CERT_FILE-${pkgs.cacert}/etc/ssl/certs/ca-bundle.crt}
      # Reproducible: no times, no bytecode, nothing compiled, no program with the path of a Python.
      export UV_NO_INSTALLER_METADATA=1 UV_COMPILE_BYTECODE=0 UV_LINK_MODE=copy
      cp $lock uv.lock
      cp $pyproject pyproject.toml
      uv export --frozen --no-emit-project --python ${python.interpreter} --output-file requirements.txt
      uv pip install --python ${python.interpreter} --target $out --only-binary :all: --no-deps \
        --require-hashes --requirements requirements.txt
      rm -rf $out/bin $out/.lock
    '';
    dontInstall = true;
    # A fixed-output derivation must not have paths of the store, which fixups write.
    dontFixup = true;
    impureEnvVars = lib.fetchers.proxyImpureEnvVars;
    outputHashMode = "recursive";
    outputHashAlgo = "sha256";
    outputHash = hash;
  };

  app = pkgs.stdenvNoCC.mkDerivation {
    pname = "app";
    version = "1.0";
    dontUnpack = true;
    installPhase = ''
      mkdir -p $out/bin $out/${python.sitePackages}
      cp -r ${pythonDeps}/. $out/${python.sitePackages}
      cat >$out/bin/app <<PROGRAM
      #!${pkgs.runtimeShell}
      PYTHONPATH=$out/${python.sitePackages} exec ${python.interpreter} -c 'import six; print(six.__version__)'
      PROGRAM
      chmod +x $out/bin/app
    '';
  };
}
