/*
  What this program asks Nix about a derivation. Its text is an argument of nix-instantiate
  (`--expr`), because restricted and pure evaluation may not read files of this program.

  Takes
    asked0…       a JSON object, in at most 12 pieces: no name or hash is ever part of an expression
    url           address of a flake that attribute paths start from
    expression    value that they start from (`--arg`)
    ownSystem     system that Nix builds for; pure evaluation does not know it
    search        function of ./search.nix (`--arg`)
  The object has
    question      name of an attribute of `answers`; what follows is for some of them
    attribute     attribute path of the derivation; empty: it is the value of the file
    file          absolute path of the Nix file that the path starts from, without a url or expression
    path          another attribute path; it starts at the derivation if it begins with a dot
    buildLock     a build lock, and `keys` of it
    stored        what a `.drv` file has, `newHash` to give to it, and `newName` if not its own
    drvs          paths of derivations
    only          names of attributes at the top: no others are searched
    packages      several of { file, attribute }; with an empty file they start where `attribute` does
  Returns: the answer as `value`, beside `copy`, the store path of the flake's source, which is
  null without a flake. Derivations are in answers by the paths of their `.drv` files.
*/
args@{
  url ? "",
  ownSystem ? "",
  search,
  ...
}:

let
  inherit (builtins)
    concatStringsSep
    elemAt
    filter
    foldl'
    genList
    isAttrs
    isString
    length
    ;

  asked = builtins.fromJSON (concatStringsSep "" (genList (n: args."asked${toString n}" or "") 12));

  here = if ownSystem == "" then builtins.currentSystem else ownSystem;
  isFlake = url != "";
  flake = builtins.getFlake url;
  flakePackages = flake.legacyPackages.${here} or { } // flake.packages.${here} or { };
  imported =
    if args ? expression then
      args.expression
    else if isFlake then
      flake // flakePackages
    else
      import (/. + asked.file);
  called = value: if builtins.isFunction value then value { } else value;
  root = called imported;

  split = text: filter isString (builtins.split "\\." text);
  step =
    set: name:
    if isAttrs set && set ? ${name} then
      set.${name}
    else
      # The other names, to find the one that was meant.
      throw
        "uv-fod:no-attribute:${name}:${concatStringsSep " " (if isAttrs set then searchable set else [ ])}";
  packageIn =
    root: attribute:
    if attribute != "" then
      foldl' step root (split attribute)
    else if isDerivation root then
      root
    else
      throw "uv-fod:no-derivation";
  package = packageIn root asked.attribute;
  # Of this library: `uvDeps` may also be another fixed-output derivation.
  isOurs = package: (package.uvDeps or null) ? uvFod;
  depsOf = package: if isOurs package then package.uvDeps else throw "uv-fod:no-uv-deps";
  deps = depsOf package;

  # What `path` leads to: the last name, and the set that has it.
  names = filter (name: name != "") (split asked.path);
  name = elemAt names (length names - 1);
  start = if builtins.substring 0 1 asked.path == "." then package else root;
  parent = foldl' step start (genList (elemAt names) (length names - 1));
  selected = foldl' step start names;

  # Text without its context: an answer must not make Nix build what it names.
  plain = builtins.unsafeDiscardStringContext;

  # A derivation as nix-build takes it.
  buildable =
    found:
    let
      output = found.outputName or "out";
    in
    plain found.drvPath + (if output == "out" then "" else "!${output}");

  importsOf =
    found:
    let
      imports = found.pythonImportsCheck or [ ];
    in
    if builtins.isList imports then imports else [ imports ];
  text = value: if value == null then "" else value;

  # Several packages. Each file is evaluated once.
  rootsByFile = builtins.listToAttrs (
    map (one: {
      name = one.file;
      value = if one.file == "" then root else called (import (/. + one.file));
    }) asked.packages
  );

  # What the library exports about dependencies; an older or newer one has other attributes.
  exported =
    uvFod: if uvFod.schema == 1 then uvFod else throw "uv-fod:schema:${toString uvFod.schema}";

  # File of `meta.position`; null if that is not set.
  fileOf =
    set:
    let
      at = set.meta.position or null;
    in
    if at == null then null else builtins.head (builtins.match "(.*):[0-9]+" at);

  # Whether a source comes from elsewhere: it is no folder of the checkout, nor filtered from one.
  isFetched =
    source:
    if isAttrs source then
      source ? outPath && !(source ? origSrc)
    else
      isString source && builtins.hasContext source;

  # The path of a fixed-output derivation does not change with its address. The path of anything
  # else changes with every hash and address that it is made from.
  source =
    attribute: found:
    let
      hash = if isAttrs found then found.outputHash or null else null;
    in
    {
      inherit attribute hash;
      identity = plain (if hash != null then found.drvPath else toString found);
    };

  # Names that fetchers take their hash by, the likeliest first.
  hashNames = [
    "hash"
    "outputHash"
    "sha256"
    "sha512"
    "vendorHash"
    "cargoHash"
    "npmDepsHash"
  ];

  try =
    body:
    let
      tried = builtins.tryEval body;
    in
    if tried.success then tried.value else null;
  isDerivation = value: value.type or null == "derivation";
  # A whole nixpkgs is not searched, and no name that an attribute path would take for two.
  searchable =
    set:
    let
      all = builtins.attrNames set;
    in
    if length all > 1000 then [ ] else filter (one: builtins.match "[^.]+" one != null) all;
  found = search {
    inherit
      asked
      isDerivation
      package
      plain
      root
      searchable
      try
      ;
    sets = if isFlake then flakePackages else root;
  };

  # What the dependencies of a package are pinned to.
  pinnedOf =
    package:
    let
      deps = depsOf package;
      own = exported deps.uvFod;
      pin = one: {
        target = one.target // {
          inherit (one) system;
        };
        inherit (one) hash position;
      };
    in
    {
      pname = package.pname or package.name;
      version = text (package.version or null);
      imports = importsOf package;
      inherit (own) system project;
      src =
        if own.src == null && isAttrs deps.lockSource && !(deps.lockSource ? drvPath) then
          # Fetched during evaluation, as an input of a flake is: there is nothing to build.
          plain (toString deps.lockSource)
        else
          own.src;
      # A flake without inputs has no flake.lock.
      isUnlocked =
        isFlake && flake.inputs or { } != { } && !(builtins.pathExists (flake.outPath + "/flake.lock"));
      # buildUvEnv's own counts: that is the one the build reads.
      buildLock = package.uvFod.buildLock or own.buildLock;
      systems = map (one: pin (exported one.uvFod)) (builtins.attrValues deps.systems);
      revision = try (
        let
          rev = package.src.rev or null;
        in
        if isString rev then rev else null
      );
    };

  answers = found // {
    package = [ (buildable package) ];

    # What `path` leads to.
    selected = [ (buildable selected) ];

    # The source, if it is a derivation.
    source = [ (buildable deps.lockSource) ];

    # What the build backend of each key asks for; nothing without buildUvEnv.
    requires =
      let
        builds = package.buildsOf asked.buildLock;
      in
      if package ? buildsOf then
        map (key: buildable builds.${key}.requires) asked.keys
      else if package ? builds then
        throw "uv-fod:old-library"
      else
        [ ];

    pinned = pinnedOf package;

    # The same of several packages: null for one that does not evaluate.
    pinnedEach = map (
      one:
      try (
        let
          found = packageIn rootsByFile.${one.file} one.attribute;
          answer = if isOurs found then pinnedOf found else "foreign";
        in
        builtins.deepSeq answer answer
      )
    ) asked.packages;

    # A derivation of the store under another hash, wherever its own comes from.
    rehashed =
      let
        inherit (asked.stored) attributes inputs;
        found = derivation (
          attributes
          // {
            builder = builtins.appendContext attributes.builder inputs;
            outputHash = asked.newHash;
            outputHashAlgo = builtins.head (builtins.match "([a-z0-9]+)-.*" asked.newHash);
            name = asked.newName or attributes.name;
          }
        );
      in
      {
        drv = plain found.drvPath;
        out = plain found.outPath;
        mode = attributes.outputHashMode or "flat";
      };

    # A package whose dependencies are not fetchUvDeps'.
    foreign =
      if !isDerivation package then
        throw "uv-fod:no-derivation"
      else
        {
          pname = package.pname or package.name;
          version = text (package.version or null);
          imports = importsOf package;
          system = package.system or here;
          drv = plain package.drvPath;
          isFixed = package.outputHash or null != null;
          hasUvDeps = isDerivation (package.uvDeps or null);
        };

    packageFacts = {
      version = package.version or "";
      position = builtins.unsafeGetAttrPos "version" package;
      revision = package.src.rev or null;
      file = fileOf package;
      system = package.system or here;
    };

    # The package's source and that of its uv.lock, where they are fetched; once, if they are one.
    sources =
      let
        own = if isFetched (package.src or null) then [ (source ".src" package.src) ] else [ ];
        isOnDisk = (package.uvDeps.uvFod.src or null) != null;
        lockSource = if isOnDisk then null else package.uvDeps.lockSource or null;
        ofLock = source ".uvDeps.lockSource" lockSource;
      in
      own
      ++ (
        if isFetched lockSource && map (one: one.identity) own != [ ofLock.identity ] then
          [ ofLock ]
        else
          [ ]
      );

    # Of the derivation that `path` leads to.
    outputFacts = {
      drv = plain selected.drvPath;
      hash = selected.outputHash or null;
      algorithm = selected.outputHashAlgo or null;
      positions = filter (at: at != null) (
        [ (selected.uvFod.position or null) ]
        ++ map (name: builtins.unsafeGetAttrPos name selected) hashNames
      );
    };

    # Of the string that `path` leads to.
    stringFacts = {
      value = toString (step parent name);
      position = builtins.unsafeGetAttrPos name parent;
    };
  };
in
{
  value = answers.${asked.question};
  copy = if isFlake then plain flake.sourceInfo.outPath else null;
}
