# `stdenv.mkDerivation` of the look-alike set: nixpkgs' phases, hooks and calling conventions, as
# far as they are used here.
#
# The compiler and the classic tools come from the machine through Nix's sandbox-paths; what an
# output needs at run time is a store path.
{
  lib,
  system,
  libraries,
}:

let
  # Attributes that stay out of the derivation.
  evalOnly = [
    "meta"
    "passthru"
    "env"
    "pos"
  ];

  inputs = pkgs: map lib.getDev (lib.filter (pkg: pkg != null) (lib.flatten pkgs));

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
      drv = derivation (
        removeAttrs attrs evalOnly
        // attrs.env or { }
        // {
          inherit name;
          system = attrs.system or system;
          builder = "/bin/bash";
          args = [
            "-e"
            ./builder.sh
          ];
          stdenvSetup = ./setup.sh;
          shell = "${libraries.bash}/bin/bash";
          nativeBuildInputs = lib.optional (cc != null) cc ++ inputs (attrs.nativeBuildInputs or [ ]);
          buildInputs = inputs (attrs.buildInputs or [ ]);
          propagatedBuildInputs = inputs (attrs.propagatedBuildInputs or [ ]);
        }
      );
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
      name = "cc-wrapper";
      dontUnpack = true;
      gcc = "/usr/bin";
      glibcLib = "${libraries.glibc}/lib";
      dynamicLinker = libraries.interpreter;
      installPhase = builtins.readFile ./cc-wrapper.sh;
    }
  );
}
