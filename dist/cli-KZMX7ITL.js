import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  exampleFor,
  paintDiff,
  seeForge,
  shadowed,
  usesOn,
  workflowFolders
} from "./cli-CV3GW5EL.js";
import {
  evaluateJson,
  failureText
} from "./cli-TUTISH7G.js";
import {
  patchText
} from "./cli-KIGNGTK6.js";
import {
  parseConfig
} from "./cli-FR4N3DAU.js";
import "./cli-Z3GSRBLK.js";
import "./cli-MTL7MHF3.js";
import {
  stringify
} from "./cli-6XMUJN7B.js";
import "./cli-7ZNRW3FN.js";
import {
  withSession
} from "./cli-YNZMUJEE.js";
import "./cli-2KK763IQ.js";
import {
  nixRoot
} from "./cli-N72MDJRH.js";
import {
  whereOf
} from "./cli-V4KKH4VT.js";
import "./cli-EU54LM3O.js";
import {
  isHubName,
  isRefName
} from "./cli-2RXXFTVC.js";
import "./cli-SAIMFLME.js";
import {
  noSuchProgram
} from "./cli-K5Q4PDHT.js";
import "./cli-L3R5K4AM.js";
import {
  readText
} from "./cli-N3CQUKAZ.js";
import "./cli-62WX6F5M.js";
import {
  UserError
} from "./cli-RULA4YQZ.js";
import "./cli-FPE3P3E7.js";

// src/cli/init/run.ts
import { mkdir, writeFile } from "node:fs/promises";
import path2 from "node:path";

// src/cli/init/attributes.ts
var find = `
    try = body: let tried = builtins.tryEval body; in if tried.success then tried.value else null;
    text = value: if builtins.isString value then builtins.unsafeDiscardStringContext value else null;
    # A whole nixpkgs is not searched, and no name that an attribute path would take for two.
    namesOf = set:
      let names = builtins.attrNames set; in
      if builtins.length names > 1000 then [ ] else builtins.filter (name: builtins.match "[^.]+" name != null) names;
    isDerivation = value: value.type or null == "derivation";
    isOurs = value: try (builtins.isAttrs value && isDerivation value && value ? uvDeps) == true;
    isSet = value: try (builtins.isAttrs value && ! isDerivation value) == true;
    tell = attribute: package: let src = package.src or { }; in {
      inherit attribute;
      version = package.version or "";
      systems = builtins.attrNames (package.uvDeps.systems or { });
      position = package.uvDeps.uvFod.position or null;
      owner = text (src.owner or null);
      repo = text (src.repo or null);
      tag = text (src.tag or src.rev or null);
    };
    oursIn = prefix: set:
      map (name: tell (prefix + name) set.\${name}) (builtins.filter (name: isOurs set.\${name}) (namesOf set));`;
var top = `let${find} in oursIn "" root`;
var below = (nix) => `let${find}
    sets = ${nix.kind === "flake" ? `flake.legacyPackages.\${own} or { } // flake.packages.\${own} or { }` : "root"};
  in
  builtins.concatMap (name: oursIn (name + ".") sets.\${name}) (builtins.filter (name: isSet sets.\${name}) (namesOf sets))`;
async function packagesOf(nix, root, run, log) {
  const name = nix.kind === "flake" ? "flake.nix" : "default.nix";
  const look = (title, body) => log.group(title, () => evaluateJson(whereOf(nix, "", root), body, run));
  const first = await look(`Attributes of ${name}`, top);
  if (!("value" in first)) {
    const why = first.code === noSuchProgram ? `There is no Nix here, so ${name} was not evaluated` : `${name} can't be evaluated (${failureText(first.stderr)})`;
    return { found: [], notes: [`${why}: name the attribute.`] };
  }
  const second = await look(`Attributes of the sets in ${name}`, below(nix));
  const all = [...first.value, ..."value" in second ? second.value : []];
  const notes = "value" in second ? [] : [`The sets in ${name} can't be looked through (${failureText(second.stderr)}): name what is there.`];
  return { found: all.map((raw) => packageOf(nix, raw)), notes };
}
function packageOf(nix, { attribute, version, systems, owner, repo, tag, position }) {
  return {
    ...{ attribute, nix, version, systems },
    source: owner && repo ? { owner, repo, tag: tagPattern(tag ?? "", version) } : void 0,
    hashAt: position ?? void 0
  };
}
function tagPattern(tag, version) {
  return version !== "" && tag.includes(version) ? tag.replace(version, "{version}") : "v{version}";
}
function eachHashOnce(found) {
  const taken = /* @__PURE__ */ new Set();
  const isNew = (key) => !taken.has(key) && taken.add(key) !== void 0;
  const isDefault = ({ attribute }) => /(?:^|\.)default$/.test(attribute);
  return [...found.filter((one) => !isDefault(one)), ...found.filter(isDefault)].filter(
    ({ attribute, hashAt }) => isNew(attribute) && (hashAt === void 0 || isNew(JSON.stringify(hashAt)))
  ).map(({ hashAt: _, ...one }) => one);
}

// src/cli/init/decide.ts
async function decide(facts, options, ask) {
  const packages = facts.packages.length > 0 || !ask ? facts.packages : [await askAttribute(ask)];
  if (packages.length === 0)
    throw new UserError(
      "attribute-unknown",
      "No attribute with uvDeps was found in default.nix or flake.nix at the top of this repository. Name one, as in 'uv-fod init authentik-django' (with --file, --flake or --expression where it is elsewhere); docs/nix.md says how to write the derivation."
    );
  const forge = options.forge ?? facts.seen.forge;
  const use = options.use ?? (ask ? await askUse(ask, forge) : "update");
  const decided = [];
  for (const one of packages) decided.push({ ...one, releases: await releasesOf(one, use, ask) });
  return { use, forge, packages: decided };
}
var described = {
  update: "a bump: uv.lock or a version changed, and the hash follows by pull request",
  updater: "the updater: looks for new releases once a day",
  check: "a status check: says on pull requests whether the hash is right",
  "two-jobs": "a bump in two jobs: no token beside builds"
};
var askUse = (ask, forge) => ask.choose(
  "What is the workflow for?",
  usesOn(forge).map((value) => ({ value, name: described[value] }))
);
async function askAttribute(ask) {
  const attribute = await ask.text("Attribute of the derivation in default.nix", "authentik-django");
  return {
    attribute,
    nix: { kind: "file", file: "default.nix" },
    version: "",
    systems: [],
    source: void 0
  };
}
async function releasesOf({ attribute, source }, use, ask) {
  if (source) return { github: `${source.owner}/${source.repo}`, tag: source.tag };
  if (use !== "updater" || !ask) return void 0;
  const github = await ask.text(
    `GitHub repository of the releases of ${attribute} (owner/name; empty for none)`,
    ""
  );
  if (!isHubName(github)) return void 0;
  return { github, tag: await ask.text("Form of its tags", "v{version}") };
}

// src/cli/init/files.ts
var configPath = ".github/uv-fod.toml";
function configText(packages) {
  const head = "# The configuration of the updater, .github/uv-fod.toml: two lines a package, and where its releases are.\n";
  return `${head}${packages.map(packageText).join("\n")}`;
}
function packageText({ attribute, nix, releases }) {
  const lines = ["[[package]]", stringify({ attribute }).trimEnd()];
  if (nix.kind === "flake") lines.push(`nix = { flake = ${quoted(nix.flake)} }`);
  else if (nix.kind === "expression") lines.push(`nix = { expression = ${quoted(nix.expression)} }`);
  else if (nix.file !== "default.nix") lines.push(`nix = { file = ${quoted(nix.file)} }`);
  if (releases)
    lines.push("", "[package.releases]", stringify({ github: releases.github, tag: releases.tag }).trimEnd());
  return `${lines.join("\n")}
`;
}
var quoted = (text) => stringify({ a: text }).trimEnd().slice("a = ".length);
function workflowOf(example, {
  forge,
  branch,
  action
}) {
  const name = /^# Copy to \.\w+\/workflows\/([\w-]+\.yml)/m.exec(example)?.[1];
  if (name === void 0) throw new Error("the example does not say where to copy it to");
  const text = example.replace(/^# Copy to [^\n]*\n(?:# [^\n]*\n)*/m, (comment) => seeAlso(comment)).replace(/^ *attribute: .*\n/gm, "").replace(/^ *with:\n(?= *(?:- |$|\n))|^ *with:\n$/gm, "").replace(/^( *branches: )\[main\]$/m, (_, key) => `${key}[${branchName(branch)}]`);
  const path3 = `${workflowFolders[forge]}/${name}`;
  return { path: path3, text: action === void 0 ? text : withAction(text, action) };
}
function withAction(text, action) {
  const [repository = "", commit = ""] = action.split("@");
  return text.replace(
    /^( *- uses: (?:https:\/\/github\.com\/)?)[\w-]+\/uv-fod@0{40}.*$/gm,
    (_, key) => `${key}${action}`
  ).replace(/[\w-]+\/uv-fod\/archive\/0{40}/g, () => `${repository}/archive/${commit}`);
}
function seeAlso(comment) {
  const page = /docs\/[\w-]+\.md(?=\n$)/.exec(comment)?.[0];
  return `# Written by \`uv-fod init\` from uv-fod's own example.${page ? ` What happens, from trigger to end: ${page} there.` : ""}
`;
}
function branchName(branch) {
  if (/^[A-Za-z_][\w./-]*$/.test(branch)) return branch;
  if (!isRefName(branch)) throw new Error(`not a branch: ${branch}`);
  return `'${branch.replaceAll("+", "\\+").replaceAll("'", "''")}'`;
}

// src/cli/init/look.ts
import path from "node:path";
async function lookAt(root, run, log) {
  const notes = [];
  const packages = [];
  for (const nix of await rootsOf(root)) {
    const looked = await packagesOf(nix, root, run, log);
    notes.push(...looked.notes);
    packages.push(...looked.found);
  }
  const [branch, locks, seen] = [
    await branchOf(root, run),
    await locksOf(root, run),
    await seeForge(root, run)
  ];
  return { root, branch, locks, packages, seen, notes };
}
async function rootsOf(root) {
  const has = async (file) => await readText(path.join(root, file)) !== void 0;
  return [
    ...await has("default.nix") ? [{ kind: "file", file: "default.nix" }] : [],
    ...await has("flake.nix") ? [{ kind: "flake", flake: "." }] : []
  ];
}
async function branchOf(root, run) {
  const git = (...args) => run("git", ["-C", root, ...args]);
  const remote = await git("symbolic-ref", "--short", "refs/remotes/origin/HEAD");
  if (remote.code === 0) return remote.stdout.trim().replace(/^origin\//, "");
  const here = await git("symbolic-ref", "--short", "HEAD");
  return here.code === 0 ? here.stdout.trim() : "main";
}
async function locksOf(root, run) {
  const flags = ["--cached", "--others", "--exclude-standard", "-z"];
  const listed = await run("git", ["-C", root, "ls-files", ...flags, "--", "uv.lock", "*/uv.lock"]);
  return [...new Set(listed.stdout.split("\0"))].filter((name) => name !== "").sort();
}

// src/cli/init/run.ts
async function runInit(options, io, effects) {
  await withSession(
    { verbose: options.verbose, attribute: options.attribute ?? "_" },
    effects,
    async (session) => {
      const { parts, checkout } = session;
      const { packages: found, ...facts } = await lookAt(checkout.root, parts.run, parts.log);
      const named = options.attribute === void 0 ? eachHashOnce(found) : [namedPackage(options, options.attribute, found, checkout.root)];
      for (const note of options.attribute === void 0 ? facts.notes : [])
        io.stderr(`uv-fod: warning: ${note}
`);
      const ask = options.yes || options.json ? void 0 : await effects.ask?.();
      const decided = await decide({ ...facts, packages: named }, options, ask);
      const { use, forge } = decided;
      const lost = shadowed(forge, facts.seen);
      if (lost !== void 0) io.stderr(`uv-fod: warning: ${lost}
`);
      const example = await effects.example(exampleFor(forge, use));
      const workflow = workflowOf(example, { forge, branch: facts.branch, action: options.action });
      const config = { path: configPath, text: configText(decided.packages) };
      parseConfig(config.text, configPath);
      const plan = await planFiles([config, workflow], checkout.root, options.force);
      if (!options.dryRun) await writeAll(plan.write, checkout.root);
      const told = { ...decided, ...plan, locks: facts.locks, dryRun: options.dryRun };
      io.stdout(options.json ? `${JSON.stringify(told, null, 2)}
` : describe(told, options, io));
    }
  );
}
function namedPackage(options, attribute, found, root) {
  const isRooted = options.file ?? options.flake ?? options.expression;
  const [known] = isRooted === void 0 ? eachHashOnce(found.filter((one) => one.attribute === attribute)) : [];
  return known ?? { attribute, nix: fromTop(nixRoot(options), root), version: "", systems: [], source: void 0 };
}
function fromTop(nix, root) {
  if (nix.kind === "file") return { kind: "file", file: path2.relative(root, path2.resolve(nix.file)) };
  if (nix.kind === "flake")
    return { kind: "flake", flake: path2.relative(root, path2.resolve(nix.flake)) || "." };
  return nix;
}
async function planFiles(files, root, force) {
  const read = await Promise.all(
    files.map(async (file) => ({ ...file, before: await readText(path2.join(root, file.path)) }))
  );
  const kept = read.filter(
    ({ path: name, before, text }) => before === text || !force && before !== void 0 && name === configPath
  );
  const write = read.filter((file) => !kept.includes(file));
  const taken = write.filter(({ before }) => before !== void 0);
  if (taken.length > 0 && !force)
    throw new UserError(
      "file-exists",
      `${taken.map(({ path: name }) => name).join(" and ")} is there already and has another text, so nothing was written. Look with --dry-run --force what would change, overwrite it with --force, or choose another --use.`
    );
  return { write, kept: kept.map(({ path: name }) => name) };
}
async function writeAll(files, root) {
  for (const { path: name, text } of files) {
    const file = path2.join(root, name);
    await mkdir(path2.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
function describe({
  write,
  kept,
  packages,
  use,
  locks,
  dryRun
}, { action }, io) {
  const lines = packages.map(
    ({ attribute, systems }) => `${io.paint("heading", attribute)}${systems.length > 0 ? ` for ${systems.join(" and ")}` : ""}`
  );
  lines.push(
    locks.length > 0 ? `locks: ${locks.join(", ")}` : "no uv.lock in the repository: it is in a fetched source, or `uv lock` makes it"
  );
  lines.push(...kept.map((name) => `kept ${name}`));
  if (dryRun) {
    lines.push(...write.map(({ path: name }) => `would write ${name}`));
    const edits = write.map(({ path: name, before, text }) => ({
      file: path2.join("/", name),
      before,
      after: text
    }));
    return `${lines.join("\n")}
${paintDiff(patchText(edits, "/"), io)}`;
  }
  lines.push(...write.map(({ path: name }) => `wrote ${io.paint("good", name)}`), "", "Next:");
  const steps = [
    ...action === void 0 ? ["put the commit of uv-fod that you reviewed in the workflow (or give --action)"] : [],
    ...use === "updater" && packages.some(({ releases }) => !releases) ? [`say in ${configPath} where the releases are (docs/configuration.md)`] : [],
    "`uv-fod update`, which fills in the hashes and writes the build lock",
    "commit all of it, and push"
  ];
  return `${[...lines, ...steps.map((step, index) => `  ${index + 1}. ${step}`)].join("\n")}
`;
}
export {
  runInit
};
