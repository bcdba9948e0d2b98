# Build tools and setup hooks of the look-alike set. They are the machine's own programs and never
# part of an output's closure.
{
  lib,
  stdenvNoCC,
  libraries,
  python,
}:

let
  # A package whose programs are links to those of the machine.
  machineTool =
    pname: programs:
    stdenvNoCC.mkDerivation {
      name = pname;
      inherit pname programs;
      dontUnpack = true;
      installPhase = ''
        mkdir -p $out/bin
        for program in $programs; do ln -s /usr/bin/$program $out/bin/$program; done
      '';
      meta.mainProgram = lib.head programs;
    };

  setupHook =
    name: substitutions: file:
    stdenvNoCC.mkDerivation (
      substitutions
      // {
        inherit name;
        dontUnpack = true;
        hook = file;
        names = lib.attrNames substitutions;
        installPhase = ''
          install -Dm644 $hook $out/nix-support/setup-hook
          for one in $names; do substituteInPlace $out/nix-support/setup-hook --subst-var $one; done
        '';
      }
    );
in
{
  git = machineTool "git" [ "git" ];
  patchelf = machineTool "patchelf" [ "patchelf" ];
  # With nixpkgs' hook: without this input a stdenv can't unpack a .zip.
  unzip = (machineTool "unzip" [ "unzip" ]).overrideAttrs (previous: {
    installPhase = previous.installPhase + ''
      mkdir -p $out/nix-support
      cat >$out/nix-support/setup-hook <<'HOOK'
      unpackCmdHooks+=(tryUnzip)
      tryUnzip() { [[ $1 == *.zip ]] && unzip -qq "$1"; }
      HOOK
    '';
  });
  # Debian's own wheel of it, started by the set's Python.
  pip = stdenvNoCC.mkDerivation {
    name = "pip";
    dontUnpack = true;
    installPhase = ''
      mkdir -p $out/bin
      cat >$out/bin/pip <<SCRIPT
      #!/bin/bash
      wheels=(/usr/share/python-wheels/pip-*.whl)
      export PIP_CERT=\''${PIP_CERT:-${libraries.cacert}/etc/ssl/certs/ca-bundle.crt}
      PYTHONPATH=\''${wheels[0]} exec ${python}/bin/python3.14 -m pip "\$@"
      SCRIPT
      chmod +x $out/bin/pip
    '';
  };
  curl = machineTool "curl" [ "curl" ];

  pkg-config = stdenvNoCC.mkDerivation {
    name = "pkg-config";
    dontUnpack = true;
    installPhase = ''
      mkdir -p $out/bin $out/nix-support
      # Nothing of the machine's own libraries may be found.
      printf '#!/bin/bash\nPKG_CONFIG_LIBDIR= exec /usr/bin/pkgconf "$@"\n' >$out/bin/pkg-config
      chmod +x $out/bin/pkg-config
      cat >$out/nix-support/setup-hook <<'HOOK'
      pkgConfigInput() {
        addToSearchPath PKG_CONFIG_PATH "$1/lib/pkgconfig"
        addToSearchPath PKG_CONFIG_PATH "$1/share/pkgconfig"
      }
      addEnvHooks 0 pkgConfigInput
      HOOK
    '';
  };

  autoPatchelfHook = setupHook "auto-patchelf-hook" {
    python = "${python}/bin/python3.14";
    script = "${./auto-patchelf.py}";
    libc = "${libraries.glibc}/lib";
    dynamicLinker = libraries.interpreter;
  } ./auto-patchelf-hook.sh;

  makeBinaryWrapper = setupHook "make-binary-wrapper-hook" {
    python = "${python}/bin/python3.14";
    script = "${./make-binary-wrapper.py}";
  } ./make-binary-wrapper-hook.sh;

  # In nixpkgs a script with --libs, --includedir and the like; here as much as building psycopg-c
  # asks for.
  pgConfig = stdenvNoCC.mkDerivation {
    name = "pg_config";
    dontUnpack = true;
    headers = lib.getDev libraries.libpq;
    libraries = lib.getLib libraries.libpq;
    pgVersion = libraries.libpq.version;
    installPhase = ''
      mkdir -p $out/bin
      cat >$out/bin/pg_config <<SCRIPT
      #!/bin/bash
      case "\$1" in
        --includedir) echo $headers/include ;;
        --includedir-server) echo $headers/include/server ;;
        --pkgincludedir) echo $headers/include ;;
        --libdir) echo $libraries/lib ;;
        --pkglibdir) echo $libraries/lib ;;
        --bindir) echo $out/bin ;;
        --cppflags | --ldflags | --libs) echo ;;
        --version) echo "PostgreSQL $pgVersion" ;;
        *) echo "pg_config: unknown argument \$1" >&2; exit 1 ;;
      esac
      SCRIPT
      chmod +x $out/bin/pg_config
    '';
  };
}
