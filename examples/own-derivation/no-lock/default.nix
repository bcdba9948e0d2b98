# No lock: `pip install --target`, with the versions in this file. The hash pins the files. Name the
# derivation, because it uses no lock:
# uv-fod update app --dependencies pythonDeps
{
  pkgs ? import <nixpkgs> { },
}:

let
  inherit (pkgs) lib;
  python = pkgs.python314;
in
rec {
  pythonDeps = pkgs.stdenvNoCC.mkDerivation {
    name = "app-python-deps";
    nativeBuildInputs = [ pkgs.python314Packages.pip ];
    dontUnpack = true;
    buildPhase = ''
      export HOME=$TMPDIR
      export PIP_CERT=''${NIX_SSL_CERT_FILE-${pkgs.cacert}/etc/ssl/certs/ca-bundle.crt}
      pip install --no-cache-dir --disable-pip-version-check --no-compile --no-deps --only-binary :all: --target $out \
        six==1.17.0 iniconfig==2.1.0
      rm -rf $out/bin
    '';
    dontInstall = true;
    dontFixup = true;
    impureEnvVars = lib.fetchers.proxyImpureEnvVars ++ [ "PIP_INDEX_URL" ];
    outputHashMode = "recursive";
    outputHashAlgo = "sha256";
    outputHash = lib.fakeHash;
  };

  app = pkgs.writeShellScriptBin "app" ''
    PYTHONPATH=${pythonDeps} exec ${python.interpreter} -c 'import six; print(six.__version__)'
  '';
}
