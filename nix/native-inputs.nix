/*
  Dependencies of packages from PyPI, other than Python, to build or load them, by normalised name.

  Takes pkgs. Returns an attribute set: name → { nativeBuildInputs, buildInputs, env, preBuild,
  dlopened }, all optional; dlopened is used only if a caller of buildUvEnv sets it (otherwise it
  would have to be built for every environment). `buildUvEnv { nativeInputs = { … }; }` adds or
  replaces entries. The entries cover authentik's closure, as in nixpkgs' python-packages.
*/
{ pkgs }:

let
  inherit (pkgs) lib;
in
{
  lxml = {
    nativeBuildInputs = [ pkgs.pkg-config ];
    buildInputs = [
      pkgs.libxml2
      pkgs.libxslt
      pkgs.zlib
    ];
    # There are seven independent extensions, and one of them is more than half of the work:
    # setuptools compiles them in parallel.
    preBuild = ''
      printf '[build_ext]\nparallel = %s\n' "''${NIX_BUILD_CORES:-1}" >"$NIX_BUILD_TOP/setuptools.cfg"
      export DIST_EXTRA_CONFIG=$NIX_BUILD_TOP/setuptools.cfg
    '';
  };
  xmlsec = {
    nativeBuildInputs = [ pkgs.pkg-config ];
    buildInputs = [
      pkgs.xmlsec
      pkgs.libxml2
      pkgs.libxslt
      pkgs.libtool
      pkgs.openssl
    ];
  };
  gssapi = {
    # krb5-config
    nativeBuildInputs = [ (lib.getDev pkgs.krb5) ];
    buildInputs = [ pkgs.krb5 ];
    # The bindings use extensions that only this header declares.
    env.GSSAPI_COMPILER_ARGS = "-include gssapi/gssapi_ext.h";
    env.GSSAPI_LINKER_ARGS = "-lgssapi_krb5";
    # The build loads this library to detect features, by default from Debian's path.
    env.GSSAPI_MAIN_LIB = "${lib.getLib pkgs.krb5}/lib/libgssapi_krb5.so";
  };
  python-kadmin-rs = {
    buildInputs = [ pkgs.krb5 ];
    # libkadm5clnt_mit.so and libkadm5srv_mit.so, whose wheel needs nothing.
    dlopened = [ pkgs.krb5 ];
  };
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
