/*
  authentik-django: authentik's Python backend, 2026.2 and later, as its Go server and the `ak`
  script expect it. docs/authentik-layout.md describes the output, on which packages of the server
  and the script can rely.

  Takes an attribute set:
    src          authentik's source, a path or a derivation
    version      default: the one in src's pyproject.toml, if src is a path
    hash         SRI hash of the dependencies, or one for each system; or uvDeps, the result of
                 fetchUvDeps
    buildLock    path of uv-fod.lock.json
    target       what the dependencies are fetched for (default: authentik-pins.nix)
    patches, prePatch, postPatch  applied to the source before anything is built, as in nixpkgs
    webui        a derivation with the built web UI (dist/, authentik/, icons/); default: the
                 files in src/web
    substitutions  lines with paths, if upstream moved them: see scripts/authentik-substitutions.sh
  and anything that buildUvEnv takes: nativeInputs, wheelOverrides, python, ….

  Returns: the output; passthru: src (as given), uvDeps (nix-update --custom-dep uvDeps), source
  (patched), builds, tests, updateScript.
  Throws: a missing version for a fetched source; errors of buildUvEnv.
  The build fails, naming file, line and version, if upstream moved a line that is replaced.

  The steps are the same as in nixpkgs' authentik-django.
*/
{
  pkgs,
  sources,
  nativeInputs,
  fetchUvDeps,
  buildUvEnv,
}:

args@{
  src,
  version ? null,
  hash ? "",
  uvDeps ? null,
  buildLock,
  target ? (import ./authentik-pins.nix).target,
  patches ? [ ],
  prePatch ? "",
  postPatch ? "",
  webui ? null,
  pname ? "authentik-django",
  ...
}:

let
  inherit (pkgs) lib;

  release =
    if version != null then
      version
    else if sources.isOnDisk src then
      (fromTOML (builtins.readFile (src + "/pyproject.toml"))).project.version
    else
      throw "uv-fod: authentik-django needs a version if src is fetched: it can't be read before src is built.";

  deps =
    if uvDeps != null then
      uvDeps
    else
      fetchUvDeps {
        inherit
          pname
          src
          hash
          target
          buildLock
          ;
        # The Action patches the caller's literal.
        position = builtins.unsafeGetAttrPos "hash" args;
      };

  # The source of the package authentik and of the files next to it. Members of the workspace are
  # built from src itself, so that a change here does not rebuild them.
  source = pkgs.stdenvNoCC.mkDerivation {
    pname = "authentik-source";
    version = release;
    inherit
      patches
      prePatch
      ;
    src = sources.without src [
      "packages"
      "website"
      "tests"
    ];
    authentikVersion = release;
    postPatch = ''
      ${lib.optionalString (lib.versionAtLeast release "2026.2" && lib.versionOlder release "2026.5") (
        builtins.readFile ./scripts/authentik-migration.sh
      )}
      # It creates a folder beside the package, for files of versions before 2024.2.
      rm -f lifecycle/system_migrations/tenant_files.py
      ${postPatch}
    '';
    dontConfigure = true;
    dontBuild = true;
    dontFixup = true;
    installPhase = ''
      mkdir $out
      cp -r . $out/
    '';
  };

  package = buildUvEnv (
    removeAttrs args [
      "hash"
      "target"
      "patches"
      "prePatch"
      "postPatch"
      "webui"
    ]
    // {
      inherit pname src buildLock;
      uvDeps = deps;
      wheelOverrides = {
        authentik = _: { src = source; };
      }
      // args.wheelOverrides or { };
      nativeInputs = {
        inherit (nativeInputs) python-kadmin-rs;
      }
      // args.nativeInputs or { };
      pythonImportsCheck = args.pythonImportsCheck or [ "authentik" ];
      authentikVersion = release;
      authentikSource = source;
      substitutions = args.substitutions or ./scripts/authentik-substitutions.sh;
      webui = if webui == null then "" else "${webui}";
      runtimeShell = pkgs.runtimeShell;
      runtimePath = lib.makeBinPath [
        pkgs.bash
        pkgs.coreutils
      ];
      postInstall = ''
        ${builtins.readFile ./scripts/authentik-install.sh}
        ${args.postInstall or ""}
      '';
      passthru = {
        inherit source;
        tests = import ./authentik-tests.nix {
          inherit pkgs package;
          version = release;
        };
        updateScript = [
          "uv-fod"
          "update"
          pname
        ];
      }
      // args.passthru or { };
      meta = {
        description = "Python backend of the authentik identity provider";
        homepage = "https://goauthentik.io/";
        changelog = "https://github.com/goauthentik/authentik/releases/tag/version%2F${release}";
        license = lib.licenses.mit;
        mainProgram = "ak";
        platforms = lib.platforms.linux;
      }
      // args.meta or { };
    }
    # A version of the caller is not replaced, because tools find its literal by the position.
    // lib.optionalAttrs (version == null) { version = release; }
  );
in
package
