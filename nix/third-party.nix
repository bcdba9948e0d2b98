/*
  Third-party packages of an environment. They depend only on the lock, so a change of the project's
  own files builds only the in-tree wheels and links the rest. Each large wheel has its own
  environment, which depends only on the wheel: a few wheels have most of the files, and a bump of
  other packages only links them. Package folders are linked as in nixpkgs' python.buildEnv.

  Takes: pkgs; sources; common, attributes of every environment; pname; lock, from build-lock.nix;
  uvDeps, nativeInputs and notApart, as buildUvEnv takes them; fetched, the wheels that are built
  from fetched sources.
  Returns: { thirdParty, the environment; apart, environments of single wheels by file name }.
*/
{ pkgs, sources }:

{
  common,
  pname,
  lock,
  uvDeps,
  fetched,
  nativeInputs,
  notApart,
}:

let
  inherit (pkgs) lib;

  # Packages in an environment, with bytecode and library paths.
  install =
    args:
    pkgs.stdenv.mkDerivation (
      common
      // args
      // {
        # To read and set library paths.
        nativeBuildInputs = common.nativeBuildInputs ++ [ pkgs.patchelf ];
        # Libraries that manylinux wheels expect on every system.
        buildInputs = [
          (lib.getLib pkgs.stdenv.cc.cc)
          pkgs.zlib
        ]
        ++ args.buildInputs or [ ];
      }
    );

  normalised = name: lib.toLower (lib.replaceStrings [ "_" "." ] [ "-" "-" ] name);
  nameOf = file: normalised (lib.head (lib.splitString "-" file));
  # For packages that load libraries by name, library paths are set in the whole environment.
  isApart =
    file:
    !(lib.elem (nameOf file) (map normalised notApart)) && !(nativeInputs ? ${nameOf file}.dlopened);
  apartFiles = lib.filter isApart (lib.attrNames lock.apart);
  apart = lib.genAttrs apartFiles (
    file:
    install {
      # Nix starts builds in the order of names, and compilers should start first.
      name = "uv-installed-${sources.storeName (lib.removeSuffix ".whl" file)}";
      installPhase = builtins.readFile ./scripts/apart.sh;
      buildInputs = nativeInputs.${nameOf file}.buildInputs or [ ];
      oneFile = file;
      # A FOD with the digest of uv.lock, so that dependents do not change with other wheels.
      oneWheel =
        pkgs.runCommand (sources.storeName file)
          {
            outputHash = lock.apart.${file};
            outputHashMode = "flat";
            outputHashAlgo = null;
            preferLocalBuild = true;
            allowSubstitutes = false;
          }
          ''
            cp ${uvDeps}/wheels/${lib.escapeShellArg file} $out || {
              echo "uv-fod: the build lock is out of date: it has "${lib.escapeShellArg file}", which is not in the fixed-output derivation. Run 'uv-fod update' and commit what it changes." >&2
              exit 1
            }
          '';
    }
  );

  dlopened = lib.mapAttrsToList (name: one: "${name}=${lib.makeLibraryPath one.dlopened}") (
    lib.filterAttrs (_: one: one ? dlopened) nativeInputs
  );
in
{
  inherit apart;
  thirdParty = install {
    # Without the project's version, which does not change the contents.
    name = "${pname}-third-party";
    installPhase = builtins.readFile ./scripts/third-party.sh;
    wheelFolders = [ "${uvDeps}/wheels" ] ++ fetched;
    inherit apartFiles;
    apart = lib.attrValues apart;
    inherit dlopened;
    # Libraries that the compiled wheels were linked against.
    buildInputs =
      lib.unique (lib.concatMap (one: one.nativeInputs) fetched)
      ++ lib.concatMap (one: one.buildInputs or [ ]) (lib.attrValues nativeInputs);
  };
}
