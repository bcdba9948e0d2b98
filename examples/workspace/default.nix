# A workspace: members are built from their own folders, so that a change of one builds no other. To begin: `uv lock`, then
# `uv-fod update app`, then `nix-build -A app`.
{
  pkgs ? import <nixpkgs> { },
  uv-fod ? import <uv-fod> { inherit pkgs; },
}:
rec {
  uvDeps = uv-fod.fetchUvDeps {
    src = ./.;
    target = { python = "3.14.8"; libc = "glibc:2.39"; };
    hash = "";
  };
  app = uv-fod.buildUvEnv {
    pname = "app";
    version = "1.0";
    src = ./.;
    buildLock = ./uv-fod.lock.json;
    inherit uvDeps;
    pythonImportsCheck = [ "app" "greeter" ];
  };
}
