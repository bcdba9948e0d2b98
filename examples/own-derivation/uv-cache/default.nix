# `uv sync --cache-dir $out`: uv's cache as the output. Its format is not stable, and its file names
# differ in each run, so uv-fod refuses it unless `allow-drift` is set.
{
  pkgs ? import <nixpkgs> { },
}:

let
  inherit (pkgs) lib;
  python = pkgs.python314;
  environment = ''
    export HOME=$TMPDIR UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT=$TMPDIR/venv
    cp ${./uv.lock} uv.lock
    cp ${./pyproject.toml} pyproject.toml
  '';
in
rec {
  uvCache = pkgs.stdenvNoCC.mkDerivation {
    name = "app-uv-cache";
    nativeBuildInputs = [ pkgs.uv ];
    dontUnpack = true;
    buildPhase = ''
      ${environment}
      export SSL_CERT_FILE=''${NIX_SSL_CERT_FILE-${pkgs.cacert}/etc/ssl/certs/ca-bundle.crt}
      uv sync --frozen --no-install-project --python ${python.interpreter} --cache-dir $out
      # What is about the interpreter has its path.
      rm -rf $out/interpreter-v* $out/.lock
    '';
    dontInstall = true;
    dontFixup = true;
    impureEnvVars = lib.fetchers.proxyImpureEnvVars;
    outputHashMode = "recursive";
    outputHashAlgo = "sha256";
    outputHash = lib.fakeHash;
  };

  app = pkgs.stdenvNoCC.mkDerivation {
    pname = "app";
    version = "1.0";
    nativeBuildInputs = [ pkgs.uv ];
    dontUnpack = true;
    installPhase = ''
      ${environment}
      cp -r ${uvCache} $TMPDIR/cache
      chmod -R u+w $TMPDIR/cache
      UV_PROJECT_ENVIRONMENT=$out uv sync --frozen --offline --no-install-project --python ${python.interpreter} \
        --cache-dir $TMPDIR/cache
    '';
  };
}
