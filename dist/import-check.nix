/*
  A build that imports modules from an output. Its output is the result as JSON: a failed import
  is a result, not a failed build.

  Takes strings:
    output       store path of the output; the build sees its closure and the interpreter
    interpreter  Python that runs the check, without site-packages
    python       Python that imports, as a path below `output`
    modules      names of modules, as a JSON list
    folders      folders of modules, for a Python that does not find them by itself, as a JSON list
    system       that the output was built for
  Returns: a derivation.
*/
{
  output,
  interpreter,
  python,
  modules,
  folders,
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
  inherit system modules folders;
  builder = stored interpreter;
  args = [
    "-I"
    "-S"
    ./import-check.py
  ];
  # Nix starts a builder by its base name; Python finds itself and its library by PATH.
  PATH = dirOf (stored interpreter);
  output = stored output;
  python = stored python;
  # Building it is as fast as asking a binary cache.
  allowSubstitutes = false;
  preferLocalBuild = true;
}
