/**
 * A binding of Nix: a fixed output that clones a tag. The caller's hash goes through a function:
 * Nix can't tell where it is written.
 */
export const fetchTag = `fetchTag = { url, tag, hash }: pkgs.stdenvNoCC.mkDerivation {
    name = "source";
    nativeBuildInputs = [ pkgs.gitMinimal ];
    inherit url tag;
    dontUnpack = true;
    dontInstall = true;
    dontFixup = true;
    buildPhase = ''
      git -c advice.detachedHead=false clone --quiet --depth 1 --branch "$tag" "$url" $out
      rm -rf $out/.git
    '';
    outputHashMode = "recursive";
    outputHash = hash;
  };`;

/**
 * A derivation whose source is fetched by tag, and with it the uv.lock that its dependencies are
 * made from; one more fixed output is made from the source.
 * @param url address of the source's repository
 */
export const releasedDerivation = (url: string): string => `{
  pkgs ? import <nixpkgs> { },
  uv-fod ? import <uv-fod> { inherit pkgs; },
}:
let
  version = "1.0.0";
  ${fetchTag}
in
rec {
  source = fetchTag {
    url = "${url}";
    tag = "version/\${version}";
    hash = pkgs.lib.fakeHash;
  };
  ui = pkgs.stdenvNoCC.mkDerivation {
    name = "ui";
    src = source;
    dontUnpack = true;
    dontInstall = true;
    buildPhase = "cp $src/ui.txt $out";
    outputHashMode = "flat";
    outputHashAlgo = "sha512";
    outputHash = "sha512-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==";
  };
  small = uv-fod.buildUvEnv {
    pname = "small";
    inherit version;
    src = source;
    buildLock = ./uv-fod.lock.json;
    pythonImportsCheck = [ "six" ];
    uvDeps = uv-fod.fetchUvDeps {
      src = source;
      target = { python = "3.14.8"; libc = "glibc:2.39"; };
      buildLock = ./uv-fod.lock.json;
      hash = {
        x86_64-linux = "";
        aarch64-linux = "";
      };
    };
  };
}
`;
