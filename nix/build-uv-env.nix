/*
  buildUvEnv: a virtual environment with everything in a uv.lock, installed offline by uv,
  bit-for-bit the same in each build.

  Takes an attribute set:
    pname, version
    src          path or derivation with the project; from a path, each derivation gets only the
                 files that it needs
    project      folder of uv.lock in src (default ".")
    uvDeps       the result of fetchUvDeps
    buildLock    path of uv-fod.lock.json
    python       interpreter (default python3 of the target's minor version, e.g. pkgs.python314)
    nativeInputs dependencies of packages other than Python, by normalised name, added to
                 native-inputs.nix: { psycopg-c = { nativeBuildInputs, buildInputs, env, preBuild,
                 dlopened }; … }
                 dlopened: libraries that a package loads by name while it runs
    wheelOverrides  by name, functions for overrideAttrs of the wheel's derivation
    fetchurl     for sdists of private indexes: args: pkgs.fetchurl (args // { netrcPhase = …; })
    pythonImportsCheck  modules that have to import from the output (as in nixpkgs)
    postInstall  shell text that runs when everything is installed, before bytecode is compiled:
                 Python would not see later changes
    notApart     names of packages that can't be installed separately, because they look for
                 others next to their real folder
  and anything that stdenv.mkDerivation takes, such as meta.

  Returns: the environment: bin/ (python, entry points), lib/pythonX.Y/site-packages. Programs work
  through links and profiles. passthru:
    src, uvDeps  as given
    builds       each wheel's derivation by key
    buildsOf     a function from another build lock, a path or its data, to its builds
    thirdParty, apart  from third-party.nix
    sbom         a software bill of materials (CycloneDX 1.6, JSON)
    editable, devShell  from dev-shell.nix
    checked      a build that fails if uv.lock, FOD and build lock do not match
  Throws: errors of build-lock.nix; a Python whose version is not exactly the target's.
*/
{
  pkgs,
  tool,
  sbomTool,
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
  programs = import ./programs.nix { inherit pkgs; };
  system = uvDeps.uvFod.system;
  lock = readBuildLock buildLock system;

  interpreterFor =
    lock:
    let
      minor = lib.versions.majorMinor lock.target.python;
      attribute = "python${lib.replaceStrings [ "." ] [ "" ] minor}";
      found =
        if python != null then
          python
        else
          pkgs.${attribute}
            or (throw "uv-fod: the build lock is for Python ${minor}, and this nixpkgs has no '${attribute}'; pass python, or declare another target.");
    in
    # The lock's markers compare the full version.
    if found.version != lock.target.python then
      throw "uv-fod: ${pname} was locked for Python ${lock.target.python}, and python is ${found.version}. Both have to be the same version: set target.python to python.version (target = { python = pkgs.${attribute}.version; … }) and run 'uv-fod update', or pass that python."
    else
      found;
  interpreter = interpreterFor lock;

  wheelsFor =
    lock:
    buildWheels {
      inherit src project lock;
      python = interpreterFor lock;
      extraNativeInputs = nativeInputs;
      overrides = wheelOverrides;
      inherit fetchurl;
    };
  wheel = wheelsFor lock;
  isInTree = key: (lock.build key).kind == "directory";
  wheelsOf = keep: lib.genAttrs (lib.filter keep lock.outputs) wheel;
  inTree = wheelsOf isInTree;
  fetched = lib.attrValues (wheelsOf (key: !(isInTree key)));

  common = {
    nativeBuildInputs = [
      interpreter
      programs.uv
      pkgs.autoPatchelfHook
      pkgs.makeBinaryWrapper
    ];
    strictDeps = true;
    # The scripts take lists as words, whatever the default of this nixpkgs.
    __structuredAttrs = false;
    # Wheels are not changed by fix-ups: nothing is stripped, uv writes the scripts, and library
    # paths are set before bytecode is compiled, after which no file may change.
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

  inherit
    (import ./third-party.nix { inherit pkgs sources; } {
      inherit
        common
        pname
        lock
        uvDeps
        fetched
        nativeInputs
        notApart
        ;
    })
    thirdParty
    apart
    ;

  # Checks that the FOD matches the lock. A separate derivation, so that a stale hash stops the
  # build within a second. Its output lists the requirements to install.
  checked = pkgs.runCommand "${pname}-check" { nativeBuildInputs = [ programs.nodejs ]; } ''
    node ${tool}/nix.js check --project ${sources.lockOf src}/${lib.escapeShellArg project} --deps ${uvDeps} \
      --build-lock ${buildLock} --requirements $out
  '';

  # The common attributes of environments with third-party and in-tree wheels.
  complete = inTreeWheels: {
    inherit uvDeps thirdParty inTreeWheels;
    requirements = checked;
    installPhase = builtins.readFile ./scripts/environment.sh;
    doInstallCheck = true;
    installCheckPhase = builtins.readFile ./scripts/install-check.sh;
  };
  inputsOf = wheels: lib.unique (lib.concatMap (one: one.nativeInputs) wheels);

  development = import ./dev-shell.nix { inherit pkgs sources programs; } {
    inherit
      pname
      project
      lock
      inTree
      ;
    python = interpreter;
    environmentWith =
      name: wheels:
      pkgs.stdenv.mkDerivation (
        common
        // complete wheels
        // {
          inherit name;
          buildInputs = inputsOf (lib.attrValues inTree);
        }
      );
  };

  # A software bill of materials (CycloneDX 1.6, JSON), made from the lock and the build lock only.
  sbom =
    pkgs.runCommand "${pname}.cdx.json"
      {
        nativeBuildInputs = [ programs.nodejs ];
        target = builtins.toJSON (uvDeps.uvFod.target // { inherit system; });
        passAsFile = [ "target" ];
      }
      ''
        node ${sbomTool}/nix.js sbom --project ${sources.lockOf src}/${lib.escapeShellArg project} --target "$targetPath" \
          --build-lock ${buildLock} --out $out
      '';

  own = [
    "__structuredAttrs"
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
  // complete (lib.attrValues inTree)
  // {
    inherit pythonImportsCheck;
    nativeBuildInputs = common.nativeBuildInputs ++ args.nativeBuildInputs or [ ];
    buildInputs = inputsOf (lib.attrValues inTree) ++ args.buildInputs or [ ];
    env = common.env // args.env or { };
    doInstallCheck = args.doInstallCheck or true;
    passthru = {
      # Attributes that updaters read: hash, revision, owner. Not inputs of the build.
      inherit
        src
        uvDeps
        thirdParty
        apart
        checked
        ;
      inherit (development) editable devShell;
      uvFod.buildLock = toString buildLock;
      python = interpreter;
      inherit sbom;
      builds = lib.genAttrs lock.outputs wheel;
      buildsOf =
        buildLock:
        let
          other = readBuildLock buildLock system;
        in
        lib.genAttrs other.outputs (wheelsFor other);
    }
    // args.passthru or { };
    meta = {
      platforms = lib.platforms.linux;
    }
    // args.meta or { };
  }
)
