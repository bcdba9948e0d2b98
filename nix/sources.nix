# Parts of a project's source, so that a derivation depends only on the files that it needs. A path
# on disk is filtered; a fetched source (a derivation) can't be read before it is built, so it is
# passed on whole.
{ lib }:

let
  # Folders that are never part of a Python project's source and may be large.
  ignored = [
    ".git"
    ".venv"
    "node_modules"
    "__pycache__"
  ];

  isOnDisk = src: builtins.isPath src || (builtins.isString src && !builtins.hasContext src);

  # `base` without the folders in `without` (paths relative to it).
  filtered =
    {
      base,
      name,
      keep,
      without ? [ ],
    }:
    let
      root = toString base;
      relative = path: lib.removePrefix "${root}/" (toString path);
    in
    builtins.path {
      inherit name;
      path = base;
      filter =
        path: type:
        let
          file = baseNameOf path;
        in
        if type == "directory" then
          !(lib.elem file ignored) && !(lib.elem (relative path) without)
        else
          # Nix's `result` links are not part of the source (as in nixpkgs' cleanSource).
          !(type == "symlink" && lib.hasPrefix "result" file) && keep (relative path) file;
    };

  # Whether a wheel's metadata does not depend on any module's text: complete PEP 621 or Poetry
  # metadata, a backend that imports nothing of the project, and no hooks.
  isStatic =
    folder:
    let
      toml = fromTOML (builtins.readFile "${toString folder}/pyproject.toml");
      hatch = toml.tool.hatch or { };
      wheel = hatch.build.targets.wheel or { };
      metadata = toml.project or toml.tool.poetry or { };
    in
    builtins.pathExists (folder + "/pyproject.toml")
    && !builtins.pathExists (folder + "/setup.py")
    && lib.elem (toml.build-system.build-backend or null) [
      "flit_core.buildapi"
      "hatchling.build"
      "poetry.core.masonry.api"
      "setuptools.build_meta"
      "uv_build"
    ]
    && metadata ? version
    && metadata.dynamic or [ ] == [ ]
    && !(toml ? tool.poetry.build)
    && !(hatch ? metadata.hooks || hatch ? build.hooks || wheel ? hooks)
    && !(hatch ? build.force-include || wheel ? force-include || wheel ? only-include);

  # Python files that a backend looks for: files that make a folder a package, and files outside of
  # any package.
  landmarks =
    folder:
    let
      entries = builtins.readDir folder;
      isOne = name: lib.hasSuffix ".py" name && (name == "__init__.py" || !(entries ? "__init__.py"));
      below = name: map (path: "${name}/${path}") (landmarks (folder + "/${name}"));
      found =
        name: type:
        if type == "directory" && !(lib.elem name ignored) then
          below name
        else
          lib.optional (type == "regular" && isOne name) name;
    in
    builtins.concatLists (lib.mapAttrsToList found entries);

  suffixes = [
    ".whl"
    ".tar.gz"
    ".zip"
  ];
in
rec {
  inherit isOnDisk;

  # File names come from a lock and may have characters that a store path's name may not.
  storeName = lib.replaceStrings [ "!" ] [ "-" ];

  /*
    The files that planning reads: uv.lock, uv.toml, every pyproject.toml, and wheels and sdists in
    the source.
    Takes a source (path or derivation); returns something to interpolate.
  */
  lockOf =
    src:
    if isOnDisk src then
      filtered {
        base = src;
        name = "uv-lock-source";
        keep =
          _: file:
          lib.elem file [
            "uv.lock"
            "uv.toml"
            "pyproject.toml"
          ]
          || lib.any (end: lib.hasSuffix end file) suffixes;
      }
    else
      src;

  # The source without some top-level folders (names); a fetched source is not changed.
  without =
    src: names:
    if isOnDisk src then
      filtered {
        base = src;
        name = "source";
        keep = _: _: true;
        without = names;
      }
    else
      src;

  # Joins two relative paths; `.` is the folder itself, `..` goes up. Throws if that leaves the
  # source.
  join =
    base: path:
    let
      step =
        done: part:
        if part == "." || part == "" then
          done
        else if part == ".." then
          if done == [ ] then
            throw "uv-fod: '${path}', relative to '${base}', is outside of the source"
          else
            lib.init done
        else
          done ++ [ part ];
    in
    lib.concatStringsSep "/" (lib.foldl' step [ ] (lib.splitString "/" "${base}/${path}"));

  /*
    The folder of one in-tree package.
    Takes: src; path, the folder relative to src; others, folders of other in-tree packages, left
    out if they are inside; package, its name; skeleton, whether to leave out modules if the
    wheel's packaging does not depend on them.
    Returns: { src; subdirectory; } for a derivation that builds it. Throws if the source has no
    such folder.
  */
  folderOf =
    {
      src,
      path,
      others,
      package,
      skeleton ? false,
    }:
    let
      inside = map (lib.removePrefix (if path == "" then "" else "${path}/")) (
        lib.filter (other: other != path && (path == "" || lib.hasPrefix "${path}/" other)) others
      );
      base = if path == "" then src else src + "/${path}";
      bare = skeleton && isStatic base;
      isOwn = file: !(lib.any (other: lib.hasPrefix "${other}/" file) inside);
    in
    if isOnDisk src && !builtins.pathExists (src + "/${path}") then
      throw "uv-fod: the build lock has an in-tree package '${package}' at '${path}', which is not in the source. Run 'uv-fod update' and commit what it changes."
    else if isOnDisk src then
      {
        src = filtered {
          name = "${package}-source";
          inherit base;
          keep = _: file: !(bare && lib.hasSuffix ".py" file);
          without = inside;
        };
        subdirectory = "";
        landmarks = lib.optionals bare (lib.filter isOwn (landmarks base));
      }
    else
      {
        inherit src;
        subdirectory = path;
        landmarks = [ ];
      };
}
