import type { Confirmation } from '../build-lock/confirm.ts';
import type { PackageConfig } from '../config/types.ts';
import { build, buildInterpreter } from '../nix/build.ts';
import { copyToCache } from '../nix/copy-to-cache.ts';
import { evaluate, type Pinned } from '../nix/evaluate.ts';
import { checkImports, type Imported } from '../nix/import-check/import-check.ts';
import { thisMachine } from '../nix/nix-build.ts';
import { hasBuilder } from '../nix/no-builder.ts';
import type { DerivationRef } from '../nix/target.ts';
import type { Check } from '../pull-request/report/types.ts';
import { UserError } from '../system/errors.ts';
import type { Project } from '../uv/lock/project.ts';
import type { ForeignHashes } from './foreign.ts';
import type { Options } from './options.ts';
import type { Plan } from './plan.ts';
import type { Stages } from './stages.ts';
import type { Context } from './types.ts';
import type { Update } from './update.ts';

/** What is built and imported. */
export interface BuiltPackage {
  readonly derivation: DerivationRef;
  readonly stages: Stages;
  /** Modules that the derivation names (`pythonImportsCheck`). */
  readonly imports: readonly string[];
  readonly system: string;
  /** Other systems that have a hash. */
  readonly others?: readonly string[];
  /** `3.14` or `3.14.8`; undefined if it is not declared. */
  readonly python?: string | undefined;
}

export const builtOf = ({ derivation, stages, pinned }: Plan): BuiltPackage => ({
  ...{ derivation, stages, imports: pinned.imports, system: pinned.system },
  others: pinned.systems.map(({ target }) => target.system).filter((system) => system !== pinned.system),
  python: pinned.systems[0]?.target.python,
});

/** How the configuration wants a package to be imported. */
export type ImportOptions = Pick<PackageConfig, 'imports' | 'interpreter'>;

/** What was built and imported for a system, and where. */
export interface BuiltSystem {
  /** Store path. */
  readonly out: string;
  readonly imported: readonly Imported[];
  /** `this machine`, and addresses of remote builders; none if Nix had all of it. */
  readonly machines: readonly string[];
}

export interface OtherSystems {
  readonly others: readonly (BuiltSystem & { readonly system: string })[];
  readonly unbuilt: readonly UnbuiltSystem[];
}

interface UnbuiltSystem {
  readonly system: string;
  readonly why: string;
}

type Outcome = Omit<BuiltSystem, 'out'> & OtherSystems & { readonly out: string | undefined };

/** What was built, the system first that Nix builds for; empty if nothing was. */
export function allBuilt(
  system: string,
  { out, imported, machines, others }: Outcome,
): OtherSystems['others'] {
  return out === undefined ? [] : [{ system, out, imported, machines }, ...others];
}

/** @param several whether there are hashes for several systems */
export const builtLines = (own: string, outcome: Outcome, several: boolean): string[] => [
  ...allBuilt(own, outcome).flatMap(({ system, out, imported, machines }) => {
    const place = several ? ` for ${system} (${machines.join(', ') || 'built before'})` : '';
    return [`built ${out}${place}`, ...imported.map(({ module, file }) => `imported ${module} from ${file}`)];
  }),
  ...outcome.unbuilt.map(({ system, why }) => `not built for ${system}: ${why}`),
];

type Tools = Pick<Context, 'run' | 'log'>;

/** For people: a system, and the machines that built for it if they are other ones. */
export const systemAndPlace = (system: string, machines: readonly string[]): string =>
  machines.some((one) => one !== thisMachine) ? `${system} (${machines.join(', ')})` : system;

/**
 * Builds a derivation and imports it; for each other system that has a hash as well, if Nix has a
 * machine for it: this one (`extra-platforms`) or a remote builder.
 * @throws UserError those of `build` and `checkImports`
 */
export async function buildAndImport(
  built: BuiltPackage,
  config: ImportOptions,
  tools: Tools,
): Promise<BuiltSystem & OtherSystems> {
  const own = await buildOne(built, config, tools);
  const others: OtherSystems['others'][number][] = [];
  const unbuilt: UnbuiltSystem[] = [];
  for (const system of built.others ?? []) {
    const found = await buildOther(built, system, config, tools);
    if ('why' in found) unbuilt.push({ system, ...found });
    else others.push({ system, ...found });
  }
  return { ...own, others, unbuilt };
}

async function buildOther(
  built: BuiltPackage,
  system: string,
  config: ImportOptions,
  tools: Tools,
): Promise<BuiltSystem | { readonly why: string }> {
  const here = `Nix builds for ${built.system} here`;
  if (!(await hasBuilder(system, tools.run))) return { why: here };
  const derivation = { ...built.derivation, system };
  try {
    const { system: found, imports } = await evaluate(derivation, tools.run, tools.log);
    if (found === system) return await buildOne({ ...built, derivation, imports }, config, tools);
    return { why: `the derivation is one for ${found}, whatever system Nix evaluates for` };
  } catch (error) {
    // A package that does not evaluate for a system was not made for it.
    const isLacking = error instanceof UserError && !['build-failed', 'import-failed'].includes(error.code);
    if (!isLacking) throw error;
    tools.log.info(error.message);
    return { why: error.code === 'no-builder' ? here : `it does not evaluate (${error.code})` };
  }
}

async function buildOne(
  { derivation, stages, imports, system: here, python }: BuiltPackage,
  config: ImportOptions,
  { run, log }: Tools,
): Promise<BuiltSystem> {
  const { system = here } = derivation;
  const suffix = system === here ? '' : ` for ${system}`;
  const { out, machines } = await stages.run(`build${suffix}`, () => build(derivation, run, log));
  const modules = config.imports ?? imports;
  const named = modules.length > 0 ? config.interpreter : undefined;
  const interpreter = named && (await buildInterpreter(derivation, named, run, log));
  const check = { out, python, system, isForeign: system !== here, modules, interpreter };
  const result = await stages.run(`import check${suffix}`, () => checkImports(check, run, log));
  const all = new Set([...machines, ...result.machines]);
  return { out, imported: result.imported, machines: [...all].sort() };
}

/** What came of building and importing an update. */
export interface BuildOutcome extends Omit<BuiltSystem, 'out'>, OtherSystems {
  /** Store path; undefined if it was not built. */
  readonly out: string | undefined;
  /** Whether the output is in the cache; undefined if no cache is named, or nothing was built. */
  readonly isCached?: boolean;
  /** Verification that failed, and is to be proposed as a draft all the same. */
  readonly failed: Check | undefined;
}

export const notBuilt: BuildOutcome = {
  ...{ out: undefined, imported: [], machines: [], others: [], unbuilt: [], failed: undefined },
};

export type VerifiedConfig = Pick<PackageConfig, 'pullRequest'> & ImportOptions;

/**
 * Builds and imports an update, and copies it to the cache. With `draft = "unverified"` one that
 * does not build or import is proposed all the same, as a draft that says so.
 */
export async function verifyUpdate(
  built: BuiltPackage,
  config: VerifiedConfig,
  { cacheTo }: Options,
  context: Pick<Context, 'run' | 'log' | 'cacheCredentials'>,
): Promise<BuildOutcome> {
  const { run, log } = context;
  try {
    const done = await buildAndImport(built, config, context);
    if (cacheTo === undefined) return { ...done, failed: undefined };
    const cache = { address: cacheTo, credentials: context.cacheCredentials(cacheTo) };
    const outs = [done, ...done.others].map(({ out }) => out);
    const isCached = await built.stages.run('copy', () => copyToCache(outs, cache, run, log));
    return { ...done, isCached, failed: undefined };
  } catch (error) {
    const isFinding = error instanceof UserError && ['build-failed', 'import-failed'].includes(error.code);
    if (!isFinding || config.pullRequest.draft !== 'unverified') throw error;
    log.warning(`${error.message} It is proposed all the same, as a draft (\`draft\` is "unverified").`);
    const name = error.code === 'build-failed' ? 'Build' : 'Import';
    return { ...notBuilt, failed: { name, result: 'failed', detail: error.message } };
  }
}

/** What came of a package's dependencies, its build and its import. */
export interface PackageUpdate
  extends BuildOutcome,
    Pick<Update, 'hashes' | 'edits' | 'lock' | 'states' | 'warnings' | 'notChecked' | 'stages'> {
  readonly pinned: Pick<Pinned, 'pname' | 'version' | 'system'>;
  /** Undefined without a uv.lock. */
  readonly project: Project | undefined;
  readonly confirmation: Pick<Confirmation, 'notVerified'>;
  /** Set if the dependencies are not fetchUvDeps'. */
  readonly foreign?: ForeignHashes;
}
