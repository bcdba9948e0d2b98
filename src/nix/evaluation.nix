/*
  What this program asks Nix about a derivation. Its text is an argument of nix-instantiate
  (`--expr`), because restricted and pure evaluation may not read files of this program.

  Takes strings, so that no name or hash is ever part of an expression; but `expression`:
    question      name of an attribute of `answers`; the other arguments are for some of them
    attribute     attribute path of the derivation; empty: it is the value of the file
    file          absolute path of the Nix file that the path starts from
    url           address of the flake that it starts from, in place of `file`
    expression    value that it starts from, in place of both (`--arg`)
    ownSystem     system that Nix builds for; pure evaluation does not know it
    path          another attribute path; it starts at the derivation if it begins with a dot
    ofSystem      system whose dependencies are meant
    newHash       hash to give to a derivation
    newName       name to give to it as well; empty: its own
    keys          keys of a build lock, as a JSON list
    drvs          paths of derivations, as a JSON list
    only          names of attributes at the top as a JSON list: no others are searched; empty: all
    packages      packages as a JSON list of { file, attribute }; without a file they start where
                  `attribute` does
    buildLock0…   a build lock as JSON, in at most 12 pieces; or what a `.drv` file has
    withRevision  "true": `pinned` gives the commit of the source, too
  Returns: the answer as `value`, beside `copy`, the store path of the flake's source, which is
  null without a flake. Derivations are in answers by the paths of their `.drv` files.
*/
args@{
  question,
  attribute,
  file ? "",
  url ? "",
  expression ? null,
  ownSystem ? "",
  path ? "",
  ofSystem ? "",
  newHash ? "",
  newName ? "",
  keys ? "[ ]",
  drvs ? "[ ]",
  only ? "",
  packages ? "[ ]",
  withRevision ? "",
  ...
}:

let
  inherit (builtins)
    attrNames
    concatMap
    elem
    elemAt
    filter
    foldl'
    genList
    isAttrs
    isString
    length
    ;

  here = if ownSystem == "" then builtins.currentSystem else ownSystem;
  isFlake = url != "";
  flake = builtins.getFlake url;
  flakePackages = flake.legacyPackages.${here} or { } // flake.packages.${here} or { };
  imported =
    if args ? expression then
      expression
    else if isFlake then
      flake // flakePackages
    else
      import (/. + file);
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
        "uv-fod:no-attribute:${name}:${
          builtins.concatStringsSep " " (if isAttrs set then searchable set else [ ])
        }";
  packageIn =
    root: attribute:
    if attribute != "" then
      foldl' step root (split attribute)
    else if isDerivation root then
      root
    else
      throw "uv-fod:no-derivation";
  package = packageIn root attribute;
  # Of this library: `uvDeps` may also be another fixed output.
  isOurs = package: (package.uvDeps or null) ? uvFod;
  depsOf = package: if isOurs package then package.uvDeps else throw "uv-fod:no-uv-deps";
  deps = depsOf package;

  # What `path` leads to: the last name, and the set that has it.
  names = filter (name: name != "") (split path);
  name = elemAt names (length names - 1);
  start = if builtins.substring 0 1 path == "." then package else root;
  parent = foldl' step start (genList (elemAt names) (length names - 1));
  selected = foldl' step start names;

  buildLock = builtins.fromJSON (
    builtins.concatStringsSep "" (genList (n: args."buildLock${toString n}" or "") 12)
  );

  # Text without its context: an answer must not make Nix build what it names.
  plain = builtins.unsafeDiscardStringContext;

  # A derivation as nix-build takes it.
  buildable =
    found:
    let
      output = found.outputName or "out";
    in
    plain found.drvPath + (if output == "out" then "" else "!${output}");

  # A fixed-output derivation as it is under its present hash.
  fixed = found: {
    drv = plain found.drvPath;
    out = plain found.outPath;
    mode = found.outputHashMode or "flat";
  };

  importsOf =
    found:
    let
      imports = found.pythonImportsCheck or [ ];
    in
    if builtins.isList imports then imports else [ imports ];
  text = value: if value == null then "" else value;

  # Several packages. Each file is evaluated once.
  wanted = builtins.fromJSON packages;
  rootsByFile = builtins.listToAttrs (
    map (one: {
      name = one.file;
      value = if one.file == "" then root else called (import (/. + one.file));
    }) wanted
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

  # A fixed output is what it is made by: its path does not change with its address. The path of
  # anything else changes with every hash and address that it is made from.
  source =
    attribute: found:
    let
      hash = if isAttrs found then found.outputHash or null else null;
    in
    {
      inherit attribute hash;
      identity = plain (if hash != null then found.drvPath else toString found);
    };

  # The derivation of one system's dependencies under another hash.
  rehashed = deps.systems.${ofSystem}.overrideAttrs (
    _:
    {
      outputHash = newHash;
      outputHashAlgo = "sha256";
    }
    // (if newName == "" then { } else { name = newName; })
  );

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
  fails = value: !(builtins.tryEval (isAttrs value)).success;
  isSet = value: try (isAttrs value && !isDerivation value) == true;
  # A whole nixpkgs is not searched, and no name that an attribute path would take for two.
  searchable =
    set:
    let
      all = attrNames set;
    in
    if length all > 1000 then [ ] else filter (one: builtins.match "[^.]+" one != null) all;
  atTop =
    set:
    let
      chosen = builtins.fromJSON only;
    in
    filter (one: only == "" || elem one chosen) (searchable set);
  searched = prefix: if prefix == "" then atTop else searchable;
  describe =
    attribute: found:
    let
      text =
        value:
        let
          tried = try value;
        in
        if isString tried then plain tried else null;
      version = text (found.version or null);
      systems = try (attrNames (found.uvDeps.systems or { }));
    in
    {
      inherit attribute;
      version = if version == null then "" else version;
      systems = if systems == null then [ ] else systems;
      owner = text (found.src.owner or null);
      repo = text (found.src.repo or null);
      tag = text (found.src.tag or found.src.rev or null);
    };
  # The derivations of a set. What does not evaluate may be a package, too: the caller finds out
  # why. A set with many of those has aliases, as nixpkgs does, not mistakes.
  derivationsIn =
    prefix: set:
    let
      all = searched prefix set;
      failing = filter (one: fails set.${one}) all;
      isBroken = one: length failing <= 10 && elem one failing;
      # Not the fixed-output derivation of fetchUvDeps.
      isPackage = value: isDerivation value && (value ? uvDeps || !(value ? uvFod));
      isFound = one: isBroken one || try (isPackage set.${one}) == true;
    in
    map (one: found (isBroken one) (prefix + one) set.${one}) (filter isFound all);
  # `drv` is of a derivation without `uvDeps`, and null if it does not evaluate.
  found =
    isBroken: attribute: value:
    let
      hasUvDeps = isBroken || try (value ? uvDeps) == true;
    in
    describe attribute value
    // {
      inherit hasUvDeps;
      drv = if hasUvDeps then null else try (plain value.drvPath);
      isFixed = try (value.outputHash or null != null) == true;
    };

  # Attributes of a set that are one of the derivations `drvs`.
  within =
    prefix: set:
    let
      wanted = builtins.fromJSON drvs;
      pathOf = value: try (if isDerivation value then plain value.drvPath else null);
    in
    filter (one: elem one.drv wanted) (
      map (one: {
        drv = pathOf set.${one};
        attribute = prefix + one;
      }) (searched prefix set)
    );

  # Of a flake only the packages: its inputs would be fetched, and its machines take long.
  sets = if isFlake then flakePackages else root;

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
    }
    // (if withRevision == "true" then { revision = package.src.rev or null; } else { });

  answers = {
    package = [ (buildable package) ];

    # What `path` leads to.
    selected = [ (buildable selected) ];

    # The source, if it is a derivation.
    source = [ (buildable deps.lockSource) ];

    # What the build backend of each key asks for; nothing without buildUvEnv.
    requires =
      let
        builds = package.buildsOf buildLock;
      in
      if package ? buildsOf then
        map (key: buildable builds.${key}.requires) (builtins.fromJSON keys)
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
    ) wanted;

    rehashed = fixed rehashed;

    # A derivation of the store under another hash, wherever its own comes from.
    rehashedDrv = fixed (
      let
        inherit (buildLock) attributes inputs;
      in
      derivation (
        attributes
        // {
          builder = builtins.appendContext attributes.builder inputs;
          outputHash = newHash;
          outputHashAlgo = builtins.head (builtins.match "([a-z0-9]+)-.*" newHash);
        }
        // (if newName == "" then { } else { name = newName; })
      )
    );

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

    # Attributes of the package that are one of some derivations.
    attributesOf = within "." package;

    # The same of what it starts from.
    namedAtTop = if isDerivation root then [ ] else within "" sets;

    packageFacts = {
      version = package.version or "";
      position = builtins.unsafeGetAttrPos "version" package;
      revision = package.src.rev or null;
      file = fileOf package;
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
    outputFacts = fixed selected // {
      hash = selected.outputHash or null;
      algorithm = selected.outputHashAlgo or null;
      positions = filter (at: at != null) (
        [ (selected.uvFod.position or null) ]
        ++ map (name: builtins.unsafeGetAttrPos name selected) hashNames
      );
      file = fileOf selected;
    };

    # Of the string that `path` leads to.
    stringFacts = {
      value = toString (step parent name);
      position = builtins.unsafeGetAttrPos name parent;
    };

    described =
      if isDerivation package then describe attribute package else throw "uv-fod:no-derivation";

    # At the top and in its sets, one level down.
    derivations =
      if !isDerivation root then
        derivationsIn "" root
        ++ concatMap (one: derivationsIn "${one}." sets.${one}) (
          filter (one: isSet sets.${one}) (atTop sets)
        )
      else
        filter (one: one.hasUvDeps) [ (found false "" root) ];

    namesAtTop = if isDerivation root then [ ] else searchable root;
  };
in
{
  value = answers.${question};
  copy = if isFlake then plain flake.sourceInfo.outPath else null;
}
