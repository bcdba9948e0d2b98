/*
  A build that imports modules from an output. It leaves what came of it as JSON: a failed import is a result, not a failed
  build.

  Takes strings:
    output       store path of the output; nothing but its closure, and what runs the check, is visible to the build
    interpreter  Python that runs the check, without site-packages
    python       Python that imports, as a path below `output`
    modules      names of modules, as a JSON list
    system       that the output was built for
  Returns: a derivation.
*/
{
  output,
  interpreter,
  python,
  modules,
  system,
}:

let
  # A file of the store, with the context that makes its store path an input of the build.
  stored =
    file:
    let
      parts = builtins.match "(${builtins.storeDir}/[^/]+)(/.*)?" file;
      rest = builtins.elemAt parts 1;
    in
    builtins.storePath (builtins.head parts) + (if rest == null then "" else rest);
in
derivation {
  name = "uv-fod-import-check";
  inherit system modules;
  builder = stored interpreter;
  args = [
    "-I"
    "-S"
    ./import-check.py
  ];
  # Nix starts a builder by its name alone; Python looks for itself, and then for its library, in PATH.
  PATH = dirOf (stored interpreter);
  output = stored output;
  python = stored python;
  # No binary cache answers for it: it is as quick as asking.
  allowSubstitutes = false;
  preferLocalBuild = true;
}
