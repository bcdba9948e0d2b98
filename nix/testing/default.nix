# A look-alike of nixpkgs for tests: small, with nixpkgs' own names and calling conventions, made
# from Debian packages.
#
# CI machines can't reach nixpkgs. What an output needs at run time are real store paths here too,
# so that a test can fail when something is found outside the closure. Real nixpkgs is another
# matter: see docs/nix.md for what this does not show.
#
# Takes, besides nixpkgs' arguments: buildSystem, what this machine's compiler is for; debs, the
# folder of Debian packages; node and uv, folders with these programs and their facts
# (script/lib/root.sh). The test machine has them at /opt/uv-fod (script/lib/inside.sh).
{
  system ? builtins.currentSystem,
  buildSystem ? builtins.currentSystem,
  config ? { },
  overlays ? [ ],
  debs ? /opt/uv-fod/debs/lookalike,
  node ? /opt/uv-fod/node24,
  uv ? /opt/uv-fod/uv,
}:

let
  lib = import ./lib.nix;
  inherit (import ./debs.nix { inherit lib system debs; }) fromDebs;
  libraries = import ./libraries.nix { inherit lib system fromDebs; };
  python314 = import ./python.nix { inherit lib libraries; };
  # What a caller configures reaches the caller's derivations; those of the set itself work with
  # the defaults, as nixpkgs' packages work with either.
  inherit
    (import ./stdenv.nix {
      inherit
        lib
        system
        libraries
        buildSystem
        ;
    })
    stdenvNoCC
    ;
  configured = import ./stdenv.nix {
    inherit
      lib
      system
      libraries
      buildSystem
      config
      ;
  };
  tools = import ./tools.nix {
    inherit lib stdenvNoCC libraries;
    python = python314;
  };

  fetchers = import ./fetchers.nix { inherit lib stdenvNoCC tools; };

  # A build tool that the machine keeps in a folder. As it is: patchelf 0.18 makes a Node that
  # crashes. Without its digest Nix would copy the program at each evaluation (Node has 126 MB),
  # only to find that the store has it.
  program =
    folder: mainProgram: attributes:
    let
      path = folder + "/bin/${mainProgram}";
    in
    stdenvNoCC.mkDerivation (
      {
        pname = mainProgram;
        version = builtins.readFile (path + ".version");
        dontUnpack = true;
        source = builtins.path {
          inherit path;
          name = mainProgram;
          sha256 = builtins.readFile (path + ".nar-sha256");
        };
        installPhase = ''install -Dm755 "$source" "$out/bin/${mainProgram}"'';
        meta = { inherit mainProgram; };
      }
      // attributes
    );

  runCommandWith =
    env: name: attrs: buildCommand:
    env.mkDerivation ({ inherit name buildCommand; } // attrs);

  # With what `nix develop` and `nix-shell` read first: $stdenv/setup.
  mkShellWith =
    env:
    {
      name ? "nix-shell",
      packages ? [ ],
      inputsFrom ? [ ],
      shellHook ? "",
      ...
    }@args:
    env.mkDerivation (
      removeAttrs args [
        "packages"
        "inputsFrom"
      ]
      // {
        inherit name;
        outputs = [ "out" ];
        stdenv = stdenvNoCC.mkDerivation {
          name = "stdenv";
          dontUnpack = true;
          dontPatchShebangs = true;
          installPhase = ''
            mkdir $out
            { cat $stdenvSetup && echo setupInputs; } >$out/setup
          '';
        };
        nativeBuildInputs =
          packages ++ lib.concatMap (one: one.nativeBuildInputs or [ ]) (lib.toList inputsFrom);
        shellHook = lib.concatStringsSep "\n" (map (one: one.shellHook or "") inputsFrom ++ [ shellHook ]);
        dontUnpack = true;
        installPhase = "touch $out";
      }
    );

  writeTextFile =
    {
      name,
      text,
      executable ? false,
      destination ? "",
    }:
    stdenvNoCC.mkDerivation {
      inherit name text destination;
      mode = if executable then "755" else "644";
      passAsFile = [ "text" ];
      buildCommand = ''install -Dm$mode "$textPath" "$out$destination"'';
    };

  self = {
    inherit
      lib
      config
      python314
      system
      ;
    pkgs = final;
    inherit (configured)
      stdenv
      stdenvNoCC
      ;
    inherit (configured.stdenv) hostPlatform buildPlatform;
    callPackage = lib.callPackageWith (final // { inherit (final) pkgs; });

    inherit (libraries)
      bash
      bzip2
      cacert
      coreutils
      expat
      glibc
      krb5
      libffi
      libtool
      libxcrypt
      libxml2
      libxslt
      openssl
      sqlite
      xmlsec
      xz
      zlib
      zstd
      ;
    bashNonInteractive = libraries.bash;
    runtimeShell = "${libraries.bash}/bin/bash";
    libpq = libraries.libpq // {
      pg_config = tools.pgConfig;
    };
    postgresql = libraries.libpq // {
      pg_config = tools.pgConfig;
    };

    inherit (fetchers) fetchgit fetchurl;
    inherit (tools)
      autoPatchelfHook
      curl
      git
      makeBinaryWrapper
      patchelf
      pkg-config
      unzip
      ;
    gitMinimal = tools.git;
    makeWrapper = tools.makeBinaryWrapper;

    python314Packages = { inherit (tools) pip; };

    uv = program uv "uv" { };
    nodejs_24 = program node "node" { pname = "nodejs"; };
    nodejs = final.nodejs_24;

    mkShellNoCC = mkShellWith configured.stdenvNoCC;
    mkShell = mkShellWith configured.stdenv;

    runCommand = runCommandWith configured.stdenvNoCC;
    runCommandCC = runCommandWith configured.stdenv;
    inherit writeTextFile;
    writeText = name: text: writeTextFile { inherit name text; };
    writeShellScript =
      name: text:
      writeTextFile {
        inherit name;
        text = "#!${final.runtimeShell}\n${text}";
        executable = true;
      };
    writeShellScriptBin =
      name: text:
      writeTextFile {
        inherit name;
        text = "#!${final.runtimeShell}\n${text}";
        executable = true;
        destination = "/bin/${name}";
      };
  };

  # Overlays as in nixpkgs: each gets the finished set and the one before it.
  final = lib.foldl' (prev: overlay: prev // overlay final prev) self overlays;
in
final
