{
  pkgs ? import <nixpkgs> { },
}:
{
  app = pkgs.callPackage ./package.nix { };
}
