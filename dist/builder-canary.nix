/*
  A build that any machine for a system can do, to find out whether there is one.

  Takes strings: system; nonce, which makes the build a new one.
  Returns: a derivation.
*/
{ system, nonce }:

derivation {
  name = "uv-fod-builder-canary";
  inherit system nonce;
  builder = "/bin/sh";
  args = [
    "-c"
    "echo >$out"
  ];
  allowSubstitutes = false;
}
