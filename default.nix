# For `import <uv-fod> { }`, if <uv-fod> is this repository: a tarball in NIX_PATH, a channel, a
# pinned checkout.
import ./nix
