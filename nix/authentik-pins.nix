/*
  Pins of authentik's releases. Source hashes are as nixpkgs' fetchgit has them, for the tag or
  revision.

  The hashes of the dependencies are empty, because the source could not be fetched where this was
  written: `uv-fod update authentik-django` fills them in.
*/
rec {
  default = "2026.2.0";

  releases = {
    "2026.2.0" = {
      rev = "version/2026.2.0";
      hash = "sha256-pVQ34cZYX3hlk6hF1aZ/n32xMqTF4Jmp0G0VGDU7iXc=";
      uvDepsHash = {
        x86_64-linux = "";
        aarch64-linux = "";
      };
    };
    "2026.5.6" = {
      rev = "0c67ea476be6319f1b2a41cb0f5ed128af37b99b";
      hash = "sha256-/HdXzjjvuSW7zjbCNJKm3Fj8gvIwfrDf8mOYev0yuIg=";
      uvDepsHash = {
        x86_64-linux = "";
        aarch64-linux = "";
      };
    };
  };

  # The hash that `fetchgit` has for the only git source in authentik's uv.lock.
  opencontainers = {
    url = "https://github.com/vsoch/oci-python";
    rev = "ceb4fcc090851717a3069d78e85ceb1e86c2740c";
    hash = "sha256-Q6SJed0K6eIrqQ9mNAD4RGx+YCJvnI5E+0KGp5fBtTU=";
  };

  # Exact, because markers can depend on it; libc is the oldest version to support.
  target = {
    python = "3.14.8";
    libc = "glibc:2.39";
  };
}
