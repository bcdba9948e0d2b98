/*
  buildUvEnv: a virtual environment with everything that a uv.lock asks for, installed offline by uv, the same bit for bit
  each time it is built.

  Takes an attribute set:
    pname, version
    src          path or derivation that holds the project; of a path only the needed parts are inputs of each derivation
    project      folder of uv.lock in src (default ".")
    uvDeps       what fetchUvDeps gave
    buildLock    path of uv-fod.lock.json
    python       interpreter (default python3 of the target's minor version, e.g. pkgs.python314)
    nativeInputs what packages need besides Python, by normalised name, added to native-inputs.nix:
                 { psycopg-c = { nativeBuildInputs, buildInputs, env, preBuild }; … }
    wheelOverrides  by name, functions for overrideAttrs of the wheel's derivation
    fetchurl     for sdists of private indexes: args: pkgs.fetchurl (args // { netrcPhase = …; })
    pythonImportsCheck  modules that have to import from the output (as in nixpkgs)
    postInstall  shell text that runs when everything is installed, before bytecode is compiled: what is patched later
                 would not be seen by Python
    notApart     names of packages that can't be installed apart from others: they look for these beside their real folder
  and anything that stdenv.mkDerivation takes, such as meta.

  Returns: the environment: bin/ (python, entry points), lib/pythonX.Y/site-packages. Programs work through links and
  profiles. passthru: uvDeps; builds, each wheel's derivation by key; thirdParty, the environment without in-tree packages;
  apart, environments of single wheels by file name; checked, a build that fails where uv.lock, fixed output and build lock do
  not belong together.
  Throws: what build-lock.nix throws; a Python of another minor version than the target's.

  Third-party packages depend on the lock alone, and a change of the project's own files builds only the in-tree wheels and
  links the rest. Large wheels without compiled code have an environment each, which depends on nothing but the wheel: most of
  the files are in a few of them, and a bump of others links these. The idea of linking package folders is that of nixpkgs'
  python.buildEnv.
*/
{
  pkgs,
  tool,
  sources,
  readBuildLock,
  buildWheels,
}:

args@{
  pname,
  version,
  src,
  project ? ".",
  uvDeps,
  buildLock,
  python ? null,
  nativeInputs ? { },
  wheelOverrides ? { },
  fetchurl ? pkgs.fetchurl,
  pythonImportsCheck ? [ ],
  notApart ? [ ],
  ...
}:

let
  inherit (pkgs) lib;
  system = uvDeps.uvFod.system;
  lock = readBuildLock buildLock system;

  minor = lib.versions.majorMinor lock.target.python;
  attribute = "python${lib.replaceStrings [ "." ] [ "" ] minor}";
  interpreter =
    let
      found =
        if python != null then
          python
        else
          pkgs.${attribute} or (throw "uv-fod: the build lock is for Python ${minor}, and this nixpkgs has no '${attribute}'; pass python, or declare another target.");
    in
    if found.pythonVersion != minor then
      throw "uv-fod: ${pname} was locked for Python ${lock.target.python}, and python is ${found.version}; pass one of ${minor}, or declare another target and run 'uv-fod update'."
    else
      found;

  wheel = buildWheels {
    inherit src project lock;
    python = interpreter;
    extraNativeInputs = nativeInputs;
    overrides = wheelOverrides;
    inherit fetchurl;
  };
  isInTree = key: (lock.build key).kind == "directory";
  wheelsOf = keep: map wheel (lib.filter keep lock.outputs);
  inTree = wheelsOf isInTree;
  fetched = wheelsOf (key: !(isInTree key));

  common = {
    nativeBuildInputs = [
      interpreter
      pkgs.uv
      pkgs.autoPatchelfHook
      pkgs.makeBinaryWrapper
    ];
    strictDeps = true;
    # Wheels are made to run as they are: nothing is stripped, scripts are right as uv writes them, and library paths are set
    # before bytecode is compiled, after which no file may change.
    dontFixup = true;
    dontUnpack = true;
    dontConfigure = true;
    dontBuild = true;
    env = {
      PYTHONHASHSEED = "0";
      SOURCE_DATE_EPOCH = "315532800";
      uvEnvironment = "${./scripts/uv-environment.sh}";
      installScripts = "${./scripts/install}";
    };
    inherit (interpreter) sitePackages executable;
  };

  # Packages in an environment, with bytecode and library paths.
  install =
    args:
    pkgs.stdenv.mkDerivation (
      common
      // {
        installPhase = builtins.readFile ./scripts/third-party.sh;
        wheelFolders = [ ];
        apart = [ ];
        apartFiles = [ ];
      }
      // args
      // {
        # Libraries that manylinux takes for granted.
        buildInputs = [
          (lib.getLib pkgs.stdenv.cc.cc)
          pkgs.zlib
        ]
        ++ args.buildInputs or [ ];
      }
    );

  normalised = name: lib.toLower (lib.replaceStrings [ "_" "." ] [ "-" "-" ] name);
  isApart = file: !(lib.elem (normalised (lib.head (lib.splitString "-" file))) (map normalised notApart));
  apartFiles = lib.filter isApart (lib.attrNames lock.apart);
  apart = lib.genAttrs apartFiles (
    file:
    install {
      # Nix starts what waits in the order of names, and what compiles goes first.
      name = "uv-installed-${sources.storeName (lib.removeSuffix ".whl" file)}";
      oneFile = file;
      # A fixed output, by the digest of uv.lock: what depends on it does not change with the other wheels.
      oneWheel = pkgs.runCommand (sources.storeName file) {
        outputHash = lock.apart.${file};
        outputHashMode = "flat";
        outputHashAlgo = null;
        preferLocalBuild = true;
        allowSubstitutes = false;
      } ''
        cp ${uvDeps}/wheels/${lib.escapeShellArg file} $out || {
          echo "uv-fod: the build lock is out of date: it has "${lib.escapeShellArg file}", which is not in the fixed output. Run 'uv-fod update' and commit what it changes." >&2
          exit 1
        }
      '';
    }
  );

  thirdParty = install {
    # Without the project's version: what is in here does not change with it.
    name = "${pname}-third-party";
    wheelFolders = [ "${uvDeps}/wheels" ] ++ fetched;
    inherit apartFiles;
    apart = lib.attrValues apart;
    # What the compiled wheels were linked against.
    buildInputs =
      lib.unique (lib.concatMap (one: one.nativeInputs) fetched)
      ++ lib.concatMap (one: one.buildInputs or [ ]) (lib.attrValues nativeInputs);
  };

  # Is this fixed output that of this lock? A derivation of its own, so that a stale hash stops everything within a second.
  # What it leaves is what there is to install.
  checked = pkgs.runCommand "${pname}-check" { nativeBuildInputs = [ pkgs.nodejs ]; } ''
    node ${tool}/nix.js check --project ${sources.lockOf src}/${lib.escapeShellArg project} --deps ${uvDeps} \
      --build-lock ${buildLock} --requirements $out
  '';

  own = [
    "src"
    "project"
    "buildLock"
    "python"
    "nativeInputs"
    "wheelOverrides"
    "fetchurl"
    "notApart"
    "passthru"
    "meta"
    "nativeBuildInputs"
    "buildInputs"
    "env"
  ];
in
pkgs.stdenv.mkDerivation (
  common
  // removeAttrs args own
  // {
    inherit uvDeps pythonImportsCheck thirdParty;
    nativeBuildInputs = common.nativeBuildInputs ++ args.nativeBuildInputs or [ ];
    buildInputs = lib.unique (lib.concatMap (one: one.nativeInputs) inTree) ++ args.buildInputs or [ ];
    env = common.env // args.env or { };
    requirements = checked;
    inTreeWheels = inTree;
    installPhase = builtins.readFile ./scripts/environment.sh;
    doInstallCheck = args.doInstallCheck or true;
    installCheckPhase = builtins.readFile ./scripts/install-check.sh;
    passthru = {
      inherit uvDeps thirdParty apart checked;
      python = interpreter;
      builds = lib.genAttrs lock.outputs wheel;
    }
    // args.passthru or { };
    meta = { platforms = lib.platforms.linux; } // args.meta or { };
  }
)
