/*
  Sources to wheels: each sdist, git tree and in-tree package in its own derivation, in its own
  pinned environment at a fixed path, so that only what changed is rebuilt and the result is
  bit-for-bit the same.

  Takes (from buildUvEnv): src, project; lock, from build-lock.nix; python; extraNativeInputs, added
  to native-inputs.nix; overrides, from a name to a function for overrideAttrs; fetchurl, nixpkgs'
  or one like it.
  Returns: a function from a build's key to its wheel, a derivation whose output is a folder with
  one .whl file. passthru: build, the key's entry; nativeInputs; requires, a JSON file with the
  result of get_requires_for_build_wheel; skeleton, for dev-shell.nix. Builds in an environment are
  wheels from here too: xmlsec is compiled against the same lxml that the output installs.
  Throws: errors of build-lock.nix.
*/
{
  pkgs,
  tool,
  sources,
  nativeInputs,
}:

{
  src,
  project,
  lock,
  python,
  extraNativeInputs,
  overrides,
  fetchurl,
}:

let
  inherit (pkgs) lib;

  programs = import ./programs.nix { inherit pkgs; };
  fetchGitTree = import ./fetch-git-tree.nix { inherit pkgs tool; };

  inputsOf = name: (nativeInputs // extraNativeInputs).${name} or { };

  fetchFile =
    {
      file,
      url,
      hash,
    }:
    fetchurl {
      inherit url hash;
      name = sources.storeName file;
    };

  directories = map (key: sources.join project (lock.build key).path) (
    lib.filter (key: (lock.build key).kind == "directory") lock.outputs
  );

  folderOf =
    build: skeleton:
    sources.folderOf {
      inherit src skeleton;
      path = sources.join project build.path;
      others = directories;
      package = build.name;
    };

  sourceOf =
    build:
    {
      sdist = {
        src =
          if build ? url then
            fetchFile {
              inherit (build) url hash;
              file = build.filename;
            }
          else if sources.isOnDisk src then
            src + "/${sources.join project build.path}"
          else
            "${src}/${sources.join project build.path}";
        subdirectory = build.subdirectory or "";
      };
      git = {
        src = fetchGitTree build;
        subdirectory = build.subdirectory or "";
      };
      directory = folderOf build false;
    }
    .${build.kind};

  # A folder of wheels with their own names, from which installers read the version and the tags.
  wheelFolder =
    files:
    pkgs.runCommand "build-environment-wheels" { } (
      "mkdir $out\n"
      + lib.concatMapStringsSep "\n" (
        file:
        let
          wheel = fetchFile ({ inherit file; } // lock.wheel file);
        in
        "ln -s ${wheel} $out/${lib.escapeShellArg file}"
      ) files
    );

  # Backends that compile Rust: they would download crates, which no lock pins here.
  rustTools = [
    "maturin"
    "setuptools-rust"
    "puccinialin"
  ];
  isRust =
    build:
    lib.any (
      requirement:
      lib.any (
        tool: builtins.match "${tool}([^a-zA-Z0-9_-].*)?" (lib.toLower requirement) != null
      ) rustTools
    ) build.requires;
  notRust =
    build:
    lib.throwIf (isRust build && !(overrides ? ${build.name}))
      "uv-fod: ${build.name} ${build.version or ""} is built with Rust (${lib.concatStringsSep ", " build.requires}), and its crates are pinned by neither uv.lock nor the build lock. Let it be a wheel (take it out of no-binary-package, or target a libc that it has a wheel for), or give wheelOverrides.${build.name} an override that brings cargo and vendored crates (nixpkgs' rustPlatform.fetchCargoVendor)."
      build;

  make =
    self: key:
    let
      build = notRust (lock.build key);
      environment = lock.environment key;
      source = sourceOf build;
      nested = map self environment.builds;
      inputs = inputsOf build.name;
      # Libraries that a wheel in the environment was linked against. They have to be listed here,
      # because Nix finds no references in a wheel, which is an archive.
      inherited = lib.concatMap (wheel: wheel.nativeInputs) nested;
      linked = lib.unique (inputs.buildInputs or [ ] ++ inherited);
      drv = pkgs.stdenv.mkDerivation {
        pname = "${build.name}-wheel";
        version = build.version or "0";
        inherit (source) src subdirectory;
        nativeBuildInputs = [
          python
          programs.uv
        ]
        # The stdenv itself can't unpack zip files.
        ++ lib.optional (lib.hasSuffix ".zip" (build.filename or build.path or "")) pkgs.unzip
        ++ inputs.nativeBuildInputs or [ ];
        buildInputs = linked;
        strictDeps = true;
        # The scripts take lists as words, whatever the default of this nixpkgs.
        __structuredAttrs = false;
        environmentWheels = wheelFolder environment.wheels;
        environmentBuilds = nested;
        dontConfigure = true;
        # A wheel is an archive: fix-ups happen in the build of the environment.
        dontFixup = true;
        env = {
          PYTHONHASHSEED = "0";
          SOURCE_DATE_EPOCH = "315532800";
          # The stdenv adds the output's lib to each library path. This output is an archive without
          # a lib, and each environment that installs the wheel would depend on it.
          NIX_NO_SELF_RPATH = "1";
        }
        # For backends that read the version from a git repository, which is missing here.
        // lib.optionalAttrs (build ? version) { SETUPTOOLS_SCM_PRETEND_VERSION = build.version; }
        // inputs.env or { };
        preBuild = inputs.preBuild or "";
        buildPhase = builtins.readFile ./scripts/build-wheel.sh;
        buildWheel = ./scripts/build-wheel.py;
        dontInstall = true;
        label = "${build.name} ${build.version or ""}";
        passthru = {
          inherit build;
          nativeInputs = linked;
          # The skeleton of an in-tree package, for its editable wheel.
          skeleton = folderOf build true;
          # The backend's dynamic requirements, queried where untrusted code may run: in the
          # sandbox.
          requires = drv.overrideAttrs (_: {
            name = "${build.name}-build-requires.json";
            requires = "1";
          });
        };
      };
    in
    if overrides ? ${build.name} then drv.overrideAttrs overrides.${build.name} else drv;
in
lib.fix make
