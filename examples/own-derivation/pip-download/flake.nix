{
  description = "An app with its own derivation of what it needs from PyPI";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixpkgs-unstable";

  outputs =
    { nixpkgs, ... }:
    let
      each = nixpkgs.lib.genAttrs [
        "x86_64-linux"
        "aarch64-linux"
      ];
    in
    {
      packages = each (system: {
        app = (import nixpkgs { inherit system; }).callPackage ./package.nix { };
      });
    };
}
