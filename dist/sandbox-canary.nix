/*
  A build that succeeds if it sees a folder of the host, and fails in Nix's sandbox.

  Takes strings:
    folder    of the host, outside of the store, without spaces
    nonce     makes the build a new one
    opts-out  "true": asks for no sandbox, which Nix grants if its setting `sandbox` is `relaxed`
  Returns: a derivation. Its builder is a part of Nix, so that it needs no program.
*/
{
  folder,
  nonce,
  opts-out,
}:

derivation (
  {
    name = "uv-fod-sandbox-canary";
    system = builtins.currentSystem;
    builder = "builtin:buildenv";
    # Active, priority, number of folders to link.
    derivations = "true 5 1 ${folder}";
    manifest = "/${nonce}";
    preferLocalBuild = true;
    allowSubstitutes = false;
  }
  // (if opts-out == "true" then { __noChroot = true; } else { })
)
