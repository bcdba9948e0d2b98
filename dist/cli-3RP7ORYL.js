import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  paintDiff,
  uses,
  workflowFolders
} from "./cli-CV3GW5EL.js";
import {
  cacheText,
  isCacheAddress
} from "./cli-MTL7MHF3.js";
import {
  Command,
  CommanderError,
  Help,
  InvalidArgumentError,
  Option,
  addNixOptions
} from "./cli-N72MDJRH.js";
import {
  isAttributePath
} from "./cli-2RXXFTVC.js";
import {
  FAILED
} from "./cli-EFWEXVQ6.js";
import {
  printable
} from "./cli-SAIMFLME.js";
import "./cli-TVQM3BCM.js";
import {
  readText
} from "./cli-N3CQUKAZ.js";
import {
  UserError
} from "./cli-RULA4YQZ.js";
import "./cli-FPE3P3E7.js";

// src/cli/program.ts
import { styleText } from "node:util";

// src/cli/examples.ts
function addExamples(command, examples) {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, says]) => `  $ ${line.padEnd(width)}  # ${says}`);
  return command.addHelpText("after", `
Examples:
${lines.join("\n")}`);
}

// src/cli/package-options.ts
function addPackageOptions(command) {
  return addNixOptions(
    command.argument(
      "[attribute]",
      "attribute of the derivation, or name of a package of the configuration (default: all packages of the configuration)"
    )
  ).option("--config <file>", 'configuration (default: ".github/uv-fod.toml" of the repository)');
}
function addReportOptions(command) {
  return command.option("--verbose", "show what the programs that run print", false).option("--json", "machine-readable", false);
}

// src/cli/check.ts
function registerCheck(program, io, effects) {
  const command = addReportOptions(addPackageOptions(program.command("check"))).description("find out whether a derivation is what its uv.lock asks for, and change nothing").action(
    (attribute, options) => runCheck({ ...options, attribute }, io, effects)
  );
  addExamples(command, [
    ["uv-fod check", "every package of the configuration; the exit is of the worst"],
    ["uv-fod check authentik-django", "one attribute of default.nix"],
    ["uv-fod check authentik-django --json", "the same for a program to read"]
  ]);
  command.addHelpText(
    "after",
    "\nExit codes: 0 current, 3 stale, 4 not reproducible, 5 cannot fetch, 6 does not build, 7 does not import."
  );
}
async function runCheck(options, io, effects) {
  const [{ withSession }, { checkPackages, worstOf }, { exitCodes }] = await Promise.all([
    import("./cli-WMAQF25K.js"),
    import("./cli-223RYDZJ.js"),
    import("./cli-SJN3R632.js")
  ]);
  await withSession(options, effects, async ({ parts, root, groups, whereIs }) => {
    const packages = groups.flatMap((group) => group.packages);
    const checks = await checkPackages(packages, root, whereIs, parts);
    const status = worstOf(checks);
    const [only] = checks;
    if (options.attribute !== void 0 && only?.error) throw only.error;
    const isOne = options.attribute !== void 0 && checks.length === 1;
    if (options.json) {
      const results = checks.map(asJson);
      io.stdout(`${JSON.stringify(isOne ? results[0] : { status, results }, null, 2)}
`);
    } else for (const check of checks) io.stdout(describe(check, isOne ? "" : `${check.name}: `, io));
    const hasFailed = status === void 0 || checks.some(({ error }) => error !== void 0);
    effects.exit(hasFailed ? FAILED : exitCodes[status]);
  });
}
function asJson({ name, checked, error }) {
  if (error) return { name, status: "error", error: error.code, message: error.message };
  const { edits: _, log: __, ...rest } = checked;
  return { name, ...rest };
}
function describe({ checked, error }, prefix, io) {
  if (error) return `${prefix}${io.paint("bad", "error")}: ${printable(error.message)}
`;
  const { status, message, patch, notChecked } = checked;
  const tone = status === "current" ? "good" : status === "stale" ? "warning" : "bad";
  const told = [`${prefix}${io.paint(tone, status)}: ${message}`, paintDiff(patch, io)];
  told.push(...notChecked.map((one) => io.paint("faint", `not checked: ${one}`)));
  return `${told.filter((part) => part !== "").join("\n")}
`;
}

// src/cli/table.ts
function formatTable(rows) {
  const widths = [];
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  return rows.map(
    (row) => row.map((cell, column) => column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd()
  ).map((line) => `${line}
`).join("");
}

// src/cli/diff.ts
function registerDiff(program, io) {
  const command = program.command("diff").description("say what changed between two locks").argument("<old>", "uv.lock before").argument("<new>", "uv.lock after").option("--python <version>", "CPython that wheels are chosen for (default: the newest the lock is for)").option("--json", "machine-readable", false).action((old, now, options) => runDiff(old, now, options, io));
  addExamples(command, [
    ["uv-fod diff old.lock uv.lock", "packages that came, went and changed"],
    ["uv-fod diff old.lock uv.lock --json", "the same for a program to read"]
  ]);
}
async function runDiff(old, now, options, io) {
  const [{ parseLock }, { diffLocks, parseTarget, SYSTEMS }] = await Promise.all([
    import("./cli-4COVLPZ4.js"),
    import("./cli-A7ORTPVG.js")
  ]);
  const load = async (file) => {
    const text = await readText(file);
    if (text === void 0)
      throw new UserError("lock-missing", `There is no file ${file}. Name two uv.lock files.`);
    return parseLock(text, file);
  };
  const { python } = options;
  const targets = python === void 0 ? void 0 : SYSTEMS.map((system) => parseTarget({ system, python }));
  const diff = diffLocks(await load(old), await load(now), targets);
  io.stdout(options.json ? `${JSON.stringify(diff, void 0, 2)}
` : describeDiff(diff));
}
function describeDiff(diff) {
  const rows = [
    ...diff.added.map((change) => ["added", ...describeChange(change)]),
    ...diff.removed.map((change) => ["removed", ...describeChange(change)]),
    ...diff.changed.map((change) => ["changed", ...describeChange(change)]),
    ...diff.hashOnly.map((change) => [
      "hash only",
      change.name,
      change.version ?? "-",
      change.relation,
      printable(`${change.filename}: ${change.before ?? "none"} → ${change.after ?? "none"}`)
    ])
  ];
  const totals = `${diff.added.length} added, ${diff.removed.length} removed, ${diff.changed.length} changed, ${diff.hashOnly.length} with another hash only`;
  return rows.length === 0 ? "No package changed.\n" : `${formatTable(rows)}
${totals}
`;
}
function describeChange(change) {
  const versions = [change.before, change.after].filter((side) => side.length > 0).map(describeVersions);
  return [change.name, printable([...new Set(versions)].join(" → ")), change.relation, describeForms(change)];
}
function describeVersions(side) {
  return side.map((entry) => [entry.version ?? "(dynamic)", entry.source].filter(Boolean).join(" ")).join(", ");
}
function describeForms(change) {
  const systems = Object.keys((change.after[0] ?? change.before[0])?.forms ?? {});
  return systems.map((system) => {
    const sides = [change.before, change.after].filter((side) => side.length > 0).map(
      (side) => [...new Set(side.map(({ forms }) => forms[system] ?? "none"))].join("/")
    );
    return `${system} ${[...new Set(sides)].join(" → ")}`;
  }).join(", ");
}

// src/cli/hash.ts
import { readFile } from "node:fs/promises";
import path from "node:path";

// src/cli/selection.ts
function addSelectionOptions(command) {
  return command.option("--project <dir>", "folder of the project or workspace member", ".").option("--lock <file>", "lock to read instead of the project's own").option("--package <name>", "workspace member instead of the folder’s project (repeatable)", collect, []).option("--all-packages", "every member of the workspace", false).option("--extra <name>", "extra of the project (repeatable)", collect, []).option("--group <name>", "dependency group (repeatable)", collect, []).option("--default-groups", "also the groups that uv sync installs by default", false);
}
var selectionOf = (options) => ({
  packages: options.package,
  allPackages: options.allPackages,
  extras: options.extra,
  groups: options.group,
  defaultGroups: options.defaultGroups
});
var collect = (value, previous) => [
  ...previous,
  value
];

// src/cli/hash.ts
function registerHash(program, io, effects) {
  const command = addSelectionOptions(program.command("hash")).description("compute the hash of a lock's fixed output, for one or several systems, without Nix").option("--build-lock <file>", "uv-fod.lock.json, whose target and systems are taken").option("--system <system>", "x86_64-linux or aarch64-linux (repeatable)", collect, []).option("--python <version>", "exact version of CPython, where no build lock says it", exactVersion).option("--libc <kind:version>", "as in fetchUvDeps", "glibc:2.39").option("--json", "machine-readable", false).action((options) => runHash(options, io, effects));
  addExamples(command, [
    ["uv-fod hash --build-lock uv-fod.lock.json", "for what the build lock was made for"],
    ["uv-fod hash --python 3.14.8", "where there is no build lock yet"],
    ["uv-fod hash --python 3.14.8 --system x86_64-linux --system aarch64-linux", "two systems in one pass"]
  ]);
}
async function runHash(options, io, effects) {
  const making = effects.native((message) => io.stderr(`uv-fod: warning: ${message}
`));
  making.catch(() => {
  });
  const [{ loadProject }, { parseTarget, planProject }, { hashNatively }] = await Promise.all([
    import("./cli-4COVLPZ4.js"),
    import("./cli-A7ORTPVG.js"),
    import("./cli-LSGDYFSI.js")
  ]);
  const { targets, recorded } = await targetsOf(options);
  const folder = path.resolve(options.project);
  const project = await loadProject(
    folder,
    readText,
    options.lock === void 0 ? {} : { lockFile: options.lock }
  );
  const systems = targets.map((target) => ({
    target,
    artifacts: planProject(project, parseTarget(target), target)
  }));
  const result = await hashNatively(systems, folder, await making);
  io.stdout(
    options.json ? `${JSON.stringify(asJson2(result, recorded), null, 2)}
` : describe2(result, recorded)
  );
}
async function targetsOf(options) {
  if (options.buildLock !== void 0) return targetsOfBuildLock(options.buildLock, options.system);
  const { python, libc } = options;
  if (python === void 0)
    throw new UserError(
      "target-missing",
      "The hash depends on the exact version of Python: give --python, or --build-lock for the target that it was made for."
    );
  const systems = options.system.length > 0 ? options.system : ["x86_64-linux"];
  const targets = [...new Set(systems)].map((system) => ({ system, python, libc, ...selectionOf(options) }));
  return { targets, recorded: /* @__PURE__ */ new Map() };
}
async function targetsOfBuildLock(file, wanted) {
  const { parseBuildLock } = await import("./cli-RTQRVJUQ.js");
  const text = await readFile(file, "utf8").catch((cause) => {
    throw new UserError("file-missing", `${file} can't be read; 'uv-fod update' makes it.`, { cause });
  });
  const { target, systems } = parseBuildLock(text, file);
  const known = Object.keys(systems);
  const names = wanted.length > 0 ? [...new Set(wanted)] : known;
  return {
    targets: names.map((system) => ({ ...target, system })),
    recorded: new Map(known.map((system) => [system, systems[system]?.hash ?? ""]))
  };
}
function asJson2({ hashes, downloaded }, recorded) {
  const systems = hashes.map((hash) => ({ ...hash, recorded: recorded.get(hash.system) ?? null }));
  return { systems, downloaded };
}
function describe2({ hashes }, recorded) {
  return hashes.map(({ system, hash }) => {
    const before = recorded.get(system);
    const note = before === void 0 || before === hash ? "" : `  (the build lock has ${before || "none"})`;
    return `${system}  ${hash}${note}
`;
  }).join("");
}
function exactVersion(text) {
  if (/^\d+\.\d+\.\d+\S*$/.test(text)) return text;
  throw new InvalidArgumentError("the exact version is needed, such as 3.14.8.");
}

// src/cli/init/init.ts
function registerInit(program, io, effects) {
  const command = addNixOptions(program.command("init")).description("look at this repository, and write .github/uv-fod.toml and a workflow").argument(
    "[attribute]",
    "attribute of the derivation (default: all that are found by evaluation)",
    attributePath
  ).addOption(new Option("--use <use>", "what the workflow is for").choices(Object.keys(uses))).addOption(
    new Option("--forge <forge>", "what the repository lives on (default: what it looks like)").choices(
      Object.keys(workflowFolders)
    )
  ).option(
    "--action <owner/name@commit>",
    "where the Action is, and the commit of it that you reviewed",
    actionAt
  ).option("--yes", "ask nothing", false).option("--force", "overwrite what is there", false).option("--dry-run", "show what would be written as a diff, and write nothing", false).option("--verbose", "show what the programs that run print", false).option("--json", "machine-readable; asks nothing", false).action(
    (attribute, options) => import("./cli-KZMX7ITL.js").then(({ runInit }) => runInit({ ...options, attribute }, io, effects))
  );
  addExamples(command, [
    ["uv-fod init --dry-run", "what it finds and would write"],
    ["uv-fod init --yes", "the step on a version bump, for all that is found"],
    ["uv-fod init authentik-django --use check --yes", "the status check, for one attribute"],
    ["uv-fod init --forge forgejo --dry-run", "the same in .forgejo/workflows"]
  ]);
}
function attributePath(text) {
  if (isAttributePath(text) && !text.startsWith(".")) return text;
  throw new InvalidArgumentError(
    "an attribute path is needed, such as authentik-django or packages.backend."
  );
}
function actionAt(text) {
  if (/^[A-Za-z0-9][\w-]*\/[\w.-]+@[0-9a-f]{40}$/.test(text)) return text;
  throw new InvalidArgumentError(
    "owner/name@ and a whole commit of 40 digits are needed: a tag can be moved."
  );
}

// src/cli/plan.ts
import path2 from "node:path";
function registerPlan(program, io) {
  const command = addSelectionOptions(program.command("plan")).description("list the artifacts that a uv.lock means for a target").option("--python <version>", "CPython, 3.14 (that is 3.14.0) or exact", "3.14").addOption(
    new Option("--system <system>", "system that is installed for").choices(["x86_64-linux", "aarch64-linux", "x86_64-darwin", "aarch64-darwin"]).default("x86_64-linux")
  ).option("--libc <kind:version>", "glibc:2.39, musl:1.2 or macos:14.0 (default: glibc:2.39; macos:14.0)").option("--json", "machine-readable", false).action((options) => runPlan(options, io));
  addExamples(command, [
    ["uv-fod plan", "of the project in this folder, for Python 3.14 on x86_64-linux"],
    ["uv-fod plan --system aarch64-linux --python 3.14.8", "for another system, and an exact Python"],
    ["uv-fod plan --default-groups --json", "with the groups that uv sync installs, for a program to read"]
  ]);
}
async function runPlan(options, io) {
  const [{ loadProject }, { parseTarget, planProject, planWarnings }] = await Promise.all([
    import("./cli-4COVLPZ4.js"),
    import("./cli-A7ORTPVG.js")
  ]);
  const target = parseTarget(options);
  const lock = options.lock === void 0 ? {} : { lockFile: options.lock };
  const project = await loadProject(path2.resolve(options.project), readText, lock);
  const selection = selectionOf(options);
  const artifacts = planProject(project, target, selection);
  for (const warning of planWarnings(project, target, selection)) io.stderr(`uv-fod: warning: ${warning}
`);
  io.stdout(options.json ? `${JSON.stringify({ artifacts }, void 0, 2)}
` : describePlan(artifacts, io));
}
function describePlan(artifacts, io) {
  const header = ["NAME", "VERSION", "KIND", "SIZE", "ARTIFACT"];
  const rows = artifacts.map((artifact) => [
    artifact.name,
    artifact.version ?? "-",
    artifact.kind,
    artifact.size === void 0 ? "-" : megabytes(artifact.size),
    printable(what(artifact))
  ]);
  const count = (kind, one, many) => {
    const found = artifacts.filter((artifact) => artifact.kind === kind).length;
    return `${found} ${found === 1 ? one : many}`;
  };
  const bytes = artifacts.reduce((sum, artifact) => sum + (artifact.size ?? 0), 0);
  const unknown = artifacts.filter(
    ({ kind, size }) => (kind === "wheel" || kind === "sdist") && size === void 0
  ).length;
  const note = unknown === 0 ? "" : ` and ${unknown} of unknown size`;
  const totals = [
    count("wheel", "wheel", "wheels"),
    count("sdist", "sdist", "sdists"),
    `${artifacts.filter(({ kind }) => kind === "git").length} git`,
    count("directory", "directory", "directories"),
    `${megabytes(bytes)}${note}`
  ];
  const [first = "", ...lines] = formatTable([header, ...rows]).split("\n");
  return `${[io.paint("heading", first), ...lines].join("\n")}
${totals.join(", ")}
`;
}
function what(artifact) {
  if (artifact.kind === "git") return `${artifact.url ?? ""}@${artifact.commit ?? ""}`;
  return artifact.filename ?? artifact.path ?? artifact.url ?? "";
}
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

// src/cli/told.ts
import path3 from "node:path";
function updateJson(done, { attribute, dryRun: dryRun2 }) {
  const packages = done.flatMap(({ refreshed }) => refreshed.map(packageJson));
  const [only] = packages;
  const patch = dryRun2 ? { patch: done.map((one) => one.patch).join("") } : {};
  const changed = packages.some((one) => one.changed);
  const isOne = attribute !== void 0 && packages.length === 1;
  return `${JSON.stringify(isOne ? { ...only, ...patch } : { changed, packages, ...patch }, null, 2)}
`;
}
function packageJson({ config, bump, update, edits }) {
  const { hashes, out, imported, isCached, stages, pinned } = update;
  return {
    name: config.name,
    changed: edits.length > 0,
    version: { before: bump?.before ?? pinned.version, after: bump?.after ?? pinned.version },
    outputs: (bump?.hashes ?? []).map(({ attribute, after }) => ({ attribute, hash: after })),
    hashes,
    files: edits.map(({ file }) => file),
    ...{ out, imported, isCached, stages }
  };
}
function describeUpdate(done, { dryRun: dryRun2 }, { checkout }, io) {
  const all = done.flatMap(({ refreshed }) => refreshed);
  const lines = all.flatMap((one) => describe3(one, all.length > 1 ? `${one.config.name}: ` : "", io));
  const names = new Set(all.flatMap(({ edits }) => edits.map(({ file }) => file)));
  for (const file of names)
    lines.push(
      `${dryRun2 ? "would change" : "changed"} ${path3.relative(".", path3.resolve(checkout.root, file))}`
    );
  const patch = dryRun2 ? paintDiff(done.map((one) => one.patch).join(""), io) : "";
  return `${lines.join("\n")}
${patch}`;
}
function describe3({ bump, edits, update: { hashes, out, imported } }, prefix, io) {
  if (edits.length === 0)
    return [`${prefix}${io.paint("good", "Nothing to do")}: hash and build lock are what uv.lock asks for.`];
  const lines = bump && bump.before !== bump.after ? [`${bump.before} → ${io.paint("good", bump.after)}`] : [];
  lines.push(...(bump?.hashes ?? []).map(({ attribute, after }) => `${attribute}: ${after}`));
  lines.push(
    ...hashes.map(
      ({ system, before, after }) => before === after ? `${system}: ${after}, as before` : `${system}: ${before || "(none)"} → ${io.paint("good", after)}`
    )
  );
  if (out !== void 0) lines.push(`built ${out}`);
  lines.push(...imported.map(({ module, file }) => `imported ${module} from ${file}`));
  return lines.map((line) => `${prefix}${line}`);
}

// src/cli/update.ts
var dryRun = () => new Option("--dry-run", "show what would change as a diff, and change nothing").default(false);
function registerUpdate(program, io, effects) {
  const command = addReportOptions(addPackageOptions(program.command("update"))).description("bring a derivation's hash and build lock up to its uv.lock, then build and import it").addOption(
    new Option(
      "--version <version>",
      "go to this version: wherever it stands, with the hashes that follow from it"
    ).conflicts("findReleases")
  ).option("--find-releases", "look for newer releases, as the configuration says, and go to them", false).option("--compare-with <commit>", "commit whose uv.lock the log compares with", "HEAD").option("--verify", "build the derivation and import it before anything is kept (default)", true).option("--no-verify", "do not build the derivation").option(
    "--skip-second-derivation",
    "believe the hash of Nix's own build, and do not compute it without Nix as well",
    false
  ).addOption(
    new Option("--cache-to <address>", "copy what was built and imported to this binary cache").argParser(cacheAddress).conflicts("dryRun")
  ).addOption(dryRun()).action(
    (attribute, options) => runUpdate({ ...options, attribute }, io, effects)
  );
  addExamples(command, [
    ["uv-fod update authentik-django", "one attribute of default.nix"],
    ["uv-fod update", "every package of the configuration"],
    ["uv-fod update authentik-django --version 2026.2.1", "to another version, with its source"],
    ["uv-fod update authentik-django --dry-run", "only the diff"],
    ["uv-fod update default --flake .", "an attribute of a flake"]
  ]);
}
function registerLock(program, io, effects) {
  const rest = {
    ...{ verify: false, skipSecondDerivation: false, findReleases: false, lockOnly: true },
    compareWith: "HEAD"
  };
  const command = addReportOptions(addPackageOptions(program.command("lock"))).description(
    "renew the build lock: what has to be built, with its build requirements pinned; hashes stay as they are"
  ).addOption(dryRun()).action(
    (attribute, options) => runUpdate({ ...options, ...rest, attribute }, io, effects)
  );
  addExamples(command, [
    ["uv-fod lock authentik-django", "of one attribute of default.nix"],
    ["uv-fod lock authentik-django --dry-run", "only the diff"]
  ]);
}
var nothingToCopy = () => new UserError(
  "input-invalid",
  "Only what was built and imported is copied to a cache; leave out --no-verify or --cache-to."
);
function cacheAddress(text) {
  if (isCacheAddress(text)) return text;
  throw new InvalidArgumentError(`It takes ${cacheText}.`);
}
async function runUpdate(options, io, effects) {
  if (options.cacheTo !== void 0 && !options.verify) throw nothingToCopy();
  const { withSession } = await import("./cli-WMAQF25K.js");
  await withSession(options, effects, async (session) => {
    const count = session.groups.reduce((sum, { packages }) => sum + packages.length, 0);
    if (options.version !== void 0 && count !== 1) throw oneVersion(count);
    const done = [];
    try {
      for (const group of session.groups) done.push(await refreshOne(group, options, session, effects));
    } finally {
      const told = options.json ? updateJson(done, options) : describeUpdate(done, options, session, io);
      if (done.length > 0) io.stdout(told);
    }
  });
}
async function refreshOne({ packages }, options, { parts, checkout, root, configFile, config, whereIs }, effects) {
  const [{ refreshGroup }, { refreshPackage }, { chooseIndex }, { patchText }] = await Promise.all([
    import("./cli-5ISW2PM4.js"),
    import("./cli-PRV3M2OE.js"),
    import("./cli-2ESTW7BF.js"),
    import("./cli-FETX2IJQ.js")
  ]);
  const found = await effects.finders(parts);
  const finders = { ...found, index: chooseIndex(config?.index, found.index) };
  const { version, verify, skipSecondDerivation, findReleases, cacheTo, lockOnly = false } = options;
  const { refreshed, edits, undo, keep } = await refreshGroup(
    packages,
    await parts.journal(checkout.root, checkout.journal),
    parts,
    async (one, journaled) => refreshPackage(
      {
        // An attribute that nobody configured has its source's hash made again when its version is changed.
        config: version === void 0 || config ? one : { ...one, hasSource: true },
        ...{ configFile, checkout, where: await whereIs(one), before: options.compareWith },
        ...{ findReleases, verify, skipSecondDerivation, lockOnly, refreshOutputs: !lockOnly },
        compares: checkout.head !== "" && !lockOnly,
        ...version === void 0 ? {} : { version },
        ...cacheTo === void 0 ? {} : { cacheTo }
      },
      journaled,
      finders
    )
  );
  await (options.dryRun ? undo() : keep());
  return { refreshed, patch: patchText(edits, root) };
}
var oneVersion = (count) => new UserError(
  "version-of-several",
  `--version goes with one package, and this is about ${count}. Name the one, as in 'uv-fod update authentik-django --version 2026.2.1'.`
);

// src/cli/program.ts
var bold = (text) => styleText("bold", text, { validateStream: false });
function describeOption(option) {
  const value = option.defaultValue;
  const saysNothing = typeof value === "boolean" || Array.isArray(value) && value.length === 0;
  const shown = saysNothing ? Object.create(option, { defaultValue: { value: void 0 } }) : option;
  return new Help().optionDescription(shown);
}
var completion = "Completion in bash (zsh, fish and powershell likewise): source <(uv-fod complete bash)";
var isUsage = (error) => error instanceof CommanderError;
function makeProgram(io, effects) {
  const program = new Command("uv-fod").description("keeps Nix fixed-output derivations of a uv.lock current").enablePositionalOptions().exitOverride().configureOutput({ writeOut: io.stdout, writeErr: io.stderr }).configureHelp({ styleTitle: bold, styleCommandText: bold, optionDescription: describeOption }).addHelpText("after", `
${completion}`);
  registerPlan(program, io);
  registerDiff(program, io);
  registerLock(program, io, effects);
  registerHash(program, io, effects);
  registerCheck(program, io, effects);
  registerUpdate(program, io, effects);
  registerInit(program, io, effects);
  return program;
}
export {
  isUsage,
  makeProgram
};
