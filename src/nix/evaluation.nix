/*
  What this program asks Nix about a derivation. Its text is an argument of nix-instantiate and
  nix-build (`--expr`), because restricted and pure evaluation may not read files of this program.

  Takes strings, so that no name or hash is ever part of an expression; but `expression`:
    question      name of an attribute of the set below, which says what the other arguments are for
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
    buildLock0…   a build lock as JSON, in at most 12 pieces
    withRevision  "true": `pinned` gives the commit of the source, too
  Returns: the answer. Answers that are read as JSON are beside `copy`, the store path of the
  flake's source, which is null without a flake.
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
  withRevision ? "",
  ...
}:

let
  inherit (builtins)
    attrNames
    concatMap
    elemAt
    filter
    foldl'
    genList
    isAttrs
    isString
    length
    ;

  own = if ownSystem == "" then builtins.currentSystem else ownSystem;
  isFlake = url != "";
  flake = builtins.getFlake url;
  flakePackages = flake.legacyPackages.${own} or { } // flake.packages.${own} or { };
  imported =
    if args ? expression then
      expression
    else if isFlake then
      flake // flakePackages
    else
      import (/. + file);
  root = if builtins.isFunction imported then imported { } else imported;

  split = text: filter isString (builtins.split "\\." text);
  step =
    set: name:
    if isAttrs set && set ? ${name} then
      set.${name}
    else
      # The other names, to find the one that was meant.
      throw "uv-fod:no-attribute:${name}:${builtins.concatStringsSep " " (if isAttrs set then searchable set else [ ])}";
  package =
    if attribute != "" then
      foldl' step root (split attribute)
    else if isDerivation root then
      root
    else
      throw "uv-fod:no-uv-deps";
  deps = package.uvDeps or (throw "uv-fod:no-uv-deps");

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

  # File of `meta.position`; null if that is not set.
  fileOf =
    set:
    let
      at = set.meta.position or null;
    in
    if at == null then null else builtins.head (builtins.match "(.*):[0-9]+" at);

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

  # The derivations of a set that have `uvDeps`. One that does not evaluate is left out.
  try =
    body:
    let
      tried = builtins.tryEval body;
    in
    if tried.success then tried.value else null;
  isDerivation = value: value.type or null == "derivation";
  hasUvDeps = value: try (isAttrs value && isDerivation value && value ? uvDeps) == true;
  isSet = value: try (isAttrs value && !isDerivation value) == true;
  # A whole nixpkgs is not searched, and no name that an attribute path would take for two.
  searchable =
    set:
    let
      all = attrNames set;
    in
    if length all > 1000 then [ ] else filter (one: builtins.match "[^.]+" one != null) all;
  describe =
    attribute: found:
    let
      src = found.src or { };
      text = value: if isString value then plain value else null;
    in
    {
      inherit attribute;
      version = found.version or "";
      systems = attrNames (found.uvDeps.systems or { });
      position = found.uvDeps.uvFod.position or null;
      owner = text (src.owner or null);
      repo = text (src.repo or null);
      tag = text (src.tag or src.rev or null);
    };
  packagesIn =
    prefix: set:
    map (one: describe (prefix + one) set.${one}) (filter (one: hasUvDeps set.${one}) (searchable set));
  # Of a flake only the packages: its inputs would be fetched, and its machines take long.
  sets = if isFlake then flakePackages else root;

  asJson = value: {
    inherit value;
    copy = if isFlake then plain flake.sourceInfo.outPath else null;
  };
in
{
  inherit package rehashed selected;

  # The source, if it is a derivation.
  source = deps.lockSource;

  # What the build backend of each key asks for; nothing if the derivation is not one of buildUvEnv.
  requires =
    let
      builds = package.buildsOf buildLock;
    in
    if package ? buildsOf then
      map (key: builds.${key}.requires) (builtins.fromJSON keys)
    else if package ? builds then
      throw "uv-fod:old-library"
    else
      [ ];

  # What the dependencies are pinned to.
  pinned = asJson (
    {
      pname = package.pname or package.name;
      version =
        let
          version = package.version or null;
        in
        if version == null then "" else version;
      imports =
        let
          imports = package.pythonImportsCheck or [ ];
        in
        if builtins.isList imports then imports else [ imports ];
      # buildUvEnv's own counts: that is the one the build reads.
      own = deps.uvFod // {
        buildLock = package.uvFod.buildLock or deps.uvFod.buildLock;
      };
      systems = builtins.mapAttrs (_: one: one.uvFod) deps.systems;
    }
    // (if withRevision == "true" then { revision = package.src.rev or null; } else { })
  );

  rehashedFacts = asJson {
    drv = plain rehashed.drvPath;
    out = plain rehashed.outPath;
    mode = rehashed.outputHashMode or "flat";
  };

  packageFacts = asJson {
    version = package.version or "";
    position = builtins.unsafeGetAttrPos "version" package;
    revision = package.src.rev or null;
    hasFetchedSource = (package.src.outputHash or null) != null;
    file = fileOf package;
  };

  # Of the derivation that `path` leads to.
  outputFacts = asJson {
    hash = selected.outputHash or null;
    algorithm = selected.outputHashAlgo or null;
    mode = selected.outputHashMode or "flat";
    drv = plain selected.drvPath;
    out = plain selected.outPath;
    positions = filter (at: at != null) (
      [ (selected.uvFod.position or null) ]
      ++ map (name: builtins.unsafeGetAttrPos name selected) hashNames
    );
    file = fileOf selected;
  };

  # Of the string that `path` leads to.
  stringFacts = asJson {
    value = toString (step parent name);
    position = builtins.unsafeGetAttrPos name parent;
  };

  # The store path that the derivation's output has under another hash.
  outputPath = asJson (
    plain
      (derivation {
        inherit (selected) name;
        system = "any";
        builder = "none";
        outputHash = newHash;
        outputHashMode = selected.outputHashMode or "flat";
      }).outPath
  );

  packagesAtTop = asJson (packagesIn "" root);

  packagesInSets = asJson (
    concatMap (one: packagesIn "${one}." sets.${one}) (
      filter (one: isSet sets.${one}) (searchable sets)
    )
  );
}
.${question}
