# A workspace. Members are built from their own folders, so a change of one rebuilds no other.
# Run `uv lock`, `uv-fod update app` and `nix-build -A app`.
{
  pkgs ? import <nixpkgs> { },
  uv-fod ? import <uv-fod> { inherit pkgs; },
}:
rec {
  uvDeps = uv-fod.fetchUvDeps {
    src = ./.;
    target = {
      python = "3.14.8";
      libc = "glibc:2.39";
    };
    hash = "";
  };
  app = uv-fod.buildUvEnv {
    pname = "app";
    version = "1.0";
    src = ./.;
    buildLock = ./uv-fod.lock.json;
    inherit uvDeps;
    pythonImportsCheck = [
      "app"
      "greeter"
    ];
  };
}
