# `stdenv.mkDerivation` of the look-alike set: nixpkgs' phases, hooks, checks and calling
# conventions, as far as they are used here. docs/look-alike.md lists the differences.
#
# The compiler and the classic tools come from the machine through Nix's sandbox-paths; what an
# output needs at run time is a store path.
{
  lib,
  system,
  libraries,
  buildSystem,
  config ? { },
}:

let
  # Attributes that stay out of the derivation.
  evalOnly = [
    "meta"
    "passthru"
    "env"
    "pos"
    "hardeningDisable"
    "hardeningEnable"
  ];

  hardening = [
    "bindnow"
    "format"
    "fortify"
    "pic"
    "relro"
    "stackclashprotection"
    "stackprotector"
    "strictoverflow"
    "zerocallusedregs"
  ];

  # nixpkgs' check of the elements of nativeBuildInputs and the like.
  inputs =
    kind: name: pkgs:
    map lib.getDev (
      lib.filter (pkg: pkg != null) (
        lib.flatten (
          map (
            pkg:
            if
              pkg == null || lib.isDerivation pkg || lib.isString pkg || lib.isPath pkg || builtins.isList pkg
            then
              pkg
            else
              throw "Dependency is not of a valid type: an element of ${kind} for ${name}"
          ) pkgs
        )
      )
    );

  # nixpkgs' check of `env`: variables only, and none that the derivation has by itself.
  checkedEnv =
    env: arguments:
    let
      overlapping = lib.attrNames (builtins.intersectAttrs env arguments);
    in
    assert lib.assertMsg (overlapping == [ ])
      "The `env` attribute set cannot contain any attributes passed to derivation. The following attributes are overlapping: ${lib.concatStringsSep " " overlapping}";
    builtins.mapAttrs (
      name: value:
      assert lib.assertMsg
        (lib.isString value || lib.isBool value || builtins.isInt value || lib.isDerivation value)
        "The `env` attribute set can only contain derivation, string, boolean or integer attributes. The `${name}` attribute is of type ${builtins.typeOf value}.";
      value
    ) env;

  # As nixpkgs' makeDerivationExtensible: `rattrs` is a function of the finished attributes, and
  # overrideAttrs adds to it.
  makeExtensible =
    cc: rattrs:
    let
      attrs = rattrs (attrs // { finalPackage = package; });
      overrideAttrs =
        change:
        makeExtensible cc (
          final:
          let
            previous = rattrs final;
            once = if lib.isFunction change then change previous else change;
          in
          previous // (if lib.isFunction once then change final previous else once)
        );
      package = make cc attrs overrideAttrs;
    in
    package;

  make =
    cc: attrs: overrideAttrs:
    let
      name = attrs.name or "${attrs.pname}-${attrs.version}";
      __structuredAttrs = attrs.__structuredAttrs or config.structuredAttrsByDefault or false;
      changesHardening = attrs ? hardeningDisable || attrs ? hardeningEnable;
      arguments =
        removeAttrs attrs evalOnly
        // {
          inherit name __structuredAttrs;
          system = attrs.system or system;
          __ignoreNulls = true;
          builder = "/bin/bash";
          args = [
            "-e"
            ./builder.sh
          ];
          stdenvSetup = ./setup.sh;
          inherit initialPath;
          shell = "${libraries.bash}/bin/bash";
          nativeBuildInputs =
            lib.optional (cc != null) cc ++ inputs "nativeBuildInputs" name (attrs.nativeBuildInputs or [ ]);
          buildInputs = inputs "buildInputs" name (attrs.buildInputs or [ ]);
          propagatedBuildInputs = inputs "propagatedBuildInputs" name (attrs.propagatedBuildInputs or [ ]);
        }
        // lib.optionalAttrs changesHardening {
          NIX_HARDENING_ENABLE = toString (
            lib.optionals (!lib.elem "all" (attrs.hardeningDisable or [ ])) (
              lib.subtractLists (attrs.hardeningDisable or [ ]) (hardening ++ attrs.hardeningEnable or [ ])
            )
          );
        };
      env = checkedEnv (attrs.env or { }) arguments;
      drv = derivation (arguments // (if __structuredAttrs then { inherit env; } else env));
      extra = {
        inherit name overrideAttrs;
        meta = attrs.meta or { };
        passthru = attrs.passthru or { };
      }
      # Not filterAttrs: the positions of the caller's literals have to stay.
      // builtins.intersectAttrs {
        pname = null;
        version = null;
      } attrs
      // attrs.passthru or { };
    in
    drv // lib.genAttrs (attrs.outputs or [ "out" ]) (output: drv.${output} // extra) // extra;

  mkDerivation =
    cc: fnOrAttrs: makeExtensible cc (if lib.isFunction fnOrAttrs then fnOrAttrs else _: fnOrAttrs);

  # What every build has on its PATH besides its inputs (nixpkgs' common-path.nix).
  initialPath = derivation {
    name = "initial-path";
    inherit system;
    builder = "/bin/bash";
    PATH = "/usr/bin";
    bash = "${libraries.bash}/bin";
    coreutils = "${libraries.coreutils}/bin";
    programs = "find xargs diff cmp diff3 sdiff sed grep egrep fgrep awk gawk tar gzip gunzip zcat bzip2 bunzip2 make patch xz unxz file";
    args = [
      "-ec"
      ''
        mkdir -p $out/bin
        ln -s $coreutils/* $bash/{bash,sh} $out/bin/
        for program in $programs; do ln -s /usr/bin/$program $out/bin/$program; done
      ''
    ];
  };

  triplet = "${platform.parsed.cpu.name}-linux-gnu";
  platform = {
    inherit system;
    isLinux = true;
    isx86_64 = system == "x86_64-linux";
    isAarch64 = system == "aarch64-linux";
    parsed.cpu.name = lib.head (lib.splitString "-" system);
  };

  stdenvWith = cc: {
    mkDerivation = mkDerivation cc;
    hostPlatform = platform;
    buildPlatform = platform;
    shell = "${libraries.bash}/bin/bash";
    cc = (if cc == null then { } else cc) // {
      cc = libraries.libgcc // {
        lib = libraries.libgcc;
      };
      libc = libraries.glibc;
      bintools.dynamicLinker = libraries.interpreter;
    };
  };
in
{
  stdenvNoCC = stdenvWith null;
  stdenv = stdenvWith (
    mkDerivation null {
      __structuredAttrs = false;
      name = "cc-wrapper";
      dontUnpack = true;
      glibcLib = "${libraries.glibc}/lib";
      dynamicLinker = libraries.interpreter;
      defaultHardening = hardening;
      wrapper = ./cc-wrapper.sh;
      # For another system than this machine's, Debian's cross compiler: it needs no emulation.
      installPhase =
        lib.replaceStrings
          [ "/usr/bin/" ]
          [
            (if system == buildSystem then "/usr/bin/" else "/usr/bin/${triplet}-")
          ]
          (builtins.readFile ./cc-wrapper-install.sh);
    }
  );
}
