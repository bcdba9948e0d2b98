# The part of nixpkgs' `lib` that this repository uses, with the same names, arguments and results.
let
  inherit (builtins)
    attrNames
    concatStringsSep
    elem
    filter
    foldl'
    isAttrs
    isFunction
    isPath
    isString
    length
    listToAttrs
    map
    match
    replaceStrings
    split
    stringLength
    substring
    ;
in
rec {
  # trivial, attrsets, lists, strings
  inherit (builtins)
    all
    any
    attrNames
    attrValues
    concatMap
    concatStringsSep
    elem
    elemAt
    filter
    foldl'
    fromJSON
    functionArgs
    genList
    hasAttr
    head
    intersectAttrs
    isAttrs
    isBool
    isFunction
    isList
    isPath
    isString
    length
    listToAttrs
    mapAttrs
    removeAttrs
    replaceStrings
    stringLength
    substring
    tail
    ;
  importJSON = path: builtins.fromJSON (builtins.readFile path);
  id = x: x;
  init = xs: builtins.genList (builtins.elemAt xs) (length xs - 1);
  last = xs: builtins.elemAt xs (length xs - 1);
  optional = cond: x: if cond then [ x ] else [ ];
  optionals = cond: xs: if cond then xs else [ ];
  optionalString = cond: s: if cond then s else "";
  optionalAttrs = cond: set: if cond then set else { };
  toList = x: if builtins.isList x then x else [ x ];
  unique = foldl' (acc: x: if elem x acc then acc else acc ++ [ x ]) [ ];
  flatten = x: if builtins.isList x then builtins.concatMap flatten x else [ x ];
  subtractLists = gone: filter (x: !(elem x gone));
  nameValuePair = name: value: { inherit name value; };
  mapAttrs' = f: set: listToAttrs (map (name: f name set.${name}) (attrNames set));
  mapAttrsToList = f: set: map (name: f name set.${name}) (attrNames set);
  filterAttrs =
    keep: set:
    listToAttrs (
      map (name: nameValuePair name set.${name}) (filter (name: keep name set.${name}) (attrNames set))
    );
  genAttrs = names: f: listToAttrs (map (name: nameValuePair name (f name)) names);
  attrByPath =
    path: default: set:
    if path == [ ] then
      set
    else if isAttrs set && set ? ${builtins.head path} then
      attrByPath (builtins.tail path) default set.${builtins.head path}
    else
      default;
  recursiveUpdate =
    left: right:
    left
    // builtins.mapAttrs (
      name: value:
      if isAttrs value && isAttrs (left.${name} or null) then
        recursiveUpdate left.${name} value
      else
        value
    ) right;

  concatMapStringsSep =
    sep: f: xs:
    concatStringsSep sep (map f xs);
  concatStrings = concatStringsSep "";
  hasPrefix = prefix: s: substring 0 (stringLength prefix) s == prefix;
  hasSuffix =
    suffix: s:
    stringLength s >= stringLength suffix
    && substring (stringLength s - stringLength suffix) (-1) s == suffix;
  removePrefix = prefix: s: if hasPrefix prefix s then substring (stringLength prefix) (-1) s else s;
  removeSuffix =
    suffix: s: if hasSuffix suffix s then substring 0 (stringLength s - stringLength suffix) s else s;
  splitString = sep: s: filter isString (split (escapeRegex sep) s);
  escapeRegex =
    replaceStrings
      [
        "\\"
        "."
        "+"
        "*"
        "?"
        "("
        ")"
        "["
        "]"
        "{"
        "}"
        "^"
        "$"
        "|"
      ]
      [
        "\\\\"
        "\\."
        "\\+"
        "\\*"
        "\\?"
        "\\("
        "\\)"
        "\\["
        "\\]"
        "\\{"
        "\\}"
        "\\^"
        "\\$"
        "\\|"
      ];
  escapeShellArg =
    arg:
    let
      text = toString arg;
    in
    if match "[[:alnum:],._+:@%/-]+" text != null then
      text
    else
      "'${replaceStrings [ "'" ] [ "'\\''" ] text}'";
  escapeShellArgs = concatMapStringsSep " " escapeShellArg;
  toLower = replaceStrings (chars "ABCDEFGHIJKLMNOPQRSTUVWXYZ") (chars "abcdefghijklmnopqrstuvwxyz");
  toUpper = replaceStrings (chars "abcdefghijklmnopqrstuvwxyz") (chars "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  makeSearchPath = sub: concatMapStringsSep ":" (path: "${path}/${sub}");
  makeSearchPathOutput =
    output: sub: pkgs:
    makeSearchPath sub (map (getOutput output) pkgs);
  makeBinPath = makeSearchPathOutput "bin" "bin";
  makeLibraryPath = makeSearchPathOutput "lib" "lib";
  chars = s: builtins.genList (i: substring i 1 s) (stringLength s);
  versionAtLeast = a: b: builtins.compareVersions a b >= 0;
  versionOlder = a: b: builtins.compareVersions a b < 0;
  versions.majorMinor = version: concatStringsSep "." (takeTwo (splitString "." version));
  takeTwo =
    xs:
    if length xs <= 2 then
      xs
    else
      [
        (builtins.elemAt xs 0)
        (builtins.elemAt xs 1)
      ];

  # asserts and warnings
  throwIf = cond: message: if cond then throw message else id;
  throwIfNot = cond: message: if cond then id else throw message;
  warn = builtins.warn or (message: builtins.trace "evaluation warning: ${message}");
  warnIf = cond: message: if cond then warn message else id;
  assertMsg = pred: message: if pred then true else throw message;

  # fixed points, functions, overrides
  fix =
    f:
    let
      x = f x;
    in
    x;
  makeOverridable =
    f: args:
    let
      result = f args;
    in
    result
    // {
      override = new: makeOverridable f (args // (if isFunction new then new args else new));
    };
  callPackageWith =
    auto: file: args:
    let
      f = if isFunction file then file else import file;
    in
    makeOverridable f (builtins.intersectAttrs (builtins.functionArgs f) auto // args);

  # derivations and their outputs
  isDerivation = x: x.type or null == "derivation";
  getOutput =
    output: pkg: if !(pkg.outputSpecified or false) then pkg.${output} or pkg.out or pkg else pkg;
  getDev = getOutput "dev";
  getLib = getOutput "lib";
  getBin = getOutput "bin";
  getExe = pkg: getExe' pkg (pkg.meta.mainProgram or pkg.pname);
  getExe' = pkg: name: "${getBin pkg}/bin/${name}";

  # sources
  cleanSourceWith =
    {
      filter ? (_: _: true),
      src,
      name ? "source",
    }:
    builtins.path {
      inherit name filter;
      path = src;
    };

  fakeHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  fetchers.proxyImpureEnvVars = [
    "http_proxy"
    "https_proxy"
    "ftp_proxy"
    "all_proxy"
    "no_proxy"
    "HTTP_PROXY"
    "HTTPS_PROXY"
    "FTP_PROXY"
    "ALL_PROXY"
    "NO_PROXY"
    "NIX_SSL_CERT_FILE"
  ];
  licenses.mit.spdxId = "MIT";
  platforms.linux = [
    "x86_64-linux"
    "aarch64-linux"
  ];
  maintainers = { };
}
