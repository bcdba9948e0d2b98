# CPython of the look-alike set: Debian's files as one store path, as nixpkgs' python314 is one.
{ lib, libraries }:

let
  python = libraries.package {
    pname = "python3";
    debs = [
      "python3.14-minimal"
      "python3.14"
      "libpython3.14-minimal"
      "libpython3.14-stdlib"
      "libpython3.14"
      # Headers and build settings are part of nixpkgs' python314 too: sysconfig reads them.
      "libpython3.14-dev"
    ];
    libs = [
      libraries.bzip2
      libraries.expat
      libraries.libffi
      libraries.libxcrypt
      libraries.ncurses
      libraries.openssl
      libraries.readline
      libraries.sqlite
      libraries.util-linux
      libraries.xz
      libraries.zlib
      libraries.zstd
    ];
    fixup = ''
      rm -rf "$out"/share "$out"/etc "$out"/lib/python3 "$out"/lib/valgrind "$out"/lib/binfmt.d "$out"/bin/*-config
      find "$out" -name '*.a' -delete
      # Debian's own Berkeley DB module: nixpkgs' python has none.
      rm -f "$out"/lib/python3.14/lib-dynload/_dbm.*.so
      # Debian's build settings name its own prefix; in nixpkgs they name the store path.
      sed -i -e "s|'/usr|'$out|g" -e "s|=/usr|=$out|g" "$out"/lib/python3.14/_sysconfigdata__linux_*.py
      ln -s python3.14 "$out"/bin/python3
      ln -s python3 "$out"/bin/python
      rm -f "$out"/lib/python3.14/sitecustomize.py
      find "$out" -xtype l -delete
      sed -i "1s|^#! */usr/bin/python3.14|#!$out/bin/python3.14|" "$out"/bin/pydoc3.14 "$out"/bin/pygettext3.14
    '';
    passthru = rec {
      pythonVersion = "3.14";
      sitePackages = "lib/python3.14/site-packages";
      executable = "python3.14";
      interpreter = "${python}/bin/python3.14";
      implementation = "cpython";
      isPy3 = true;
      sourceVersion = {
        major = "3";
        minor = "14";
        patch = lib.elemAt (lib.splitString "." python.version) 2;
        suffix = "";
      };
    };
  };
in
python
