/*
  What packages from PyPI need besides Python when they are built or loaded, by their normalised names.

  Takes pkgs. Returns an attribute set: name → { nativeBuildInputs, buildInputs, env, preBuild }, all optional.
  `buildUvEnv { nativeInputs = { … }; }` adds to it or replaces an entry. The entries here are those of authentik's
  closure; their like is in nixpkgs' python-packages and in uv2nix' users' override files.
*/
{ pkgs }:

let
  inherit (pkgs) lib;
in
{
  lxml = {
    nativeBuildInputs = [ pkgs.pkg-config ];
    buildInputs = [ pkgs.libxml2 pkgs.libxslt pkgs.zlib ];
    # Seven extensions, one of them more than half of the work, with no source in common: setuptools compiles them at once.
    preBuild = ''
      printf '[build_ext]\nparallel = %s\n' "''${NIX_BUILD_CORES:-1}" >"$NIX_BUILD_TOP/setuptools.cfg"
      export DIST_EXTRA_CONFIG=$NIX_BUILD_TOP/setuptools.cfg
    '';
  };
  xmlsec = {
    nativeBuildInputs = [ pkgs.pkg-config ];
    buildInputs = [ pkgs.xmlsec pkgs.libxml2 pkgs.libxslt pkgs.libtool pkgs.openssl ];
  };
  gssapi = {
    # krb5-config
    nativeBuildInputs = [ (lib.getDev pkgs.krb5) ];
    buildInputs = [ pkgs.krb5 ];
    # Extensions that Python's bindings use are declared there, and no other header includes it.
    env.GSSAPI_COMPILER_ARGS = "-include gssapi/gssapi_ext.h";
    env.GSSAPI_LINKER_ARGS = "-lgssapi_krb5";
    # It loads this library to see what it can do, and would look for it where Debian has it.
    env.GSSAPI_MAIN_LIB = "${lib.getLib pkgs.krb5}/lib/libgssapi_krb5.so";
  };
  python-kadmin-rs.buildInputs = [ pkgs.krb5 ];
  psycopg-c = {
    nativeBuildInputs = [ pkgs.libpq.pg_config ];
    buildInputs = [ pkgs.libpq ];
  };
  psycopg2 = {
    nativeBuildInputs = [ pkgs.libpq.pg_config ];
    buildInputs = [ pkgs.libpq ];
  };
  cffi.buildInputs = [ pkgs.libffi ];
}
