/*
  An environment for development: third-party packages are linked from the same derivation as in the
  output, and packages of the project are imported from a checkout, so that a change needs no
  build.

  Takes: pkgs; sources; programs, from programs.nix; pname; project; lock, from build-lock.nix;
  inTree, wheels of the project's packages by key; python; environmentWith, a function from a name
  and wheels to an environment.
  Returns: { editable, the environment; devShell, a derivation for `nix develop` and `nix-shell` }.

  Nix sees a copy of the checkout and does not know its path. The shell sets an environment variable
  with the path when it is entered (scripts/dev-shell.sh).
*/
{
  pkgs,
  sources,
  programs,
}:

{
  pname,
  project,
  lock,
  inTree,
  python,
  environmentWith,
}:

let
  inherit (pkgs) lib;

  variable = "UV_FOD_SOURCE_${
    lib.toUpper (lib.replaceStrings [ "-" "." "+" "?" "=" ] [ "_" "_" "_" "_" "_" ] pname)
  }";
  pathOf = key: sources.join project (lock.build key).path;

  emptied =
    { src, landmarks, ... }:
    if landmarks == [ ] then
      src
    else
      pkgs.runCommand "skeleton" { } ''
        cp -r ${src} $out
        chmod -R u+w $out
        cd $out
        touch ${lib.escapeShellArgs landmarks}
      '';

  editableWheel =
    key: built:
    let
      # Without the text of modules if the wheel does not depend on it, so edits rebuild nothing.
      wheel = built.overrideAttrs (_: {
        src = emptied built.skeleton;
        inherit (built.skeleton) subdirectory;
      });
    in
    pkgs.runCommand "${(lock.build key).name}-editable" { nativeBuildInputs = [ python ]; } ''
      python3 -Es ${./scripts/install}/editable.py ${wheel} ${wheel.src}/${lib.escapeShellArg wheel.subdirectory} \
        ${lib.escapeShellArg (pathOf key)} ${variable} $out
    '';

  # Files by which a checkout is recognised.
  markers = lib.filter (path: path != "") (
    [ (sources.join project "uv.lock") ] ++ map pathOf (lib.attrNames inTree)
  );
  editable = environmentWith "${pname}-editable" (lib.attrValues (lib.mapAttrs editableWheel inTree));
in
{
  inherit editable;
  devShell = pkgs.mkShellNoCC {
    name = "${pname}-shell";
    packages = [
      editable
      programs.uv
    ];
    # In the hook, because `inputsFrom` of another shell includes it. `uv run` and editors use the
    # first two variables; uv must install nothing, because everything is installed.
    shellHook = ''
      export VIRTUAL_ENV=${editable} UV_PROJECT_ENVIRONMENT=${editable}
      export UV_NO_SYNC=1 UV_PYTHON_DOWNLOADS=never
      uvFodVariable=${variable}
      uvFodMarkers=(${lib.escapeShellArgs markers})
    ''
    + builtins.readFile ./scripts/dev-shell.sh;
  };
}
