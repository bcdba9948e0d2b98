import type { PackageConfig } from '../config/types.ts';
import { build, buildInterpreter } from '../nix/build.ts';
import { copyToCache } from '../nix/copy-to-cache.ts';
import { checkImports, type Imported } from '../nix/import-check/import-check.ts';
import type { DerivationRef } from '../nix/target.ts';
import type { Check } from '../pull-request/report/types.ts';
import { UserError } from '../system/errors.ts';
import type { Options } from './options.ts';
import type { Plan } from './plan.ts';
import type { Stages } from './stages.ts';
import type { Context } from './types.ts';

/** What came of building and importing an update. */
export interface BuildOutcome {
  /** Store path; undefined if it was not built. */
  readonly out: string | undefined;
  readonly imported: readonly Imported[];
  /** Whether the output is in the cache; undefined if no cache is named, or nothing was built. */
  readonly isCached?: boolean;
  /** Verification that failed, and is to be proposed as a draft all the same. */
  readonly failed: Check | undefined;
}

export const notBuilt: BuildOutcome = { out: undefined, imported: [], failed: undefined };

/** What is built and imported. */
export interface BuiltPackage {
  readonly derivation: DerivationRef;
  readonly stages: Stages;
  /** Modules that the derivation names (`pythonImportsCheck`). */
  readonly imports: readonly string[];
  readonly system: string;
  /** `3.14` or `3.14.8`; undefined if it is not declared. */
  readonly python?: string | undefined;
}

export const builtOf = ({ derivation, stages, pinned }: Plan): BuiltPackage => ({
  ...{ derivation, stages, imports: pinned.imports, system: pinned.system },
  python: pinned.systems[0]?.target.python,
});

/** How the configuration wants a package to be imported. */
type ImportOptions = Pick<PackageConfig, 'imports' | 'interpreter'>;

export type VerifiedConfig = Pick<PackageConfig, 'pullRequest'> & ImportOptions;

/**
 * Builds a derivation and imports it.
 * @throws UserError those of `build` and `checkImports`
 */
export async function buildAndImport(
  { derivation, stages, imports, system, python }: BuiltPackage,
  config: ImportOptions,
  { run, log }: Pick<Context, 'run' | 'log'>,
): Promise<{ readonly out: string; readonly imported: readonly Imported[] }> {
  const out = await stages.run('build', () => build(derivation, run, log));
  const modules = config.imports ?? imports;
  const named = modules.length > 0 ? config.interpreter : undefined;
  const interpreter = named && (await buildInterpreter(derivation, named, run, log));
  const check = { out, python, system, modules, interpreter };
  return { out, imported: await stages.run('import check', () => checkImports(check, run, log)) };
}

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
    const isCached = await built.stages.run('copy', () => copyToCache(done.out, cache, run, log));
    return { ...done, isCached, failed: undefined };
  } catch (error) {
    const isFinding = error instanceof UserError && ['build-failed', 'import-failed'].includes(error.code);
    if (!isFinding || config.pullRequest.draft !== 'unverified') throw error;
    log.warning(`${error.message} It is proposed all the same, as a draft (\`draft\` is "unverified").`);
    const name = error.code === 'build-failed' ? 'Build' : 'Import';
    return { ...notBuilt, failed: { name, result: 'failed', detail: error.message } };
  }
}
