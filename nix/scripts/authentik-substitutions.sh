# Lines of authentik that name places, made to name those of the output. Sourced by
# authentik-install.sh.
#
# place FILE LINE REPLACEMENT: replaces LINE, and prints what to do if upstream moved it. FILE is
# relative to site-packages. placeIfThere: the same for a line that only some versions have.

place() {
  local file=$out/$sitePackages/$1
  if [ ! -f "$file" ] || ! grep -qF -- "$2" "$file"; then
    echo "uv-fod: authentik $authentikVersion: $1 has no line with '$2' any more, so its path can't be pointed into the output. Upstream moved it: find it in the source of $authentikVersion and pass a copy of nix/scripts/authentik-substitutions.sh with the new line as 'substitutions'." >&2
    return 1
  fi
  substituteInPlace "$file" --replace-fail "$2" "$3"
}

placeIfThere() {
  if grep -qF -- "$2" "$out/$sitePackages/$1"; then place "$@"; fi
}

place authentik/root/settings.py \
  'BASE_DIR = Path(__file__).absolute().parent.parent.parent' "BASE_DIR = Path(\"$out\")"

place authentik/lib/default.yml 'blueprints_dir: /blueprints' "blueprints_dir: $out/blueprints"

# Older 2026 versions look in two places, newer ones in the second only.
placeIfThere authentik/stages/email/utils.py \
  'Path("web/icons/icon_left_brand.png")' "Path(\"$out/web/icons/icon_left_brand.png\")"
place authentik/stages/email/utils.py \
  'Path("web/dist/assets/icons/icon_left_brand.png")' "Path(\"$out/web/dist/assets/icons/icon_left_brand.png\")"

# Outside of a container the folder is no mount, and is as good.
place authentik/admin/files/backends/file.py \
  ' and (self._base_dir.is_mount() or (self._base_dir / self.usage.value).is_mount())' ''
