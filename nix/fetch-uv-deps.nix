/*
  fetchUvDeps: one fixed-output derivation (FOD) with every wheel of a uv.lock for a declared
  target, byte for byte as the index has them, and a manifest. For packages that have to be built,
  see build-lock.nix.

  Takes an attribute set:
    src        path or derivation with uv.lock at `${src}/${project}/uv.lock`
    project    folder of uv.lock in src (default ".")
    hash       SRI hash, or one for each system: { x86_64-linux = "sha256-…"; … }. "" builds once
               and prints the right one, as nixpkgs' fetchers do. Other forms of a sha256
               (hexadecimal, base32) and the name `sha256` are accepted as well
    target     { python; libc; packages ? [ ]; allPackages ? false; extras ? [ ]; groups ? [ ];
                 defaultGroups ? false; }
               python is exact ("3.14.8"), libc the oldest version to support ("glibc:2.39").
               Nothing is read from the machine. On macOS a libc of Linux means "macos:14.0".
               Default: the target of the build lock
    buildLock  path of the build lock; read only if target is not given
    pname      for the store path's name
    system     the target's system; the builder's may be another one
    position   for functions that pass a hash on: the position of their caller's hash
    netrcPhase, netrcImpureEnvVars  for private indexes, as with nixpkgs' fetchurl: shell text that
               writes a file `netrc`, and the environment variables that it may use. Credentials go
               only to the host that the file names
  and anything that stdenvNoCC.mkDerivation takes.

  Returns: the derivation, with passthru.uvFod (schema 1: data for the Action, such as the hash's
  position) and passthru.systems, the same for each system that has a hash.
  Throws: no target and no build lock; no hash for the system.

  The FOD has the least possible content, as nixpkgs' fetchCargoVendor; the main build compares the
  lock again, as fetchNpmDeps.
*/
{
  pkgs,
  tool,
  sources,
  readBuildLock,
}:

args@{
  src,
  project ? ".",
  sha256 ? "",
  hash ? sha256,
  target ? null,
  buildLock ? null,
  pname ? "python",
  system ? pkgs.stdenv.hostPlatform.system,
  position ? null,
  ...
}:

let
  inherit (pkgs) lib;
  programs = import ./programs.nix { inherit pkgs; };

  own = [
    "__structuredAttrs"
    "src"
    "project"
    "hash"
    "sha256"
    "target"
    "buildLock"
    "pname"
    "system"
    "position"
    "passthru"
    "impureEnvVars"
    "netrcPhase"
    "netrcImpureEnvVars"
  ];

  declared =
    if target != null then
      target
    else if buildLock != null && builtins.pathExists buildLock then
      (readBuildLock buildLock system).target
    else
      throw "uv-fod: fetchUvDeps needs a target, e.g. target = { python = \"3.14.8\"; libc = \"glibc:2.39\"; }, unless a build lock has one.";

  # One target serves Linux and macOS. On macOS a C library of Linux is ignored, and the oldest
  # supported version is nixpkgs' unless the target names one.
  libcOf =
    one:
    if lib.hasSuffix "-darwin" one && !lib.hasPrefix "macos:" declared.libc then
      "macos:14.0"
    else
      declared.libc;

  selectionOf = one: {
    inherit (declared) python;
    libc = libcOf one;
    packages = declared.packages or [ ];
    allPackages = declared.allPackages or false;
    extras = declared.extras or [ ];
    groups = declared.groups or [ ];
    defaultGroups = declared.defaultGroups or false;
  };

  hashOf =
    one:
    if lib.isAttrs hash then
      hash.${one}
        or (throw "uv-fod: fetchUvDeps has no hash for ${one}, only for ${lib.concatStringsSep ", " (lib.attrNames hash)}. Add ${one} = \"\"; and run 'uv-fod update'.")
    else
      hash;

  # The position of the caller's hash: the Action patches that literal and no other text.
  positionOf =
    one:
    if lib.isAttrs hash then
      builtins.unsafeGetAttrPos one hash
    else if position != null then
      position
    else
      builtins.unsafeGetAttrPos (if args ? hash then "hash" else "sha256") args;

  fetch =
    one:
    pkgs.stdenvNoCC.mkDerivation (
      removeAttrs args own
      // {
        name = "${pname}-uv-deps";
        # Not `src`: nothing is unpacked, and only the lock is read.
        lockSource = sources.lockOf src;
        inherit project;
        target = builtins.toJSON ({ system = one; } // selectionOf one);
        passAsFile = [ "target" ];
        # `passAsFile` works only without structured attributes.
        __structuredAttrs = false;

        nativeBuildInputs = [
          programs.nodejs
          pkgs.curl
          pkgs.cacert
        ]
        ++ args.nativeBuildInputs or [ ];
        dontUnpack = true;
        dontConfigure = true;
        dontInstall = true;
        # Verbatim: fixup would rewrite files, and references to the store are forbidden here.
        dontFixup = true;
        preferLocalBuild = true;
        buildPhase = ''
          runHook preBuild
          ${args.netrcPhase or ""}
          if [ -f netrc ]; then export NETRC=$PWD/netrc; fi
          # Certificates of the machine where the environment names some, else nixpkgs'.
          if [ -f "''${NIX_SSL_CERT_FILE-}" ]; then export SSL_CERT_FILE=$NIX_SSL_CERT_FILE; fi
          node ${tool}/nix.js fetch --project "$lockSource/$project" --target "$targetPath" --out "$out"
          runHook postBuild
        '';

        impureEnvVars =
          lib.fetchers.proxyImpureEnvVars ++ args.netrcImpureEnvVars or [ ] ++ args.impureEnvVars or [ ];
        outputHashMode = "recursive";
        outputHash = hashOf one;
        outputHashAlgo = if lib.hasPrefix "sha256-" (hashOf one) then null else "sha256";

        passthru = args.passthru or { } // {
          uvFod = {
            schema = 1;
            system = one;
            target = selectionOf one;
            inherit project;
            src =
              if sources.isOnDisk src then
                toString src
              else if src ? origSrc then
                toString src.origSrc
              else
                null;
            buildLock = if buildLock == null then null else toString buildLock;
            hash = hashOf one;
            position = positionOf one;
          };
          systems = lib.genAttrs (if lib.isAttrs hash then lib.attrNames hash else [ one ]) fetch;
        };
      }
    );
in
fetch system
