import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  Markers,
  NO_SETTINGS,
  arrayField,
  asArray,
  asName,
  asTable,
  clip,
  field,
  invalid,
  isTable,
  namesField,
  optionalString,
  parsePyproject,
  parseSdist,
  parseSettings,
  parseSource,
  parseVersion,
  parseWheels,
  requiredString,
  sourceKey,
  tableField,
  tablesField
} from "./cli-OHOPGCTD.js";
import {
  TomlError,
  parse
} from "./cli-6XMUJN7B.js";
import {
  UserError
} from "./cli-RULA4YQZ.js";

// src/lock/packages.ts
var NO_DEPENDENCIES = /* @__PURE__ */ new Map();
var NO_PYTHONS = /* @__PURE__ */ new Map();
function parsePackage(table, markers, place) {
  const name = asName(requiredString(table, "name", place), "name", place);
  const version = optionalString(table, "version", place);
  if (version !== void 0 && (version.trim() !== version || parseVersion(version) === void 0))
    throw invalid(place, `'${clip(version)}' is not a version`);
  const source = parseSource(field(table, "source"), place);
  const registry = source.kind === "registry" || source.kind === "registry-path";
  if (registry && version === void 0) throw invalid(place, "'version' is missing");
  const wheels = parseWheels(table, version, place);
  checkHashes(source, wheels, place);
  const metadata = tableField(table, "metadata", place);
  const groups = field(table, "dev-dependencies") === void 0 ? "dependency-groups" : "dev-dependencies";
  const linked = {
    name,
    version,
    source,
    wheels,
    sdist: parseSdist(table, place),
    resolutionMarkers: markers.list(table, "resolution-markers", place),
    dependencies: [],
    extras: NO_DEPENDENCIES,
    groups: NO_DEPENDENCIES,
    declaredExtras: namesField(metadata, "provides-extras", place),
    declaredGroups: groupNames(metadata, place),
    defaultGroups: parseDefaultGroups(table, place),
    groupRequiresPython: parseGroupPythons(table, place),
    line: () => place.line()
  };
  return {
    place,
    linked,
    dependencies: parseDependencies(arrayField(table, "dependencies", place), "dependencies", place),
    extras: dependencyMap(table, "optional-dependencies", place),
    groups: dependencyMap(table, groups, place)
  };
}
function parseDefaultGroups(table, place) {
  const value = field(table, "default-groups");
  if (value === void 0) return void 0;
  return value === "all" ? "all" : namesField(table, "default-groups", place);
}
function parseGroupPythons(table, place) {
  if (field(table, "group-requires-python") === void 0) return NO_PYTHONS;
  const result = /* @__PURE__ */ new Map();
  for (const [group, value] of Object.entries(tableField(table, "group-requires-python", place))) {
    const specifier = isTable(value) ? field(value, "requires-python") : value;
    if (typeof specifier === "string") result.set(asName(group, "group-requires-python", place), specifier);
  }
  return result;
}
function groupNames(metadata, place) {
  const key = field(metadata, "requires-dev") === void 0 ? "dependency-groups" : "requires-dev";
  return Object.keys(tableField(metadata, key, place)).map((group) => asName(group, key, place));
}
function dependencyMap(table, key, place) {
  if (field(table, key) === void 0) return NO_DEPENDENCIES;
  const result = /* @__PURE__ */ new Map();
  for (const [name, value] of Object.entries(tableField(table, key, place)))
    result.set(
      asName(name, key, place),
      parseDependencies(asArray(value, `${key}.${name}`, place), key, place)
    );
  return result;
}
function parseDependencies(entries, key, place) {
  return entries.map((entry) => {
    const table = asTable(entry, key, place);
    const source = field(table, "source");
    return {
      name: asName(requiredString(table, "name", place), "name", place),
      version: optionalString(table, "version", place),
      source: source === void 0 ? void 0 : parseSource(source, place),
      extras: namesField(table, "extra", place),
      markerText: optionalString(table, "marker", place) ?? ""
    };
  });
}
function checkHashes(source, wheels, place) {
  if (source.kind === "registry" || source.kind === "registry-path") return;
  const wanted = source.kind === "url" || source.kind === "path" || source.kind === "git" && source.path !== void 0;
  for (const wheel of wheels)
    if (wheel.hash !== void 0 !== wanted)
      throw invalid(place, `a wheel of a '${source.kind}' source ${wanted ? "needs" : "cannot have"} a hash`);
}

// src/lock/link.ts
function linkPackages(raw, markers) {
  const index = new PackageIndex(raw);
  return raw.map((item) => {
    const link = (list) => linkList(list, item, index, markers);
    item.linked.dependencies = link(item.dependencies);
    item.linked.extras = linkMap(item.extras, link);
    item.linked.groups = linkMap(item.groups, link);
    return item.linked;
  });
}
function linkMap(lists, link) {
  if (lists.size === 0) return NO_DEPENDENCIES;
  return new Map([...lists].map(([name, list]) => [name, link(list)]));
}
function linkList(list, owner, index, markers) {
  const seen = /* @__PURE__ */ new Set();
  return list.map((dependency) => {
    const found = index.find(dependency, owner);
    const extras = dependency.extras.filter((extra) => found.raw.extras.has(extra));
    const key = `${found.id} ${dependency.extras.join(",")} ${dependency.markerText}`;
    if (seen.has(key)) throw invalid(owner.place, `the dependency '${dependency.name}' is there twice`);
    seen.add(key);
    const marker = dependency.markerText === "" ? void 0 : markers.parse(dependency.markerText, owner.place);
    return { package: found.raw.linked, extras, marker };
  });
}
var PackageIndex = class {
  #byName = /* @__PURE__ */ new Map();
  #byId = /* @__PURE__ */ new Map();
  constructor(raw) {
    for (const item of raw) {
      const { name, version, source } = item.linked;
      const entry = { id: packageId(name, version, sourceKey(source)), raw: item };
      if (this.#byId.has(entry.id))
        throw invalid(item.place, "the same package, version and source is there twice");
      this.#byId.set(entry.id, entry);
      const same = this.#byName.get(name);
      if (same === void 0) this.#byName.set(name, [entry]);
      else same.push(entry);
    }
  }
  find(dependency, owner) {
    const same = this.#byName.get(dependency.name) ?? [];
    const only = same.length === 1 ? same[0] : void 0;
    if (only !== void 0 && dependency.version === void 0 && dependency.source === void 0)
      return only;
    const source = dependency.source ?? only?.raw.linked.source;
    const version = dependency.version ?? only?.raw.linked.version;
    if (source === void 0 && same.length > 1)
      throw invalid(
        owner.place,
        `the dependency '${dependency.name}' fits ${same.length} packages and names no source`
      );
    const isTree = source !== void 0 && ["directory", "editable", "virtual"].includes(source.kind);
    if (only === void 0 && version === void 0 && same.length > 1 && !isTree)
      throw invalid(
        owner.place,
        `the dependency '${dependency.name}' fits ${same.length} packages and names no version`
      );
    const found = source && this.#byId.get(packageId(dependency.name, version, sourceKey(source)));
    if (found !== void 0) return found;
    const wanted = dependency.version === void 0 ? dependency.name : `${dependency.name} ${dependency.version}`;
    throw invalid(owner.place, `it depends on '${wanted}', which the lock does not hold`);
  }
};
function packageId(name, version, source) {
  return `${name} ${version === void 0 ? "" : parseVersion(version)?.key ?? version} ${source}`;
}

// src/lock/toml.ts
var MAX_DEPTH = 160;
var MANY_DOTS = new RegExp(`^(?:[^.\\n]*\\.){${MAX_DEPTH + 1}}`, "m");
var NEWLINE = 10;
var DOT = 46;
var CONFLICT = /^(?:<{7}|\|{7}|>{7}|={7})(?: |\r?$)/m;
function parseToml(text, file) {
  const deep = MANY_DOTS.test(text) ? deepKey(text) : void 0;
  if (deep !== void 0)
    throw new UserError(
      "toml-syntax",
      `${file}:${deep.line}:${deep.column} nests a dotted key deeper than ${MAX_DEPTH} levels, which no lock does. Mend the file, or make the lock anew with 'uv lock'.`,
      { at: { file, ...deep } }
    );
  try {
    return parse(text.startsWith("\uFEFF") ? text.slice(1) : text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (error instanceof TomlError) throw mergeConflict(text, file) ?? syntaxError(error, file);
    throw error;
  }
}
function deepKey(text) {
  let line = 1;
  let lineStart = 0;
  let runStart = 0;
  let bareDots = 0;
  let quotedDots = 0;
  let previous = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === DOT) {
      bareDots = previous === DOT ? 0 : bareDots + 1;
      if (isQuote(previous)) quotedDots += 1;
      if (bareDots > MAX_DEPTH || quotedDots > MAX_DEPTH) return { line, column: runStart - lineStart + 1 };
    } else if (code === NEWLINE) {
      line += 1;
      lineStart = at + 1;
      runStart = lineStart;
      bareDots = 0;
      quotedDots = 0;
    } else if (!isKeyCharacter(code)) {
      bareDots = 0;
      if (quotedDots === 0) runStart = at + 1;
    }
    if (!isBlank(code)) previous = code;
  }
  return void 0;
}
function isKeyCharacter(code) {
  if (code >= 97 && code <= 122) return true;
  if (code >= 48 && code <= 57) return true;
  if (code >= 65 && code <= 90) return true;
  return code === 95 || code === 45 || isQuote(code) || isBlank(code);
}
function isQuote(code) {
  return code === 34 || code === 39;
}
function isBlank(code) {
  return code === 32 || code === 9;
}
function syntaxError(error, file) {
  const reason = error.message.split("\n", 1)[0]?.replace(/^Invalid TOML document: /, "").replace(/\.+$/, "") ?? "invalid";
  return new UserError(
    "toml-syntax",
    `${file}:${error.line}:${error.column} is not valid TOML: ${reason}. Mend the file, or make the lock anew with 'uv lock'.`,
    { at: { file, line: error.line, column: error.column }, cause: error }
  );
}
function mergeConflict(text, file) {
  const found = CONFLICT.exec(text);
  if (found === null) return void 0;
  const line = lineAt(text, found.index);
  return new UserError(
    "merge-conflict",
    `${file}:${line} holds a merge conflict that nobody resolved ('${found[0].trim()}'). Take one side and run 'uv lock'.`,
    { at: { file, line, column: 1 } }
  );
}
function lineAt(text, index) {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < index; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

// src/lock/parse.ts
function parseLock(text, file) {
  const document = parseToml(text, file);
  const top = { file, subject: "", line: () => void 0 };
  checkVersion(document, top);
  const markers = new Markers();
  const entries = tablesField(
    document,
    field(document, "package") === void 0 ? "distribution" : "package",
    top
  );
  const raw = entries.map(
    (entry, index) => parsePackage(entry, markers, packagePlace(text, file, entry, index))
  );
  const packages = linkPackages(raw, markers);
  const manifest = tableField(document, "manifest", top);
  return {
    file,
    revision: typeof document.revision === "number" ? document.revision : 0,
    requiresPython: requiredString(document, "requires-python", top),
    resolutionMarkers: markers.list(document, "resolution-markers", top),
    supportedMarkers: markers.list(document, "supported-markers", top),
    conflicts: parseConflicts(document, top),
    members: namesField(manifest, "members", top),
    requirements: tablesField(manifest, "requirements", top).map((entry) => requirement(entry, markers, top)),
    groups: parseRootGroups(manifest, markers, top),
    groupRequiresPython: parseGroupPythons(manifest, top),
    defaultGroups: parseDefaultGroups(manifest, top),
    packages,
    byName: groupByName(packages)
  };
}
function checkVersion(document, place) {
  const version = field(document, "version");
  if (version === 1) return;
  if (version === void 0)
    throw invalid(place, "'version' is missing: this is not a uv.lock", "Name the uv.lock that uv wrote.");
  throw new UserError(
    "lock-version",
    `${place.file} has format version ${String(version)}; uv-fod reads version 1, of any revision. Use a uv-fod that knows it, or a uv that writes version 1.`,
    { at: { file: place.file } }
  );
}
function packagePlace(text, file, entry, index) {
  const name = field(entry, "name");
  const subject = typeof name === "string" ? `package '${name}'` : `package number ${index + 1}`;
  return { file, subject, line: () => packageLine(text, index) };
}
function packageLine(text, index) {
  const header = /^[ \t]*\[\[[ \t]*(?:package|distribution)[ \t]*\]\]/gm;
  for (let count = 0; ; count += 1) {
    const found = header.exec(text);
    if (found === null) return void 0;
    if (count === index) return lineAt(text, found.index);
  }
}
function groupByName(packages) {
  const result = /* @__PURE__ */ new Map();
  for (const item of packages) {
    const same = result.get(item.name);
    if (same === void 0) result.set(item.name, [item]);
    else same.push(item);
  }
  return result;
}
function requirement(entry, markers, place) {
  return {
    name: asName(requiredString(entry, "name", place), "requirements", place),
    extras: namesField(entry, "extras", place),
    marker: markers.optional(entry, "marker", place)
  };
}
function parseRootGroups(manifest, markers, place) {
  const key = "dependency-groups";
  const result = /* @__PURE__ */ new Map();
  for (const [group, entries] of Object.entries(tableField(manifest, key, place))) {
    const list = asArray(entries, `${key}.${group}`, place);
    result.set(
      asName(group, key, place),
      list.map((entry) => requirement(asTable(entry, key, place), markers, place))
    );
  }
  return result;
}
function parseConflicts(document, place) {
  return arrayField(document, "conflicts", place).map(
    (set) => asArray(set, "conflicts", place).map((entry) => conflictItem(asTable(entry, "conflicts", place), place))
  );
}
function conflictItem(entry, place) {
  const name = asName(requiredString(entry, "package", place), "conflicts", place);
  const extra = optionalString(entry, "extra", place);
  if (extra !== void 0) return { package: name, kind: "extra", name: asName(extra, "conflicts", place) };
  const group = optionalString(entry, "group", place);
  if (group !== void 0) return { package: name, kind: "group", name: asName(group, "conflicts", place) };
  return { package: name, kind: "project", name: "" };
}

// src/lock/project.ts
import path from "node:path";

// src/lock/reader.ts
function rememberText(read) {
  const known = /* @__PURE__ */ new Map();
  return (file) => {
    const found = known.get(file) ?? read(file);
    known.set(file, found);
    return found;
  };
}
function readAhead(files, read) {
  for (const file of files) read(file).catch(() => {
  });
}

// src/lock/project.ts
async function loadProject(dir, readFile, options = {}) {
  const read = rememberText(readFile);
  readAhead([path.join(dir, "pyproject.toml"), path.join(dir, "uv.toml")], read);
  const { root, lockFile, lock } = options.lockFile === void 0 ? await findLock(dir, read) : await readLock(dir, options.lockFile, read);
  const rootPyproject = await readPyproject(path.join(root, "pyproject.toml"), read);
  const pyprojects = await readMembers(lock, root, rootPyproject, read);
  const own = sameFolder(dir, root) ? rootPyproject : await readPyproject(path.join(dir, "pyproject.toml"), read);
  return {
    lock,
    root,
    lockFile,
    settings: await findSettings(root, read),
    current: own === void 0 ? memberAt(lock, path.relative(root, dir)) : own.name,
    rootPyproject,
    pyprojects
  };
}
async function readLock(dir, lockFile, read) {
  const text = await read(lockFile);
  if (text === void 0)
    throw new UserError(
      "lock-missing",
      `There is no lock ${lockFile}. Name the uv.lock with --lock, or leave --lock out.`
    );
  const lock = parseLock(text, lockFile);
  const own = await readPyproject(path.join(dir, "pyproject.toml"), read);
  const root = ancestors(dir).find((folder) => {
    const member = memberAt(lock, path.relative(folder, dir));
    return member !== void 0 && (own === void 0 || member === own.name);
  });
  return { root: root ?? dir, lockFile, lock };
}
async function findLock(dir, read) {
  for (const root of ancestors(dir)) {
    const lockFile = path.join(root, "uv.lock");
    const text = await read(lockFile);
    if (text === void 0) continue;
    const lock = parseLock(text, lockFile);
    if (sameFolder(root, dir) || memberAt(lock, path.relative(root, dir)) !== void 0)
      return { root, lockFile, lock };
  }
  throw new UserError(
    "lock-missing",
    `There is no uv.lock in ${dir}, nor in a workspace above it. Run 'uv lock' there, or name the lock with --lock.`
  );
}
function memberAt(lock, folder) {
  const wanted = path.normalize(folder === "" ? "." : folder);
  const found = lock.packages.find(
    ({ source }) => (source.kind === "editable" || source.kind === "virtual" || source.kind === "directory") && path.normalize(source.path) === wanted
  );
  return found?.name;
}
async function readMembers(lock, root, rootPyproject, read) {
  const result = /* @__PURE__ */ new Map();
  if (rootPyproject?.name !== void 0) result.set(rootPyproject.name, rootPyproject);
  const files = lock.members.filter((name) => !result.has(name)).map((name) => ({ name, file: pyprojectOf(name, lock, root) }));
  readAhead(
    files.flatMap(({ file }) => file ?? []),
    read
  );
  for (const { name, file } of files) {
    const pyproject = file === void 0 ? void 0 : await readPyproject(file, read);
    if (pyproject !== void 0) result.set(name, pyproject);
  }
  return result;
}
function pyprojectOf(name, lock, root) {
  const source = lock.byName.get(name)?.[0]?.source;
  if (source === void 0 || !("path" in source) || source.path === void 0) return void 0;
  const folder = path.resolve(root, source.path);
  return path.relative(root, folder).startsWith("..") ? void 0 : path.join(folder, "pyproject.toml");
}
async function readPyproject(file, read) {
  const text = await read(file);
  return text === void 0 ? void 0 : parsePyproject(parseToml(text, file), file);
}
async function findSettings(root, read) {
  for (const folder of ancestors(root)) {
    const file = path.join(folder, "uv.toml");
    const text = await read(file);
    if (text !== void 0) return parseSettings(parseToml(text, file), file);
    const pyproject = await readSettingsPyproject(path.join(folder, "pyproject.toml"), read, folder === root);
    if (pyproject?.uv !== void 0) return parseSettings(pyproject.uv, pyproject.file);
  }
  return NO_SETTINGS;
}
async function readSettingsPyproject(file, read, isRoot) {
  try {
    return await readPyproject(file, read);
  } catch (error) {
    if (isRoot || !(error instanceof UserError)) throw error;
    return void 0;
  }
}
function ancestors(dir) {
  const result = [dir];
  for (let folder = path.dirname(dir); folder !== result.at(-1); folder = path.dirname(folder))
    result.push(folder);
  return result;
}
function sameFolder(left, right) {
  return path.relative(left, right) === "";
}

export {
  parseToml,
  parseLock,
  loadProject
};
