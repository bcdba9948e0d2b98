# Libraries and programs of the look-alike set that an output may need at run time, from Debian
# packages.
{
  lib,
  system,
  fromDebs,
}:

let
  # The dynamic linker and the C library must stay as they are: everything else is pointed at them.
  glibc = fromDebs {
    pname = "glibc";
    debs = [ "libc6" ];
    patchElf = false;
    fixup = ''rm -rf "$out"/sbin "$out"/etc'' + lib.optionalString isAarch64 linker;
  };
  isAarch64 = system == "aarch64-linux";
  # A link of the same name in Debian's /usr/lib has replaced it.
  linker = ''

    mkdir tree
    for deb in $runtimeDebs; do unpack "$deb"; done
    cp --remove-destination tree/usr/lib/*-linux-gnu/ld-linux-*.so.1 "$out"/lib/
    rm -rf tree
  '';
  interpreter = "${glibc}/lib/${
    if isAarch64 then "ld-linux-aarch64.so.1" else "ld-linux-x86-64.so.2"
  }";
  package =
    args: fromDebs ({ inherit interpreter; } // args // { libs = args.libs or [ ] ++ [ glibc ]; });

  # By name, which is the pname where there is no other.
  packages = lib.mapAttrs (pname: args: package ({ inherit pname; } // args)) (
    with packages;
    {
      libgcc = {
        pname = "gcc-lib";
        debs = [
          "libgcc-s1"
          "libstdc++6"
        ];
        fixup = ''rm -rf "$out"/share'';
      };
      zlib = {
        debs = [ "zlib1g" ];
        devDebs = [ "zlib1g-dev" ];
      };
      libffi = {
        debs = [ "libffi8" ];
        devDebs = [ "libffi-dev" ];
      };
      libxcrypt = {
        debs = [ "libcrypt1" ];
        devDebs = [ "libcrypt-dev" ];
      };
      zstd.debs = [ "libzstd1" ];
      xz.debs = [ "liblzma5" ];
      bzip2.debs = [ "libbz2-1.0" ];
      expat.debs = [ "libexpat1" ];
      sqlite.debs = [ "libsqlite3-0" ];
      ncurses = {
        debs = [
          "libtinfo6"
          "libncursesw6"
        ];
      };
      readline = {
        debs = [ "libreadline8t64" ];
        libs = [ ncurses ];
      };
      util-linux.debs = [ "libuuid1" ];
      openssl = {
        debs = [
          "libssl3t64"
          "openssl-provider-legacy"
        ];
        devDebs = [ "libssl-dev" ];
        libs = [
          zlib
          zstd
        ];
        fixup = ''rm -rf "$out"/share'';
      };
      libgcrypt = {
        debs = [
          "libgcrypt20"
          "libgpg-error0"
        ];
      };
      libxml2 = {
        debs = [ "libxml2-16" ];
        devDebs = [ "libxml2-dev" ];
        libs = [ zlib ];
        propagated = [ zlib ];
        # As nixpkgs configures it: <libxml/…> is found without a further -I.
        fixup = ''ln -s libxml2/libxml "$dev"/include/libxml'';
      };
      libxslt = {
        debs = [ "libxslt1.1" ];
        devDebs = [ "libxslt1-dev" ];
        libs = [
          libxml2
          libgcrypt
        ];
        propagated = [ libxml2 ];
      };
      libtool = {
        debs = [ "libltdl7" ];
        devDebs = [ "libltdl-dev" ];
      };
      xmlsec = {
        debs = [
          "libxmlsec1-10310"
          "libxmlsec1-openssl10310"
        ];
        devDebs = [ "libxmlsec1-dev" ];
        libs = [
          libxml2
          libxslt
          libtool
          openssl
        ];
        propagated = [
          libxml2
          libxslt
          openssl
        ];
        fixup = ''find "$out"/lib "$dev"/lib \( -name '*-gnutls*' -o -name '*-nss*' -o -name '*-gcrypt*' \) -delete'';
      };
      krb5 = {
        debs = [
          "libkrb5-3"
          "libgssapi-krb5-2"
          "libk5crypto3"
          "libkrb5support0"
          "libgssrpc4t64"
          "libkadm5clnt-mit12"
          "libkadm5srv-mit12"
          "libkdb5-10t64"
          "libcom-err2"
          "libkeyutils1"
        ];
        devDebs = [
          "krb5-multidev"
          "comerr-dev"
        ];
        libs = [ openssl ];
        fixup = ''
          cp -a "$dev"/include/mit-krb5/. "$dev"/include/ && rm -r "$dev"/include/mit-krb5
          find "$dev"/lib "$out"/lib -type l -name '*.so' -delete
          rm -rf "$dev"/lib/mit-krb5
          for name in krb5 gssapi_krb5 k5crypto krb5support gssrpc kadm5clnt_mit kadm5srv_mit kdb5 com_err; do
            link=("$out"/lib/lib$name.so.*)
            ln -s "$(basename "''${link[0]}")" "$out/lib/lib$name.so"
          done
          for file in "$dev"/lib/pkgconfig/mit-krb5/*.pc; do mv "$file" "$dev"/lib/pkgconfig/; done
          mv "$dev"/bin/krb5-config.mit "$dev"/bin/krb5-config
          sed -i -e "s|^prefix=.*|prefix=$dev|" -e "s|^exec_prefix=.*|exec_prefix=$dev|" -e "s|^includedir=.*|includedir=$dev/include|" \
            -e "s|^libdir=.*|libdir=$out/lib|" "$dev"/bin/krb5-config
        '';
      };
      openldap = {
        debs = [
          "libldap2"
          "libsasl2-2"
        ];
        libs = [ openssl ];
        fixup = ''rm -rf "$out"/etc'';
      };
      libpq = {
        debs = [ "libpq5" ];
        devDebs = [ "libpq-dev" ];
        libs = [
          openssl
          krb5
          openldap
        ];
        propagated = [ openssl ];
        fixup = ''
          cp -a "$dev"/include/postgresql/. "$dev"/include/ && rm -r "$dev"/include/postgresql
          rm "$dev"/bin/pg_config
        '';
      };
      attr = {
        debs = [ "libattr1" ];
        fixup = ''rm -rf "$out"/etc'';
      };
      acl = {
        debs = [ "libacl1" ];
        libs = [ attr ];
      };
      libselinux = {
        debs = [
          "libselinux1"
          "libpcre2-8-0"
        ];
      };
      gmp.debs = [ "libgmp10" ];
      systemdMinimal = {
        pname = "systemd-minimal";
        debs = [ "libsystemd0" ];
        libs = [ libgcc ];
      };
      coreutils = {
        debs = [ "coreutils" ];
        libs = [
          acl
          attr
          libselinux
          gmp
          openssl
          systemdMinimal
        ];
      };
      bash = {
        debs = [ "bash" ];
        libs = [ ncurses ];
        fixup = ''rm -rf "$out"/etc "$out"/share "$out"/bin/{bashbug,clear_console}; ln -sf bash "$out"/bin/sh'';
        passthru.shellPath = "/bin/bash";
      };
    }
  );
in
packages
// {
  inherit glibc interpreter package;
  cacert = fromDebs {
    pname = "nss-cacert";
    debs = [ "ca-certificates" ];
    patchElf = false;
    # nixpkgs' cacert points the usual variables at itself in builds that have it among their
    # inputs.
    fixup = ''
      mkdir -p "$out"/etc/ssl/certs "$out"/nix-support
      cat "$out"/share/ca-certificates/mozilla/*.crt >"$out"/etc/ssl/certs/ca-bundle.crt
      rm -rf "$out"/share "$out"/sbin "$out"/etc/ca-certificates
      echo "export SSL_CERT_FILE=\''${SSL_CERT_FILE:-$out/etc/ssl/certs/ca-bundle.crt}" >"$out"/nix-support/setup-hook
    '';
  };
}
