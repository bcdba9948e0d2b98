{
  description = "A uv project, packaged with uv-fod";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixpkgs-unstable";
    uv-fod.url = "github:OWNER/uv-fod";
    uv-fod.inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    { nixpkgs, uv-fod, ... }:
    let
      systems = [
        "x86_64-linux"
        "aarch64-linux"
      ];
      each = f: nixpkgs.lib.genAttrs systems (system: f (import nixpkgs { inherit system; }));
      package =
        pkgs:
        (import ./. {
          inherit pkgs;
          uv-fod = uv-fod.lib.mkLib pkgs;
        }).small;
    in
    {
      packages = each (pkgs: rec {
        small = package pkgs;
        default = small;
      });
      # `nix develop`: the same packages, with the project's own imported from the checkout.
      devShells = each (pkgs: {
        default = (package pkgs).devShell;
      });
    };
}
