#!/bin/sh
# The command that Renovate's postUpgradeTasks run (docs/renovate-dependabot.md): uv-fod, with its
# own Nix and that Nix's settings.
#
# Renovate installs another Nix when it updates a flake.lock, and puts it first on PATH for the rest
# of its run. That one lacks the settings of yours, such as experimental features.
#
# Copy to /usr/local/bin/uv-fod-renovate in Renovate's container or on its machine, make it
# executable, and set the three paths.
set -eu
nix_bin=/nix/var/nix/profiles/default/bin
nix_conf=/etc/nix
uv_fod=/opt/uv-fod

PATH=$nix_bin:$PATH
NIX_CONF_DIR=$nix_conf
export PATH NIX_CONF_DIR
exec node "$uv_fod/dist/cli.js" update --quiet "$@"
