import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  openCheckout
} from "./cli-2KK763IQ.js";
import {
  nixRoot
} from "./cli-N72MDJRH.js";
import {
  whereFrom,
  whereOf
} from "./cli-V4KKH4VT.js";
import {
  noOptions,
  proposals
} from "./cli-EU54LM3O.js";
import {
  readText
} from "./cli-N3CQUKAZ.js";
import {
  UserError
} from "./cli-RULA4YQZ.js";

// src/cli/session.ts
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

// src/config/plain.ts
function plainPackage(attribute, nix) {
  return {
    ...{ name: attribute, attribute, nix },
    ...{ releases: void 0, versionFiles: [], sourceHash: void 0, hasSource: false, also: [] },
    ...{ group: void 0, pullRequest: noOptions }
  };
}

// src/cli/session.ts
async function withSession(options, effects, body) {
  const scratch = await mkdtemp(path.join(tmpdir(), "uv-fod-"));
  try {
    const allowed = async (run) => (await findConfig(options.config, run)).config?.allowedHosts;
    const parts = await effects.parts(scratch, options.verbose, allowed);
    return await body(await openSession(options, parts));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
async function openSession(options, parts) {
  const { attribute } = options;
  const { file: configFile, config } = await findConfig(options.config, parts.run);
  const checkout = await openHere(parts.run);
  const common = { parts, checkout, configFile };
  const isInConfig = options.file ?? options.flake ?? options.expression;
  const known = isInConfig === void 0 ? config?.packages ?? [] : [];
  const named = known.filter(({ name, attribute: path2 }) => attribute === name || attribute === path2);
  if (attribute === void 0 || named.length > 0) {
    if (config === void 0) throw noConfig(configFile);
    const packages = attribute === void 0 ? config.packages : named;
    const whereIs = async (one) => whereOf(one.nix, one.attribute, checkout.root, configFile);
    return { ...common, root: checkout.root, config, groups: proposals({ packages }), whereIs };
  }
  const nix = nixRoot(options);
  return {
    ...common,
    root: process.cwd(),
    config: void 0,
    groups: proposals({ packages: [plainPackage(attribute, nix)] }),
    whereIs: () => whereFrom(process.cwd(), nix, attribute, parts.run)
  };
}
async function findConfig(given, run) {
  const top = given === void 0 ? await topFolder(run) : void 0;
  const file = path.resolve(given ?? path.join(top ?? ".", ".github/uv-fod.toml"));
  const text = await readText(file);
  if (text === void 0 && given !== void 0) throw noConfig(file);
  if (text === void 0) return { file, config: void 0 };
  const { parseConfig } = await import("./cli-TATPPRDC.js");
  return { file, config: parseConfig(text, path.relative(".", file)) };
}
async function topFolder(run) {
  const { code, stdout } = await run("git", ["rev-parse", "--show-toplevel"]);
  return code === 0 ? stdout.trimEnd() : void 0;
}
async function openHere(run) {
  try {
    return await openCheckout(process.cwd(), run);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return {
      root: await topFolder(run) ?? process.cwd(),
      head: "",
      journal: void 0,
      textAt: async () => void 0
    };
  }
}
var noConfig = (file) => new UserError(
  "config-missing",
  `There is no configuration ${path.relative(".", file)}. Name an attribute, as in 'uv-fod check authentik-django', or write a configuration with 'uv-fod init'.`
);

export {
  withSession
};
