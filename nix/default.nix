/*
  uv-fod's Nix library.

  Takes: pkgs, a nixpkgs (default: <nixpkgs>).
  Returns: fetchUvDeps, buildUvEnv, authentik-django (functions, each documented in its own file),
  and authentikPins.

      let uv-fod = import <uv-fod> { inherit pkgs; }; in uv-fod.buildUvEnv { … }
*/
{
  pkgs ? import <nixpkgs> { },
}:

let
  inherit (pkgs) lib;

  # The files that run inside builds: nix.js, and package.json, which marks it as an ES module. The
  # rest of dist/ is not an input, so a change of the Action rebuilds nothing.
  filesOfDist =
    name: files:
    builtins.path {
      inherit name;
      path = ../dist;
      filter = path: _: lib.elem (baseNameOf path) files;
    };
  tool = filesOfDist "uv-fod-nix" [
    "nix.js"
    "package.json"
  ];
  sbomTool = filesOfDist "uv-fod-sbom" [
    "cyclonedx.js"
    "nix.js"
    "package.json"
  ];

  sources = import ./sources.nix { inherit lib; };
  readBuildLock = import ./build-lock.nix { inherit lib; };
  nativeInputs = import ./native-inputs.nix { inherit pkgs; };
  buildWheels = import ./build-wheels.nix {
    inherit
      pkgs
      tool
      sources
      nativeInputs
      ;
  };

  # Functions that take a user's arguments are overridable (`package.override { … }`), as nixpkgs'
  # packages are.
  fetchUvDeps = lib.makeOverridable (
    import ./fetch-uv-deps.nix {
      inherit
        pkgs
        tool
        sources
        readBuildLock
        ;
    }
  );
  buildUvEnv = lib.makeOverridable (
    import ./build-uv-env.nix {
      inherit
        pkgs
        tool
        sbomTool
        sources
        readBuildLock
        buildWheels
        ;
    }
  );
in
{
  inherit fetchUvDeps buildUvEnv;
  authentik-django = lib.makeOverridable (
    import ./authentik-django.nix {
      inherit
        pkgs
        sources
        nativeInputs
        fetchUvDeps
        buildUvEnv
        ;
    }
  );
  authentikPins = import ./authentik-pins.nix;
}
