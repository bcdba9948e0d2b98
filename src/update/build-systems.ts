import type { Confirmation } from '../build-lock/confirm.ts';
import type { PackageConfig } from '../config/types.ts';
import { build } from '../nix/build.ts';
import { copyToCache } from '../nix/copy-to-cache.ts';
import { evaluate, type Pinned } from '../nix/evaluate.ts';
import { checkImports, type Imported } from '../nix/import-check/import-check.ts';
import { hasBuilder } from '../nix/no-builder.ts';
import type { DerivationRef } from '../nix/target.ts';
import type { Check } from '../pull-request/report/types.ts';
import { UserError } from '../system/errors.ts';
import type { Project } from '../uv/lock/project.ts';
import type { Context } from './context.ts';
import type { ForeignHashes } from './foreign.ts';
import type { Options } from './options.ts';
import type { Stages } from './stages.ts';
import type { Update } from './update.ts';

/** A package to build and import. */
export interface BuiltPackage {
  readonly derivation: DerivationRef;
  readonly stages: Stages;
  /**
   * `imports` are the modules that the package names (`pythonImportsCheck`); `systems` are the
   * systems with a hash, if the dependencies come from fetchUvDeps.
   */
  readonly pinned: Pick<Pinned, 'imports' | 'system'> & Partial<Pick<Pinned, 'systems'>>;
  /** Systems that the package is not built for, because their hash is a placeholder. */
  readonly lacking?: readonly string[];
}

/** The result of building and importing for one system. */
export interface BuiltSystem {
  readonly system: string;
  /** Store path. */
  readonly out: string;
  readonly imported: readonly Imported[];
  /** `this machine`, and addresses of remote builders; empty if Nix did not have to build. */
  readonly machines: readonly string[];
}

/** The result of building and importing. */
export interface BuildOutcome {
  /** First the system that Nix builds for; empty if nothing was built. */
  readonly built: readonly BuiltSystem[];
  readonly unbuilt: readonly { readonly system: string; readonly why: string }[];
  /** Whether the outputs are in the cache; undefined if no cache is named, or nothing was built. */
  readonly isCached?: boolean;
  /** Failed verification of an update that is still proposed, as a draft. */
  readonly failed?: Check;
}

export const notBuilt: BuildOutcome = { built: [], unbuilt: [] };

/** @param several whether there are hashes for several systems */
export const builtLines = ({ built, unbuilt }: BuildOutcome, several: boolean): string[] => [
  ...built.flatMap(({ system, out, imported, machines }) => {
    const place = several ? ` for ${system} (${machines.join(', ') || 'built before'})` : '';
    return [`built ${out}${place}`, ...imported.map(({ module, file }) => `imported ${module} from ${file}`)];
  }),
  ...unbuilt.map(({ system, why }) => `not built for ${system}: ${why}`),
];

type Tools = Pick<Context, 'run' | 'log'>;

/**
 * Builds a derivation and imports its modules. Does the same for each other system that has a hash,
 * if this machine (`extra-platforms`) or a remote builder can build for it.
 * @throws UserError as `build` and `checkImports`
 */
export async function buildAndImport(
  of: BuiltPackage,
  config: PackageConfig,
  tools: Tools,
): Promise<BuildOutcome> {
  const { system: here, systems = [], imports } = of.pinned;
  const built = [await buildOne(of, of.derivation, imports, config, tools)];
  const unbuilt: BuildOutcome['unbuilt'][number][] = [];
  for (const { target } of systems) {
    if (target.system === here || of.lacking?.includes(target.system)) continue;
    const found = await buildOther(of, target.system, config, tools);
    if (typeof found === 'string') unbuilt.push({ system: target.system, why: found });
    else built.push(found);
  }
  return { built, unbuilt };
}

/** @returns the reason if it can't be built here */
async function buildOther(
  of: BuiltPackage,
  system: string,
  config: PackageConfig,
  tools: Tools,
): Promise<BuiltSystem | string> {
  const here = `Nix builds for ${of.pinned.system} here`;
  if (!(await hasBuilder(system, tools.run))) return here;
  const derivation = { ...of.derivation, system };
  try {
    const { system: found, imports } = await evaluate(derivation, tools);
    if (found === system) return await buildOne(of, derivation, imports, config, tools);
    return `the derivation is one for ${found}, whatever system Nix evaluates for`;
  } catch (error) {
    // A package that does not evaluate for a system does not support it.
    if (!(error instanceof UserError) || isFinding(error)) throw error;
    tools.log.info(error.message);
    return error.code === 'no-builder' ? here : `it does not evaluate (${error.code})`;
  }
}

/** Whether a package does not build or import. */
export const isFinding = (
  error: unknown,
): error is UserError & { readonly code: 'build-failed' | 'import-failed' } =>
  error instanceof UserError && ['build-failed', 'import-failed'].includes(error.code);

async function buildOne(
  { stages, pinned }: BuiltPackage,
  derivation: DerivationRef,
  imports: readonly string[],
  config: PackageConfig,
  tools: Tools,
): Promise<BuiltSystem> {
  const { system = pinned.system } = derivation;
  const isForeign = system !== pinned.system;
  const suffix = isForeign ? ` for ${system}` : '';
  const { out, machines } = await stages.run(`build${suffix}`, () => build(derivation, 'package', tools));
  const modules = config.imports ?? imports;
  const named = modules.length > 0 ? config.interpreter : undefined;
  const interpreter = named && (await build(derivation, 'selected', tools, { path: named })).out;
  const python = pinned.systems?.[0]?.target.python;
  const check = { out, python, system, isForeign, modules, interpreter };
  const result = await stages.run(`import check${suffix}`, () => checkImports(check, tools));
  const all = new Set([...machines, ...result.machines]);
  return { system, out, imported: result.imported, machines: [...all].sort() };
}

/**
 * Builds and imports an update, and copies it to the cache. With `draft = "unverified"`, an update
 * that does not build or import is still proposed, as a draft that reports the failure.
 */
export async function verifyUpdate(
  of: BuiltPackage,
  config: PackageConfig,
  { cacheTo }: Options,
  context: Pick<Context, 'run' | 'log' | 'cacheCredentials'>,
): Promise<BuildOutcome> {
  try {
    const done = await buildAndImport(of, config, context);
    if (cacheTo === undefined) return done;
    const cache = { address: cacheTo, credentials: context.cacheCredentials(cacheTo) };
    const outs = done.built.map(({ out }) => out);
    const isCached = await of.stages.run('copy', () => copyToCache(outs, cache, context));
    return { ...done, isCached };
  } catch (error) {
    if (!isFinding(error) || config.pullRequest.draft !== 'unverified') throw error;
    context.log.warning(
      `${error.message} It is proposed all the same, as a draft (\`draft\` is "unverified").`,
    );
    const name = error.code === 'build-failed' ? 'Build' : 'Import';
    return { ...notBuilt, failed: { name, result: 'failed', detail: error.message } };
  }
}

/** The result of updating a package's dependencies, its build and its import. */
export interface PackageUpdate
  extends BuildOutcome,
    Pick<Update, 'hashes' | 'edits' | 'lock' | 'states' | 'warnings' | 'notChecked' | 'stages'> {
  readonly pinned: Pick<Pinned, 'pname' | 'version' | 'system'>;
  /** Undefined without a uv.lock. */
  readonly project: Project | undefined;
  readonly confirmation: Pick<Confirmation, 'notVerified'>;
  /** Set if the dependencies do not come from fetchUvDeps. */
  readonly foreign?: ForeignHashes;
  /** Systems for which a hash of the package is a placeholder now. */
  readonly lacking: readonly string[];
}
