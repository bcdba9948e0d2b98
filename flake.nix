{
  description = "Keeps Nix fixed-output derivations of a uv.lock current";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/241313f4e8e508cb9b13278c2b0fa25b9ca27163";

  outputs =
    { self, nixpkgs }:
    let
      inherit (nixpkgs) lib;
      systems = [
        "x86_64-linux"
        "aarch64-linux"
      ];
      each = f: lib.genAttrs systems (system: f (import nixpkgs { inherit system; }));
    in
    {
      # The library for the caller's nixpkgs: `uv-fod.lib.mkLib pkgs`.
      lib.mkLib = pkgs: import ./nix { inherit pkgs; };

      overlays.default = final: _: { uv-fod = import ./nix { pkgs = final; }; };

      packages = each (pkgs: rec {
        uv-fod = import ./nix/cli.nix { inherit pkgs; };
        default = uv-fod;
      });

      # Not in `packages`: its dependencies have no hash yet (examples/authentik).
      legacyPackages = each (pkgs: {
        inherit
          (import ./examples/authentik {
            inherit pkgs;
            uv-fod = self.lib.mkLib pkgs;
          })
          authentik-django
          ;
      });

      checks = each (pkgs: {
        cli = pkgs.runCommand "uv-fod-cli-runs" { } ''
          ${import ./nix/cli.nix { inherit pkgs; }}/bin/uv-fod --help >$out
        '';
      });

      devShells = each (pkgs: {
        default = pkgs.mkShellNoCC {
          packages = [
            pkgs.nodejs_24
            pkgs.uv
          ];
        };
      });

      templates.default = {
        path = ./examples/small;
        description = "A uv project of two dependencies as a Nix package";
      };
    };
}
