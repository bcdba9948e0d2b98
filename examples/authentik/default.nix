# authentik's backend from its real source. Its dependencies' hashes are empty, because nobody could compute them where this
# was written: copy this folder and authentik's source beside each other, and `uv-fod update authentik-django` fills them in
# and writes uv-fod.lock.json.
{
  pkgs ? import <nixpkgs> { },
  uv-fod ? import <uv-fod> { inherit pkgs; },
  version ? uv-fod.authentikPins.default,
}:

let
  release = uv-fod.authentikPins.releases.${version};
in
{
  authentik-django = uv-fod.authentik-django {
    inherit version;
    src = pkgs.fetchgit {
      url = "https://github.com/goauthentik/authentik";
      inherit (release) rev hash;
    };
    hash = release.uvDepsHash;
    buildLock = ./uv-fod.lock.json;
  };
}
