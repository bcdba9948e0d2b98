# `pip download` with hashes: the files that requirements.txt locks, as they are. For callPackage.
{
  lib,
  stdenvNoCC,
  cacert,
  python314,
  python314Packages,
  uv,
  hash ? (lib.importJSON ./hashes.json).pythonDeps,
}:

let
  pythonDeps = stdenvNoCC.mkDerivation {
    name = "app-python-deps";
    # `uv export --frozen --no-emit-project --output-file requirements.txt`
    requirements = ./requirements.txt;
    nativeBuildInputs = [ python314Packages.pip ];
    dontUnpack = true;
    buildPhase = ''
      export HOME=$TMPDIR
      export PIP_CERT=''${NIX_SSL_CERT_FILE-${cacert}/etc/ssl/certs/ca-bundle.crt}
      pip download --no-cache-dir --disable-pip-version-check --no-deps --only-binary :all: \
        --require-hashes --requirement $requirements --dest $out
    '';
    dontInstall = true;
    dontFixup = true;
    impureEnvVars = lib.fetchers.proxyImpureEnvVars ++ [ "PIP_INDEX_URL" ];
    outputHashMode = "recursive";
    outputHashAlgo = "sha256";
    outputHash = hash;
  };
in
stdenvNoCC.mkDerivation {
  pname = "app";
  version = "1.0";
  nativeBuildInputs = [ uv ];
  dontUnpack = true;
  installPhase = ''
    export HOME=$TMPDIR
    uv pip install --offline --no-index --find-links ${pythonDeps} --python ${python314.interpreter} \
      --target $out/${python314.sitePackages} --requirements ${./requirements.txt}
    mkdir -p $out/bin
    ln -s ${python314.interpreter} $out/bin/python3.14
  '';
  passthru = { inherit pythonDeps; };
}
