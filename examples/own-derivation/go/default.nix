# The Go modules of a server, as a package of its own: the files that go.sum names, as a module
# proxy has them.
# nixpkgs' buildGoModule has such a derivation, too: its `goModules`, whose hash is `vendorHash`.
{
  pkgs ? import <nixpkgs> { },
}:

let
  inherit (pkgs) lib;
in
rec {
  goModules = pkgs.stdenvNoCC.mkDerivation {
    name = "server-go-modules";
    lock = ./go.sum;
    nativeBuildInputs = [ pkgs.curl ];
    dontUnpack = true;
    buildPhase = ''
      export SSL_CERT_FILE=''${NIX_SSL_CERT_FILE-${pkgs.cacert}/etc/ssl/certs/ca-bundle.crt}
      # Capital letters are written as in the protocol of module proxies: !x.
      sed --regexp-extended '/\/go.mod /d; s/ h1:.*//; s/[A-Z]/!\l&/g' $lock | while read -r module version; do
        mkdir -p "$out/$module"
        curl --fail --silent --show-error --location --output "$out/$module/$version.zip" \
          "''${GOPROXY%%,*}/$module/@v/$version.zip"
      done
    '';
    dontInstall = true;
    dontFixup = true;
    impureEnvVars = lib.fetchers.proxyImpureEnvVars ++ [ "GOPROXY" ];
    outputHashMode = "recursive";
    outputHashAlgo = "sha256";
    outputHash = lib.fakeHash;
  };

  server = pkgs.stdenvNoCC.mkDerivation {
    pname = "server";
    version = "1.0";
    dontUnpack = true;
    installPhase = ''
      mkdir -p $out
      cp -r ${goModules} $out/modules
    '';
  };
}
