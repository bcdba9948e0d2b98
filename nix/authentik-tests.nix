/*
  Tests of authentik-django's output, each a derivation, such as `authentik-django.tests.imports`.
  They run in the build sandbox, without network, in an empty environment.

  Takes: pkgs; package, the output; version, the expected one.
  Returns: an attribute set of derivations.
*/
{
  pkgs,
  package,
  version,
}:

let
  inherit (pkgs) lib;

  check =
    name: script:
    pkgs.runCommand "authentik-django-${name}" { inherit package version; } ''
      mkdir empty && cd empty
      # isolated PROGRAM…: with nothing but what the output brings.
      isolated() { env -i HOME=$NIX_BUILD_TOP "$@"; }
      ${script}
      touch $out
    '';
in
{
  imports = check "imports" ''
    isolated $package/bin/python -I ${./scripts/tests/imports.py} $package
  '';

  version = check "version" ''
    for found in \
      "$(isolated $package/bin/python -I -c 'from importlib.metadata import version; print(version("authentik"))')" \
      "$(isolated $package/bin/python -I -c 'import authentik; print(authentik.VERSION)')"
    do
      [ "$found" = "$version" ] || { echo "reports $found, not $version" >&2; exit 1; }
    done
  '';

  natives = check "natives" ''
    isolated $package/bin/python -I ${./scripts/tests/natives.py} $package
  '';

  dependencies = check "dependencies" ''
    isolated $package/bin/python -I ${./scripts/tests/dependencies.py} authentik
  '';

  pip-check = check "pip-check" ''
    isolated UV_NO_CONFIG=1 UV_OFFLINE=1 UV_CACHE_DIR=$NIX_BUILD_TOP/cache ${lib.getExe pkgs.uv} pip check --python $package/bin/python
  '';

  manage = check "manage" ''
    cd $package
    isolated $package/manage.py version
    isolated $package/bin/python -m manage check --help >/dev/null
  '';

  ak = check "ak" ''
    ln -s $package/bin/ak $NIX_BUILD_TOP/linked-ak
    [ "$(isolated $NIX_BUILD_TOP/linked-ak dump_config blueprints_dir)" = "$package/blueprints" ]
    isolated $package/bin/ak version
  '';
}
