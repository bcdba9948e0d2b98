# Everything in one derivation, as it would be without a build lock and without a derivation for
# each sdist. uv installs the wheels and builds sdists, the git tree and in-tree packages, several
# at once and each in an isolated environment, as it does by default; then library paths, `uv pip
# check` and an import, as in ours. It does less than authentik-django: no layout, no patches, and
# no test that it is reproducible (it isn't).
#
# All downloads are inputs here too, so that the network does not take part of the time.
{
  pkgs,
  # authentik-django, for its inputs: wheels, sdists and the wheels of build requirements.
  package,
  # The source with its in-tree packages.
  src,
  salt,
}:
let
  inherit (pkgs) lib;
  natives = lib.attrValues {
    inherit (import ../../../../nix/native-inputs.nix { inherit pkgs; })
      gssapi
      lxml
      psycopg-c
      python-kadmin-rs
      xmlsec
      ;
  };
  builds = lib.attrValues package.builds;
  ofKind = kind: lib.filter (one: one.passthru.build.kind == kind) builds;
  sdists = ofKind "sdist";
in
pkgs.stdenv.mkDerivation (
  {
    name = "single-${salt}";
    inherit src;
    inherit (package) uvDeps;
    nativeBuildInputs = [
      package.python
      pkgs.uv
      pkgs.autoPatchelfHook
    ]
    ++ lib.concatMap (one: one.nativeBuildInputs or [ ]) natives;
    buildInputs = [
      (lib.getLib pkgs.stdenv.cc.cc)
      pkgs.zlib
    ]
    ++ lib.unique (lib.concatMap (one: one.buildInputs or [ ]) natives);
    strictDeps = true;
    dontConfigure = true;
    dontFixup = true;
    # Folders of wheels that sdists and in-tree packages need while they are built.
    requirements = lib.unique (map (one: one.environmentWheels) builds);
    sdistFiles = map (one: one.src) sdists;
    sdistNames = map (one: one.passthru.build.filename) sdists;
    sdistRequirements = map (one: "${one.passthru.build.name}==${one.passthru.build.version}") sdists;
    trees = map (one: one.src) (ofKind "git");
    directories = map (one: one.passthru.build.path) (ofKind "directory");
    buildPhase = builtins.readFile ./single.sh;
    dontInstall = true;
  }
  // lib.foldl' (all: one: all // one.env or { }) { } natives
)
