# authentik's backend from its real source. The hashes of its dependencies are empty, because the
# source could not be fetched where this was written: `uv-fod update authentik-django` fills them in
# and writes uv-fod.lock.json.
{
  pkgs ? import <nixpkgs> { },
  uv-fod ? import <uv-fod> { inherit pkgs; },
}:

let
  version = "2026.2.0";
  release = uv-fod.authentikPins.releases.${version};
in
{
  authentik-django = uv-fod.authentik-django {
    inherit version;
    src = pkgs.fetchgit {
      url = "https://github.com/goauthentik/authentik";
      inherit (release) rev hash;
    };
    hash = {
      x86_64-linux = "";
      aarch64-linux = "";
    };
    buildLock = ./uv-fod.lock.json;
  };
}
