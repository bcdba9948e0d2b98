/*
  Searches a file or flake, its top and the sets there: the answers of evaluation.nix that are
  lists of attributes.

  Takes values and functions of evaluation.nix.
*/
{
  asked,
  isDerivation,
  package,
  plain,
  root,
  searchable,
  # Of a flake only the packages: its inputs would be fetched, and its machines take long.
  sets,
  try,
}:

let
  inherit (builtins)
    attrNames
    concatMap
    elem
    filter
    isAttrs
    isString
    length
    ;

  entriesOf =
    prefix: set:
    map (name: {
      attribute = prefix + name;
      value = set.${name};
    }) (searchable set);
  atTop =
    set:
    if isDerivation root then
      [ ]
    else
      filter ({ attribute, ... }: elem attribute (asked.only or [ attribute ])) (entriesOf "" set);
  isSet = value: try (isAttrs value && !isDerivation value) == true;
  inSets = map (one: entriesOf "${one.attribute}." one.value) (
    filter (one: isSet one.value) (atTop sets)
  );

  describe =
    { attribute, value }:
    let
      text =
        value:
        let
          tried = try value;
        in
        if isString tried then plain tried else null;
      version = text (value.version or null);
      systems = try (attrNames (value.uvDeps.systems or { }));
    in
    {
      inherit attribute;
      version = if version == null then "" else version;
      systems = if systems == null then [ ] else systems;
      owner = text (value.src.owner or null);
      repo = text (value.src.repo or null);
      tag = text (value.src.tag or value.src.rev or null);
    };

  # The derivations of a set. What does not evaluate may be a package, too: the caller finds out
  # why. A set with many of those has aliases, as nixpkgs does, not mistakes.
  derivationsIn =
    entries:
    let
      fails = { value, ... }: !(builtins.tryEval (isAttrs value)).success;
      areFew = length (filter fails entries) <= 10;
      isBroken = one: areFew && fails one;
      # Not the fixed-output derivation of fetchUvDeps.
      isPackage = { value, ... }: isDerivation value && (value ? uvDeps || !(value ? uvFod));
    in
    map (one: found (isBroken one) one) (
      filter (one: isBroken one || try (isPackage one) == true) entries
    );
  # `drv` is of a derivation without `uvDeps`, and null if it does not evaluate.
  found =
    isBroken:
    { value, ... }@one:
    let
      hasUvDeps = isBroken || try (value ? uvDeps) == true;
    in
    describe one
    // {
      inherit hasUvDeps;
      drv = if hasUvDeps then null else try (plain value.drvPath);
      isFixed = try (value.outputHash or null != null) == true;
    };

  # Those that are one of the derivations `drvs`.
  named =
    entries:
    let
      drvOf = value: try (if isDerivation value then plain value.drvPath else null);
    in
    filter (one: elem one.drv asked.drvs) (
      map (one: {
        inherit (one) attribute;
        drv = drvOf one.value;
      }) entries
    );
in
{
  # Attributes of the package, and of what it starts from.
  attributesOf = named (entriesOf "." package);
  namedAtTop = named (atTop sets);

  namesAtTop = map (one: one.attribute) (atTop root);

  described =
    if isDerivation package then
      describe {
        inherit (asked) attribute;
        value = package;
      }
    else
      throw "uv-fod:no-derivation";

  # At the top and in its sets, one level down.
  derivations =
    if isDerivation root then
      filter (one: one.hasUvDeps) [
        (found false {
          attribute = "";
          value = root;
        })
      ]
    else
      concatMap derivationsIn ([ (atTop root) ] ++ inSets);
}
