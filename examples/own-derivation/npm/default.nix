# The npm packages of a user interface, as a package of its own: the files that package-lock.json
# names, as they are.
# nixpkgs' buildNpmPackage has such a derivation, too: its `npmDeps`, whose hash is `npmDepsHash`.
{
  pkgs ? import <nixpkgs> { },
}:

let
  inherit (pkgs) lib;
in
rec {
  npmDeps = pkgs.stdenvNoCC.mkDerivation {
    name = "ui-npm-deps";
    lock = ./package-lock.json;
    nativeBuildInputs = [
      pkgs.nodejs
      pkgs.curl
    ];
    dontUnpack = true;
    buildPhase = ''
      export SSL_CERT_FILE=''${NIX_SSL_CERT_FILE-${pkgs.cacert}/etc/ssl/certs/ca-bundle.crt}
      mkdir -p $out
      node --eval '
        const { packages } = JSON.parse(require("node:fs").readFileSync(process.env.lock, "utf8"));
        const registry = process.env.NPM_CONFIG_REGISTRY;
        for (const [path, { resolved, version }] of Object.entries(packages)) {
          const name = path.replace(/^.*node_modules\//, "");
          // A lock may leave the address out (omit-lockfile-registry-resolved).
          if (path) console.log(resolved ?? `''${registry}''${name}/-/''${name.split("/").at(-1)}-''${version}.tgz`);
        }
      ' | while read -r url; do
        curl --fail --silent --show-error --location --output "$out/$(basename "$url")" "$url"
      done
    '';
    dontInstall = true;
    dontFixup = true;
    impureEnvVars = lib.fetchers.proxyImpureEnvVars ++ [ "NPM_CONFIG_REGISTRY" ];
    outputHashMode = "recursive";
    outputHashAlgo = "sha256";
    outputHash = "";
  };

  ui = pkgs.stdenvNoCC.mkDerivation {
    pname = "ui";
    version = "1.0";
    dontUnpack = true;
    installPhase = ''
      mkdir -p $out
      for file in ${npmDeps}/*.tgz; do tar -xzf "$file" -C $out; done
    '';
  };
}
