# The look-alike set as a flake, to stand in for the input `nixpkgs`: `--override-input nixpkgs
# path:./nix/testing --impure`.
{
  outputs = _: { lib = import ./lib.nix; };
}
