import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  bareUrl,
  compareBuild,
  compareRelease,
  fileName,
  forbidsBuild,
  forbidsWheel,
  lastSegment,
  normalizeName,
  sourceKey
} from "./cli-OHOPGCTD.js";
import {
  satisfies,
  validRange
} from "./cli-7ZNRW3FN.js";
import {
  printable
} from "./cli-SAIMFLME.js";
import {
  UserError
} from "./cli-RULA4YQZ.js";

// src/plan/artifact.ts
function compareArtifacts(left, right) {
  return compare(left.name, right.name) || compare(left.version ?? "", right.version ?? "") || compare(origin(left), origin(right));
}
function origin(artifact) {
  return [artifact.kind, artifact.filename, artifact.url, artifact.path, artifact.commit].join(" ");
}
function compare(left, right) {
  return left < right ? -1 : Number(left > right);
}
var wheelBytes = (artifacts) => artifacts.reduce((sum, { kind, size }) => sum + (kind === "wheel" ? size ?? 0 : 0), 0);

// src/plan/target.ts
var SYSTEMS = [
  "x86_64-linux",
  "aarch64-linux",
  "x86_64-darwin",
  "aarch64-darwin"
];
var PYTHON = /^3\.(\d{1,3})(?:\.(\d{1,3}))?$/;
var LIBC = /^(glibc|musl|macos):(\d{1,4})\.(\d{1,4})$/;
var DEFAULT_LINUX = { kind: "glibc", major: 2, minor: 39 };
var DEFAULT_DARWIN = { kind: "macos", major: 14, minor: 0 };
function parseTarget(input) {
  const system = SYSTEMS.find((name) => name === input.system);
  if (system === void 0)
    throw new UserError(
      "target-system",
      `'${input.system}' is not a system. Use one of ${SYSTEMS.join(", ")}.`
    );
  return { system, python: parsePython(input.python), libc: parseLibc(input.libc, system) };
}
function formatLibc(libc) {
  return `${libc.kind}:${libc.major}.${libc.minor}`;
}
function parsePython(text) {
  const [, minor, patch = "0"] = PYTHON.exec(text) ?? [];
  if (minor === void 0)
    throw new UserError(
      "target-python",
      `'${text}' is not a version of Python 3. Write a release such as 3.14 (read as 3.14.0) or 3.14.8; pre-releases are not supported.`
    );
  return `3.${Number(minor)}.${Number(patch)}`;
}
function parseLibc(text, system) {
  const darwin = system.endsWith("-darwin");
  if (text === void 0 || text === "") return darwin ? DEFAULT_DARWIN : DEFAULT_LINUX;
  const [, kind, major, minor] = LIBC.exec(text) ?? [];
  const example = darwin ? "macos:14.0" : "glibc:2.39 or musl:1.2";
  if (kind !== "glibc" && kind !== "musl" && kind !== "macos")
    throw new UserError("target-libc", `'${text}' is not a C library and version. Write ${example}.`);
  if (kind === "macos" !== darwin)
    throw new UserError("target-libc", `'${text}' does not go with ${system}. Write ${example}.`);
  const libc = { kind, major: Number(major), minor: Number(minor) };
  const known = { glibc: libc.major === 2, musl: libc.major === 1, macos: libc.major >= 11 }[kind];
  if (!known || libc.minor > 200)
    throw new UserError(
      "target-libc",
      `There are no wheels for '${text}': glibc is 2.x, musl 1.x, macOS 11.0 or later.`
    );
  return libc;
}

// src/plan/choose.ts
function chooseArtifact(item, chooser) {
  if (item.source.kind === "virtual") return void 0;
  const wheelAllowed = !forbidsWheel(chooser.settings, item.name);
  const wheel = wheelAllowed ? bestWheel(item.wheels, chooser.rank) : void 0;
  if (wheel !== void 0) return wheelArtifact(item, wheel, chooser);
  const source = sourceArtifact(item, chooser);
  const buildAllowed = chooser.members.has(item.name) || !forbidsBuild(chooser.settings, item.name);
  if (source !== void 0 && buildAllowed) return source;
  throw nothingFits(item, chooser, wheelAllowed, source !== void 0);
}
function bestWheel(wheels, rank) {
  let best;
  for (const wheel of wheels) {
    const own = rank(wheel.name);
    if (own === void 0) continue;
    const better = best === void 0 || own > best.rank || own === best.rank && compareBuild(wheel.name.build, best.wheel.name.build) > 0;
    if (better) best = { wheel, rank: own };
  }
  return best?.wheel;
}
function wheelArtifact(item, wheel, chooser) {
  const { source } = item;
  const common = { ...identity(item), ...fileFields(wheel), filename: wheel.name.filename };
  switch (source.kind) {
    case "registry":
    case "registry-path":
      return { ...common, kind: "wheel", ...address(item, wheel, chooser) };
    case "url":
      return { ...common, kind: "wheel", url: source.url };
    case "path":
      return { ...common, kind: "wheel", path: source.path };
    case "git":
      if (source.path !== void 0) return { ...common, ...gitFields(item), path: source.path };
  }
  throw broken(item, chooser, `it has wheels, which a '${source.kind}' source cannot have`);
}
function sourceArtifact(item, chooser) {
  const { source, sdist } = item;
  switch (source.kind) {
    case "registry":
    case "registry-path":
      return sdist === void 0 ? void 0 : registrySdist(item, sdist, chooser);
    case "url": {
      const filename = archiveName(item, lastSegment(source.url), chooser, isPep625);
      if (filename === void 0) return void 0;
      const file = {
        ...identity(item),
        kind: "sdist",
        filename,
        ...fileFields(sdist),
        url: source.url
      };
      return source.subdirectory === void 0 ? file : { ...file, subdirectory: source.subdirectory };
    }
    case "path": {
      const filename = archiveName(item, baseName(source.path), chooser, isPep625);
      if (filename === void 0) return void 0;
      return { ...identity(item), kind: "sdist", filename, ...fileFields(sdist), path: source.path };
    }
    case "git": {
      if (source.path === void 0) return { ...identity(item), ...gitFields(item) };
      const filename = archiveName(item, baseName(source.path), chooser, isArchive);
      if (filename === void 0) return void 0;
      return { ...identity(item), ...gitFields(item), filename, ...fileFields(sdist), path: source.path };
    }
    case "editable":
      return { ...identity(item), kind: "directory", path: source.path, editable: true };
    default:
      return { ...identity(item), kind: "directory", path: source.path };
  }
}
function registrySdist(item, sdist, chooser) {
  const filename = fileName(sdist);
  if (filename === void 0 || !isArchive(filename))
    throw broken(item, chooser, `its sdist '${filename ?? sdist.url ?? ""}' has no name of a source archive`);
  return {
    ...identity(item),
    kind: "sdist",
    filename,
    ...fileFields(sdist),
    ...address(item, sdist, chooser)
  };
}
function address(item, file, chooser) {
  if (file.url !== void 0) return { url: file.url };
  if (item.source.kind === "registry-path" && file.path !== void 0)
    return { path: joinPath(item.source.path, file.path) };
  throw broken(item, chooser, "a file that is needed has no url or path");
}
function identity(item) {
  return item.version === void 0 ? { name: item.name } : { name: item.name, version: item.version };
}
function fileFields(file) {
  return {
    ...file?.hash === void 0 ? {} : { hash: file.hash },
    ...file?.size === void 0 ? {} : { size: file.size }
  };
}
function gitFields({ source }) {
  if (source.kind !== "git") return { kind: "git" };
  return {
    kind: "git",
    url: bareUrl(source.url),
    commit: source.commit,
    ...source.subdirectory === void 0 ? {} : { subdirectory: source.subdirectory },
    ...source.ref === void 0 ? {} : { ref: `${source.ref.kind}=${source.ref.name}` },
    ...source.lfs ? { lfs: true } : {}
  };
}
function archiveName(item, name, chooser, accepts) {
  if (name?.endsWith(".whl")) return void 0;
  if (name !== void 0 && accepts(name)) return name;
  throw broken(item, chooser, `uv builds from .tar.gz and .zip archives, and '${name ?? ""}' is neither`);
}
function isPep625(name) {
  return /\.(?:tar\.gz|zip)$/.test(name);
}
function isArchive(name) {
  return /\.(?:tar\.(?:gz|bz2|xz|lz|lzma|zst)|zip|tar|tgz|tbz|txz|tlz)$/.test(name);
}
function baseName(file) {
  return file.slice(file.lastIndexOf("/") + 1);
}
function joinPath(folder, file) {
  if (file.startsWith("/") || folder === "." || folder === "") return file;
  return `${folder.replace(/\/$/, "")}/${file}`;
}
function broken(item, chooser, what) {
  const line = item.line();
  const place = line === void 0 ? chooser.file : `${chooser.file}:${line}`;
  return new UserError(
    "no-artifact",
    printable(`${place} (package '${item.name}'): ${what}. Run 'uv lock' to make it anew.`),
    {
      at: line === void 0 ? { file: chooser.file } : { file: chooser.file, line }
    }
  );
}
function nothingFits(item, chooser, wheelAllowed, hasSource) {
  const { system, python, libc } = chooser.target;
  const label = item.version === void 0 ? item.name : `${item.name} ${item.version}`;
  const reasons = [
    wheelAllowed ? wheelReason(item) : "wheels are forbidden for it (no-binary)",
    hasSource ? "building it is forbidden (no-build)" : "there is no source to build it from"
  ];
  const line = item.line();
  return new UserError(
    "no-artifact",
    `No artifact of ${label} fits ${system}, Python ${python}, ${formatLibc(libc)}: ${reasons.join("; ")}. Change the target, the rules in [tool.uv], or the version.`,
    { at: line === void 0 ? { file: chooser.file } : { file: chooser.file, line } }
  );
}
function wheelReason(item) {
  if (item.wheels.length === 0) return "there are no wheels";
  const shown = item.wheels.slice(0, 8).map(({ name }) => name.filename);
  const more = item.wheels.length > shown.length ? ` and ${item.wheels.length - shown.length} more` : "";
  return `the wheels there are do not fit (${shown.join(", ")}${more})`;
}

// src/plan/tags.ts
function tagRank(target) {
  const minor = Number(target.python.split(".")[1]);
  const native = rankMap(nativeTags(minor));
  const pure = rankMap(pureTags(minor));
  const platforms = rankMap(platformTags(target));
  const rankOf = (tags) => {
    const [pythons = [], abis = [], targets = []] = tags.split("-").map((part) => part.split("."));
    let best;
    const offer = (rank) => {
      if (best === void 0 || rank > best) best = rank;
    };
    for (const tag of pythons.flatMap((python) => abis.map((abi) => `${python}-${abi}`))) {
      const nativeRank = native.get(tag);
      const pureRank = pure.get(tag);
      for (const platform of targets) {
        const platformRank = platforms.get(platform);
        if (nativeRank !== void 0 && platformRank !== void 0)
          offer(pure.size + nativeRank * platforms.size + platformRank);
        if (pureRank !== void 0 && platform === "any") offer(pureRank);
      }
    }
    return best;
  };
  const known = /* @__PURE__ */ new Map();
  return ({ tags, variant }) => {
    if (variant !== void 0) return void 0;
    if (!known.has(tags)) known.set(tags, rankOf(tags));
    return known.get(tags);
  };
}
function nativeTags(minor) {
  const tags = [`cp3${minor}-cp3${minor}`, `cp3${minor}-abi3`, `cp3${minor}-none`];
  for (let older = minor - 1; older >= 2; older -= 1) tags.push(`cp3${older}-abi3`);
  tags.push(`py3${minor}-none`, "py3-none");
  for (let older = minor - 1; older >= 0; older -= 1) tags.push(`py3${older}-none`);
  return tags;
}
function pureTags(minor) {
  const tags = [`cp3${minor}-none`, `py3${minor}-none`, "py3-none"];
  for (let older = minor - 1; older >= 0; older -= 1) tags.push(`py3${older}-none`);
  return tags;
}
function platformTags(target) {
  const { kind, major, minor } = target.libc;
  const arch = target.system.startsWith("x86_64") ? "x86_64" : "aarch64";
  if (kind === "macos") return arch === "x86_64" ? macosIntel(major) : macosArm(major);
  const tags = [];
  if (kind === "musl")
    for (let level = minor; level >= 0; level -= 1) tags.push(`musllinux_${major}_${level}_${arch}`);
  else tags.push(...manylinux(minor, arch));
  return [...tags, `linux_${arch}`];
}
function manylinux(newest, arch) {
  const legacy = /* @__PURE__ */ new Map([
    [17, "manylinux2014"],
    [12, "manylinux2010"],
    [5, "manylinux1"]
  ]);
  const tags = [];
  for (let level = newest; level >= (arch === "x86_64" ? 5 : 17); level -= 1) {
    tags.push(`manylinux_2_${level}_${arch}`);
    const older = legacy.get(level);
    if (older !== void 0) tags.push(`${older}_${arch}`);
  }
  return tags;
}
function macosIntel(newest) {
  const formats = ["x86_64", "intel", "fat64", "fat32", "universal2", "universal"];
  const tags = [];
  for (let major = newest; major >= 11; major -= 1)
    tags.push(...formats.map((format) => `macosx_${major}_0_${format}`));
  for (let minor = 16; minor >= 4; minor -= 1)
    tags.push(...formats.map((format) => `macosx_10_${minor}_${format}`));
  return tags;
}
function macosArm(newest) {
  const tags = [];
  for (let major = newest; major >= 11; major -= 1)
    tags.push(`macosx_${major}_0_arm64`, `macosx_${major}_0_universal2`);
  for (let minor = 16; minor >= 4; minor -= 1) tags.push(`macosx_10_${minor}_universal2`);
  return tags;
}
function rankMap(tags) {
  return new Map(tags.map((tag, index) => [tag, tags.length - index]));
}

// src/plan/diff.ts
var PYTHONS = ["3.14", "3.13", "3.12", "3.11", "3.10", "3.9"];
function usualTargets(lock) {
  const newest = PYTHONS.find(
    (python) => satisfies(`${python}.0`, lock.requiresPython, { prereleases: true })
  );
  return SYSTEMS.map((system) => parseTarget({ system, python: newest ?? "3.14" }));
}
function diffLocks(before, after, targets = usualTargets(after)) {
  const platforms = targets.map((target) => ({ system: target.system, rank: tagRank(target) }));
  const directBefore = directNames(before);
  const directAfter = directNames(after);
  const added = [];
  const removed = [];
  const changed = [];
  const hashOnly = [];
  for (const name of [.../* @__PURE__ */ new Set([...before.byName.keys(), ...after.byName.keys()])].sort()) {
    const old = before.byName.get(name) ?? [];
    const now = after.byName.get(name) ?? [];
    const direct = (now.length > 0 ? directAfter : directBefore).has(name);
    const relation = direct ? "direct" : "transitive";
    const change = () => ({
      name,
      relation,
      before: entries(old, platforms),
      after: entries(now, platforms)
    });
    if (old.length === 0) added.push(change());
    else if (now.length === 0) removed.push(change());
    else if (!sameText(identities(old), identities(now))) changed.push(change());
    else {
      hashOnly.push(...hashChanges(old, now, relation));
      const offered = change();
      if (!sameText(formTexts(offered.before), formTexts(offered.after))) changed.push(offered);
    }
  }
  return { added, removed, changed, hashOnly };
}
function directNames(lock) {
  const names = new Set([...lock.requirements, ...[...lock.groups.values()].flat()].map((item) => item.name));
  const members = new Set(lock.members);
  for (const item of lock.packages) {
    if (!members.has(item.name) && !(isTree(item) && item.source.path === ".")) continue;
    names.add(item.name);
    for (const list2 of [item.dependencies, ...item.extras.values(), ...item.groups.values()])
      for (const dependency of list2) names.add(dependency.package.name);
  }
  return names;
}
function isTree(item) {
  return item.source.kind === "directory" || item.source.kind === "editable" || item.source.kind === "virtual";
}
function entries(items, platforms) {
  return items.map((item) => {
    const forms = {};
    for (const { system, rank } of platforms) forms[system] = formOf(item, rank);
    return { version: item.version, source: displaySource(item), forms };
  });
}
function formOf(item, rank) {
  if (isTree(item)) return "directory";
  if (bestWheel(item.wheels, rank) !== void 0) return "wheel";
  if (item.source.kind === "git") return "git";
  const isWheelFile = (item.source.kind === "url" || item.source.kind === "path") && item.wheels.length > 0;
  const buildable = item.sdist !== void 0 || item.source.kind === "url" || item.source.kind === "path";
  return buildable && !isWheelFile ? "sdist" : "none";
}
function displaySource(item) {
  const { source } = item;
  if (source.kind === "registry" || source.kind === "registry-path") return void 0;
  if (source.kind === "git") return `git ${source.url} ${source.commit}`;
  return `${source.kind} ${source.kind === "url" ? source.url : source.path}`;
}
function identities(items) {
  return items.map((item) => {
    const { kind } = item.source;
    const source = kind === "registry" || kind === "registry-path" ? "" : sourceKey(item.source);
    return `${item.version ?? ""} ${source}`;
  });
}
function formTexts(list2) {
  return list2.map((entry) => JSON.stringify(entry.forms));
}
function sameText(left, right) {
  return left.length === right.length && [...left].sort().join("\n") === [...right].sort().join("\n");
}
function hashChanges(old, now, relation) {
  const previous = new Map(old.flatMap((item) => filesOf(item).map(({ key, file }) => [key, file])));
  return now.flatMap(
    (item) => filesOf(item).flatMap(({ key, filename, file }) => {
      const before = previous.get(key);
      if (before === void 0 || before.hash === file.hash) return [];
      return [
        { name: item.name, relation, version: item.version, filename, before: before.hash, after: file.hash }
      ];
    })
  );
}
function filesOf(item) {
  const files = item.wheels.map((wheel) => ({ filename: wheel.name.filename, file: wheel }));
  if (item.sdist !== void 0) files.push({ filename: sdistName(item, item.sdist), file: item.sdist });
  return files.map(({ filename, file }) => ({ key: `${item.version ?? ""} ${filename}`, filename, file }));
}
function sdistName(item, sdist) {
  const from = sdist.url ?? sdist.path ?? ("path" in item.source ? item.source.path ?? "" : "");
  const bare = from.split(/[?#]/, 1)[0] ?? "";
  return bare.slice(bare.lastIndexOf("/") + 1) || `${item.name}.tar.gz`;
}

// src/plan/environment.ts
function environmentOf(target) {
  const darwin = target.system.endsWith("-darwin");
  const machine = target.system.startsWith("x86_64") ? "x86_64" : darwin ? "arm64" : "aarch64";
  const full = target.python.split(".").map(Number);
  return {
    strings: {
      os_name: "posix",
      sys_platform: darwin ? "darwin" : "linux",
      platform_machine: machine,
      platform_python_implementation: "CPython",
      platform_release: "",
      platform_system: darwin ? "Darwin" : "Linux",
      platform_version: "",
      implementation_name: "cpython"
    },
    versions: { python_version: full.slice(0, 2), python_full_version: full, implementation_version: full }
  };
}
function evaluate(marker, environment, extra) {
  if (marker === void 0 || marker.program.length === 0) return true;
  const stack = [];
  for (const item of marker.program) {
    if (item === "and" || item === "or") {
      const right = stack.pop() ?? false;
      const left = stack.pop() ?? false;
      stack.push(item === "and" ? left && right : left || right);
    } else {
      stack.push(evaluateTerm(item, environment, extra));
    }
  }
  return stack.pop() ?? true;
}
function evaluateTerm(term, environment, extra) {
  switch (term.kind) {
    case "constant":
      return term.value;
    case "extra": {
      const active = extra(term.name);
      return active === "either" || active !== term.negated;
    }
    case "version":
      return compareVersion(environment.versions[term.variable], term);
    case "version-list":
      return inVersionList(environment.versions[term.variable], term);
    case "substring": {
      const actual = environment.strings[term.variable];
      const found = term.direction === "inside" ? term.value.includes(actual) : actual.includes(term.value);
      return found !== term.negated;
    }
    case "string":
      return compareString(environment.strings[term.variable], term);
  }
}
function compareVersion(actual, term) {
  const order = compareRelease(actual, term.release);
  switch (term.operator) {
    case "==":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "~=":
      return order >= 0 && hasPrefix(actual, term.release.slice(0, -1));
    case "==*":
      return hasPrefix(actual, term.release);
    case "!=*":
      return !hasPrefix(actual, term.release) && !(term.variable === "python_version" && isTooLong(term.release));
  }
}
function inVersionList(actual, term) {
  if (term.variable === "python_version" && term.releases.some(isTooLong)) return false;
  return term.releases.some((release) => compareRelease(actual, release) === 0) !== term.negated;
}
function isTooLong(release) {
  return release.slice(2).some((number) => number !== 0);
}
function hasPrefix(actual, prefix) {
  return prefix.every((number, index) => (actual[index] ?? 0) === number);
}
function compareString(actual, term) {
  const ordered = term.variable === "platform_release" || term.variable === "platform_version";
  switch (term.operator) {
    case "==":
      return actual === term.value;
    case "!=":
      return actual !== term.value;
    case "<":
      return ordered && actual < term.value;
    case "<=":
      return ordered ? actual <= term.value : actual === term.value;
    case ">":
      return ordered && actual > term.value;
    case ">=":
      return ordered ? actual >= term.value : actual === term.value;
  }
}

// src/plan/selection.ts
function selectRoots(project, selection) {
  const { lock } = project;
  const extras = new Set(selection.extras.map((name) => wanted(name, "extra")));
  const explicit = new Set(selection.groups.map((name) => wanted(name, "group")));
  const names = chosenNames(project, selection);
  const packages = (names ?? workspaceNames(lock, selection.allPackages)).map(
    (name) => rootPackage(lock, name)
  );
  const single = names?.length === 1 ? packages[0] : void 0;
  const groups = /* @__PURE__ */ new Set([...explicit, ...selection.defaultGroups ? defaultGroups(project, single) : []]);
  const includesGroup = groupFilter(project, single, groups, explicit);
  checkExtras(lock, packages, extras);
  const root = implicitRoot(lock);
  checkGroups(project, single === void 0 || root === void 0 ? packages : [...packages, root], explicit);
  return {
    packages,
    groupRoot: single === void 0 ? void 0 : inheritedRoot(project, single, includesGroup),
    requirements: rootRequirements(lock, includesGroup),
    extras,
    groups,
    includesGroup,
    byName: names !== void 0
  };
}
function chosenNames({ lock, current }, selection) {
  if (selection.allPackages) return void 0;
  if (selection.packages.length === 0) return current === void 0 ? void 0 : [current];
  const members = workspaceNames(lock, true);
  return [...new Set(selection.packages.map((name) => wanted(name, "package")))].map((name) => {
    if (members.includes(name)) return name;
    throw new UserError(
      "selection-package",
      `'${name}' is not a member of the workspace that ${lock.file} locks. Its members are: ${list(members)}.`
    );
  });
}
function workspaceNames(lock, withImplicitRoot) {
  if (lock.members.length > 0 || !withImplicitRoot) return lock.members;
  const root = implicitRoot(lock);
  return root === void 0 ? [] : [root.name];
}
function implicitRoot(lock) {
  return lock.packages.find(({ name, source }) => {
    if (source.kind === "directory") return source.path === "." && lock.members.includes(name);
    return (source.kind === "editable" || source.kind === "virtual") && source.path === ".";
  });
}
function rootPackage(lock, name) {
  const same = lock.byName.get(name) ?? [];
  if (same.length === 1 && same[0] !== void 0) return same[0];
  throw new UserError(
    "selection-package",
    same.length === 0 ? `${lock.file} does not hold the project '${name}' itself: it was made for another project, or is out of date. Run 'uv lock'.` : `${lock.file} holds '${name}' ${same.length} times, so it is not clear which one is meant. Run 'uv lock'.`
  );
}
function defaultGroups(project, single) {
  const { lock } = project;
  const name = single?.name ?? project.current;
  const pyproject = name === void 0 ? project.rootPyproject : project.pyprojects.get(name);
  const fromLock = name === void 0 ? lock.defaultGroups : lock.byName.get(name)?.[0]?.defaultGroups;
  const configured = pyproject === void 0 ? fromLock : pyproject.defaultGroups;
  if (configured !== "all") return configured ?? ["dev"];
  return [...lock.packages.flatMap((item) => [...item.groups.keys()]), ...lock.groups.keys()];
}
function groupFilter(project, single, groups, explicit) {
  return (owner, group) => {
    if (!groups.has(group)) return false;
    if (single === void 0 || owner === single.name) return true;
    return explicit.has(group) && !declaresGroup(project.pyprojects.get(single.name), single, group);
  };
}
function declaresGroup(pyproject, item, group) {
  if (pyproject !== void 0) return pyproject.groups.has(group);
  return item.declaredGroups.includes(group) || item.groups.has(group);
}
function inheritedRoot(project, single, includesGroup) {
  const root = implicitRoot(project.lock);
  if (root === void 0 || root.name === single.name) return void 0;
  const groups = project.pyprojects.get(root.name)?.groups ?? [...root.declaredGroups, ...root.groups.keys()];
  return [...groups].some((group) => includesGroup(root.name, group)) ? root : void 0;
}
function rootRequirements(lock, includesGroup) {
  const grouped = [...lock.groups].filter(([group]) => includesGroup(void 0, group));
  return [...lock.requirements, ...grouped.flatMap(([, requirements]) => requirements)];
}
function checkExtras(lock, packages, extras) {
  if (lock.revision < 1) return;
  const known = new Set(packages.flatMap((item) => [...item.declaredExtras, ...item.extras.keys()]));
  for (const extra of extras)
    if (!known.has(extra))
      throw new UserError(
        "selection-extra",
        `No extra '${extra}' in ${list(packages.map((item) => item.name))} as ${lock.file} has it. There is: ${list([...known])}. Correct the name, or run 'uv lock' if the extra is new.`
      );
}
function checkGroups(project, packages, explicit) {
  const { lock, rootPyproject } = project;
  const known = new Set(packages.flatMap((item) => [...item.declaredGroups, ...item.groups.keys()]));
  if (rootPyproject === void 0 || rootPyproject.name === void 0)
    for (const group of [...lock.groups.keys(), ...rootPyproject?.groups ?? []]) known.add(group);
  for (const group of explicit)
    if (!known.has(group))
      throw new UserError(
        "selection-group",
        `No dependency group '${group}' in ${lock.file}. There is: ${list([...known])}. Correct the name, or run 'uv lock' if the group is new.`
      );
}
function wanted(text, what) {
  const name = normalizeName(text);
  if (name === void 0) throw new UserError("selection-name", `'${text}' is not the name of a ${what}.`);
  return name;
}
function list(names) {
  return names.length === 0 ? "none" : [...names].sort().join(", ");
}

// src/plan/conflicts.ts
function encodeItem(item) {
  const name = `${item.package.length}-${item.package}`;
  return item.kind === "project" ? `project-${name}` : `${item.kind}-${name}-${item.name}`;
}
function encodeExtra(packageName, extra) {
  return encodeItem({ package: packageName, kind: "extra", name: extra });
}
function decisiveNames(lock) {
  const names = new Set(lock.conflicts.flat().map(encodeItem));
  for (const item of lock.packages)
    for (const list2 of [item.dependencies, ...item.extras.values(), ...item.groups.values()])
      for (const { marker } of list2) for (const name of marker?.extras ?? []) names.add(name);
  return names;
}
function initiallyActive(roots) {
  const active = /* @__PURE__ */ new Set();
  for (const root of roots.packages) {
    active.add(encodeItem({ package: root.name, kind: "project", name: "" }));
    for (const extra of roots.extras) if (root.extras.has(extra)) active.add(encodeExtra(root.name, extra));
  }
  for (const root of [...roots.packages, ...roots.groupRoot === void 0 ? [] : [roots.groupRoot]])
    for (const group of root.groups.keys())
      if (roots.includesGroup(root.name, group))
        active.add(encodeItem({ package: root.name, kind: "group", name: group }));
  return active;
}
function checkSelectedConflicts(lock, roots) {
  if (lock.conflicts.length === 0) return;
  const names = roots.byName ? involvedMembers(lock, roots) : new Set(lock.members);
  for (const set of lock.conflicts) {
    const wanted2 = set.filter(
      (item) => names.has(item.package) && (item.kind === "project" || (item.kind === "extra" ? roots.extras : roots.groups).has(item.name))
    );
    if (wanted2.length >= 2) throw conflict(lock, wanted2);
  }
}
function checkActiveConflicts(lock, active) {
  for (const set of lock.conflicts) {
    const both = set.filter((item) => item.kind === "extra" && active.has(encodeItem(item)));
    if (both.length >= 2) throw conflict(lock, both);
  }
}
function conflict(lock, items) {
  const text = items.map(
    (item) => item.kind === "project" ? item.package : `${item.kind} '${item.name}' of ${item.package}`
  );
  return new UserError(
    "conflict",
    `${text.join(" and ")} are declared as conflicting in ${lock.file} (tool.uv.conflicts), so they cannot be installed together. Ask for one of them.`
  );
}
function involvedMembers(lock, roots) {
  const members = new Set(lock.members);
  const involved = new Set(roots.packages.map((item) => item.name));
  const seen = /* @__PURE__ */ new Map();
  const queue = [];
  const push = (item, extra) => {
    const known = seen.get(item) ?? /* @__PURE__ */ new Set();
    if (known.has(extra)) return;
    seen.set(item, known.add(extra));
    queue.push([item, extra]);
  };
  for (const root of roots.packages) {
    push(root, void 0);
    for (const extra of roots.extras) push(root, extra);
  }
  const groupOwners = roots.groupRoot === void 0 ? roots.packages : [...roots.packages, roots.groupRoot];
  for (const root of groupOwners)
    for (const [group, list2] of root.groups)
      if (roots.includesGroup(root.name, group))
        for (const dependency of list2)
          for (const extra of [void 0, ...dependency.extras]) push(dependency.package, extra);
  for (let at = 0; at < queue.length; at += 1) {
    const [item, extra] = queue[at] ?? [];
    if (item === void 0) break;
    if (members.has(item.name)) involved.add(item.name);
    for (const dependency of (extra === void 0 ? item.dependencies : item.extras.get(extra)) ?? [])
      for (const next of [void 0, ...dependency.extras]) push(dependency.package, next);
  }
  return involved;
}

// src/plan/walk.ts
function reachable(lock, roots, environment) {
  checkSelectedConflicts(lock, roots);
  const decisive = decisiveNames(lock);
  const active = initiallyActive(roots);
  for (; ; ) {
    const walk = new Walk(environment, active, decisive);
    walk.run(lock, roots);
    if (walk.activated.size === 0) {
      checkActiveConflicts(lock, active);
      return walk.reached;
    }
    for (const name of walk.activated) active.add(name);
  }
}
var Walk = class {
  reached = /* @__PURE__ */ new Set();
  /** Decisive names that the walk switched on and did not know at its start; the walk stops at the first. */
  activated = /* @__PURE__ */ new Set();
  #environment;
  #active;
  #decisive;
  #queue = [];
  #extras = /* @__PURE__ */ new Map();
  constructor(environment, active, decisive) {
    this.#environment = environment;
    this.#active = active;
    this.#decisive = decisive;
  }
  run(lock, roots) {
    for (const root of roots.packages)
      this.#enter(
        root,
        [...roots.extras].filter((extra) => root.extras.has(extra))
      );
    const owners = roots.groupRoot === void 0 ? roots.packages : [...roots.packages, roots.groupRoot];
    for (const owner of owners)
      for (const [group, list2] of owner.groups)
        if (roots.includesGroup(owner.name, group)) this.#queue.push(list2);
    for (const requirement of roots.requirements) this.#require(lock, requirement);
    for (let at = 0; at < this.#queue.length && this.activated.size === 0; at += 1)
      for (const dependency of this.#queue[at] ?? []) this.#follow(dependency);
  }
  #follow(dependency) {
    const { marker } = dependency;
    if (marker !== void 0) {
      const own = marker.extras.length === 0 ? [] : encodedExtras(dependency);
      const holds = evaluate(
        marker,
        this.#environment,
        (name) => this.#active.has(name) || own.includes(name)
      );
      if (!holds) return;
    }
    this.#enter(dependency.package, dependency.extras);
  }
  #enter(item, extras) {
    if (!this.reached.has(item)) {
      this.reached.add(item);
      this.#queue.push(item.dependencies);
    }
    for (const extra of extras) {
      const entered = this.#extras.get(item) ?? /* @__PURE__ */ new Set();
      if (entered.has(extra)) continue;
      this.#extras.set(item, entered.add(extra));
      this.#queue.push(item.extras.get(extra) ?? []);
      if (this.#decisive.size === 0) continue;
      const name = encodeExtra(item.name, extra);
      if (this.#decisive.has(name) && !this.#active.has(name)) this.activated.add(name);
    }
  }
  #require(lock, requirement) {
    if (!evaluate(requirement.marker, this.#environment, () => false)) return;
    const fits = (lock.byName.get(requirement.name) ?? []).filter(
      ({ resolutionMarkers }) => resolutionMarkers.length === 0 || resolutionMarkers.some((marker) => evaluate(marker, this.#environment, () => false))
    );
    const [found] = fits;
    if (found === void 0 || fits.length > 1)
      throw new UserError(
        "lock-invalid",
        `${lock.file}: the workspace root requires '${requirement.name}', which the lock holds ${fits.length} times for this target. Run 'uv lock' to make it anew.`
      );
    this.#enter(
      found,
      requirement.extras.filter((extra) => found.extras.has(extra))
    );
  }
};
function encodedExtras(dependency) {
  return dependency.extras.map((extra) => encodeExtra(dependency.package.name, extra));
}

// src/plan/plan.ts
function planProject(project, target, selection) {
  const { lock, settings } = project;
  const environment = environmentOf(target);
  const roots = selectRoots(project, selection);
  requirePython(target, lock);
  checkSupported(lock, environment, target);
  const members = new Set(lock.members.length > 0 ? lock.members : roots.packages.map((item) => item.name));
  const chooser = { file: lock.file, members, settings, target, rank: tagRank(target) };
  const artifacts = [];
  const packages = reachable(lock, roots, environment);
  checkUnique(lock, packages);
  for (const item of packages) {
    const artifact = chooseArtifact(item, chooser);
    if (artifact !== void 0) artifacts.push(artifact);
  }
  return artifacts.sort(compareArtifacts);
}
function planWarnings(project, target, selection) {
  const { lock } = project;
  const roots = selectRoots(project, selection);
  const owners = roots.groupRoot === void 0 ? roots.packages : [...roots.packages, roots.groupRoot];
  const groups = [
    ...owners.flatMap(
      (owner) => [...owner.groupRequiresPython].map(([group, range]) => ({ owner: owner.name, group, range }))
    ),
    ...[...lock.groupRequiresPython].map(([group, range]) => ({ owner: void 0, group, range }))
  ];
  return groups.filter(
    ({ owner, group, range }) => roots.includesGroup(owner, group) && !satisfies(target.python, range, { prereleases: true })
  ).map(
    ({ group, range }) => `The dependency group '${group}' asks for Python ${range}; little or nothing of it is planned for ${target.python}.`
  );
}
function requirePython(target, lock) {
  const { requiresPython, file } = lock;
  if (requiresPython.trim() !== "" && !validRange(requiresPython))
    throw new UserError(
      "lock-invalid",
      `${file}: requires-python '${requiresPython}' is not a version specifier. Run 'uv lock'.`,
      {
        at: { file }
      }
    );
  if (!satisfies(target.python, requiresPython, { prereleases: true }))
    throw new UserError(
      "python-not-supported",
      `Python ${target.python} is outside requires-python '${requiresPython}' of ${file}. Plan for a Python inside it (an exact patch version can matter), or widen it and run 'uv lock'.`
    );
}
function checkUnique(lock, packages) {
  const seen = /* @__PURE__ */ new Map();
  for (const item of packages) {
    const other = seen.get(item.name);
    seen.set(item.name, item);
    if (other === void 0) continue;
    const versions = [other, item].map(({ version, source }) => version ?? source.kind).join(" and ");
    throw new UserError(
      "conflict",
      `This selection needs '${item.name}' twice, as ${versions}: it asks for extras or groups that ${lock.file} keeps apart (tool.uv.conflicts). Ask for one of them.`
    );
  }
}
function checkSupported(lock, environment, target) {
  const lists = [
    { markers: lock.supportedMarkers, extra: false },
    // Forks made by conflicting extras are told apart by those, which are not known here: either way will do.
    { markers: lock.resolutionMarkers, extra: "either" }
  ];
  for (const { markers, extra } of lists) {
    if (markers.length === 0 || markers.some((marker) => evaluate(marker, environment, () => extra)))
      continue;
    throw new UserError(
      "target-not-locked",
      `${lock.file} was not made for ${target.system} with Python ${target.python}: it covers only ${markers.map(({ text }) => `"${printable(text)}"`).join(", ")}. Change the target, or add it to tool.uv.environments and run 'uv lock'.`
    );
  }
}

export {
  wheelBytes,
  SYSTEMS,
  parseTarget,
  diffLocks,
  planProject,
  planWarnings
};
