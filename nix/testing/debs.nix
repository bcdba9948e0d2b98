# Debian packages as store paths: the runtime parts of the look-alike set.
#
# What they need at run time is made explicit, as it is in nixpkgs: interpreter and library paths
# are set with patchelf, so that nothing is found outside the closure, and a library that resolves
# nowhere fails the build.
{
  lib,
  system,
  debs,
}:

let
  files = lib.filter (lib.hasSuffix ".deb") (lib.attrNames (builtins.readDir debs));

  # Debian's file names are name_version_arch.deb, their colons written as %3a.
  find =
    name:
    let
      found = lib.filter (lib.hasPrefix "${name}_") files;
    in
    if found == [ ] then
      throw "The look-alike package set has no Debian package '${name}' in ${debs}: add it to nix/testing/packages.txt and run script/machine again."
    else
      lib.head found;

  versionOf = name: lib.elemAt (lib.splitString "_" (find name)) 1;

  # "2:1.3.dfsg+really1.3.2-3" becomes "1.3.2"; without epoch and Debian's own part, as nixpkgs
  # writes it.
  upstreamVersion =
    name:
    let
      noEpoch = lib.elemAt (lib.splitString "%3a" (versionOf name)) (
        lib.length (lib.splitString "%3a" (versionOf name)) - 1
      );
      really = lib.splitString "really" (lib.head (lib.splitString "-" noEpoch));
    in
    lib.head (lib.splitString "+" (lib.elemAt really (lib.length really - 1)));

  source =
    name:
    builtins.path {
      path = debs + "/${find name}";
      name = lib.replaceStrings [ "%3a" "~" ] [ "-" "-" ] (find name);
    };

  /*
    One package of the set from one or more Debian packages.
    Takes: pname; debs, names of Debian packages, the first of which gives the version; libs,
    packages of the set whose `lib` folder goes into library paths; devDebs, what goes into the
    output `dev`; propagated, what a build with it needs too; fixup, shell text that runs on `$out`
    (and `$dev`) before library paths are set.
    Returns: a derivation with outputs `out` and, where devDebs are given, `dev`.
  */
  fromDebs =
    {
      pname,
      debs,
      devDebs ? [ ],
      libs ? [ ],
      propagated ? [ ],
      fixup ? "",
      passthru ? { },
      patchElf ? true,
      interpreter ? null,
    }:
    let
      version = upstreamVersion (lib.head debs);
      drv = derivation {
        name = "${pname}-${version}";
        inherit
          pname
          version
          system
          fixup
          ;
        builder = "/bin/bash";
        args = [ ./debs.sh ];
        PATH = "/usr/bin";
        outputs = [ "out" ] ++ lib.optional (devDebs != [ ]) "dev";
        runtimeDebs = map source debs;
        devDebs = map source devDebs;
        libraryPath = lib.makeLibraryPath libs;
        propagated = map lib.getDev propagated;
        patchElf = if patchElf then "1" else "";
        interpreter = if interpreter == null then "" else interpreter;
      };
    in
    drv
    // {
      inherit pname version;
      meta = { };
    }
    // passthru;
in
{
  inherit fromDebs source upstreamVersion;
}
