# A look-alike of nixpkgs for tests: small, with nixpkgs' own names and calling conventions, made
# from Debian packages.
#
# CI machines can't reach nixpkgs. What an output needs at run time are real store paths here too,
# so that a test can fail when something is found outside the closure. Real nixpkgs is another
# matter: see docs/nix.md for what this does not show.
#
# Takes, besides nixpkgs' arguments: debs, the folder of Debian packages; cache, the folder where
# the test machine keeps uv and Node. The test machine has both at /opt/uv-fod
# (script/lib/inside.sh).
{
  system ? builtins.currentSystem,
  config ? { },
  overlays ? [ ],
  debs ? /opt/uv-fod/debs/lookalike,
  cache ? /opt/uv-fod,
}:

let
  lib = import ./lib.nix;
  inherit (import ./debs.nix { inherit lib system debs; }) fromDebs;
  libraries = import ./libraries.nix { inherit lib fromDebs; };
  python314 = import ./python.nix { inherit lib libraries; };
  inherit (import ./stdenv.nix { inherit lib system libraries; }) stdenv stdenvNoCC;
  tools = import ./tools.nix {
    inherit lib stdenvNoCC libraries;
    python = python314;
  };

  # A build tool that the machine keeps in its cache. As it is: patchelf 0.18 makes a Node that
  # crashes.
  program =
    pname: path:
    let
      digest = path + ".nar-sha256";
    in
    stdenvNoCC.mkDerivation {
      name = pname;
      inherit pname;
      dontUnpack = true;
      # Without its digest Nix copies the program at each evaluation (Node has 126 MB), only to find
      # that the store has it.
      source = builtins.path (
        {
          inherit path;
          name = pname;
        }
        // lib.optionalAttrs (builtins.pathExists digest) { sha256 = builtins.readFile digest; }
      );
      installPhase = ''install -Dm755 "$source" "$out/bin/$pname"'';
      meta.mainProgram = pname;
    };

  runCommandWith =
    env: name: attrs: buildCommand:
    env.mkDerivation ({ inherit name buildCommand; } // attrs);

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
      stdenv
      stdenvNoCC
      python314
      system
      ;
    pkgs = final;
    inherit (stdenv) hostPlatform buildPlatform;
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

    uv = program "uv" (cache + "/uv/bin/uv");
    nodejs_24 = program "node" (cache + "/node24/bin/node");
    nodejs = final.nodejs_24;

    mkShellNoCC =
      {
        packages ? [ ],
        ...
      }@args:
      stdenvNoCC.mkDerivation (
        {
          name = "nix-shell";
          nativeBuildInputs = packages;
          dontUnpack = true;
          installPhase = "touch $out";
        }
        // removeAttrs args [ "packages" ]
      );

    runCommand = runCommandWith stdenvNoCC;
    runCommandCC = runCommandWith stdenv;
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

    fetchgit =
      {
        url,
        rev,
        hash ? "",
        name ? "source",
        ...
      }:
      stdenvNoCC.mkDerivation {
        inherit name url rev;
        nativeBuildInputs = [ tools.git ];
        dontUnpack = true;
        dontFixup = true;
        installPhase = ''
          git init --quiet $out
          git -C $out fetch --quiet --depth 1 "$url" "$rev"
          git -C $out checkout --quiet FETCH_HEAD
          rm -r $out/.git
        '';
        impureEnvVars = lib.fetchers.proxyImpureEnvVars;
        outputHashMode = "recursive";
        outputHash = hash;
        outputHashAlgo = if hash == "" then "sha256" else null;
      };

    # Nix's own downloader: no curl needed, and a flat hash as with nixpkgs' fetchurl.
    fetchurl =
      {
        url ? lib.head urls,
        urls ? [ url ],
        hash ? "",
        name ? baseNameOf url,
        ...
      }:
      derivation {
        inherit name url;
        urls = [ url ];
        system = "builtin";
        builder = "builtin:fetchurl";
        outputHash = hash;
        outputHashAlgo = if hash == "" then "sha256" else null;
        outputHashMode = "flat";
        executable = false;
        unpack = false;
        preferLocalBuild = true;
        impureEnvVars = lib.fetchers.proxyImpureEnvVars;
      };
  };

  # Overlays as in nixpkgs: each gets the finished set and the one before it.
  final = lib.foldl' (prev: overlay: prev // overlay final prev) self overlays;
in
final
