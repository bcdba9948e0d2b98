# A uv project as a Nix package. Run `uv lock`, `uv-fod update small` and `nix-build -A small`;
# with the flake.nix beside it `git add --all`, `uv-fod update .#small` and `nix build .#small`.
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
  small = uv-fod.buildUvEnv {
    pname = "small";
    version = "1.0";
    src = ./.;
    buildLock = ./uv-fod.lock.json;
    inherit uvDeps;
    pythonImportsCheck = [
      "iniconfig"
      "six"
    ];
    meta.description = "Two packages from PyPI";
  };
}
