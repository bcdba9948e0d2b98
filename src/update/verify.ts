import type { PackageConfig } from '../config/types.ts';
import { build } from '../nix/build.ts';
import { copyToCache } from '../nix/copy-to-cache.ts';
import { checkImports, type Imported } from '../nix/import-check/import-check.ts';
import type { Check } from '../pull-request/report/types.ts';
import { UserError } from '../system/errors.ts';
import type { Options } from './options.ts';
import type { Plan } from './plan.ts';
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

/**
 * Builds a derivation and imports it.
 * @throws UserError those of `build` and `checkImports`
 */
export async function buildAndImport(
  { derivation, pinned, stages }: Plan,
  { run, log }: Pick<Context, 'run' | 'log'>,
): Promise<{ readonly out: string; readonly imported: readonly Imported[] }> {
  const { python } = pinned.systems[0]?.target ?? { python: '3' };
  const out = await stages.run('build', () => build(derivation, run, log));
  const { imports: modules, system } = pinned;
  const check = { out, python, system, modules };
  return { out, imported: await stages.run('import check', () => checkImports(check, run, log)) };
}

/**
 * Builds and imports an update, and copies it to the cache. With `draft = "unverified"` one that
 * does not build or import is proposed all the same, as a draft that says so.
 */
export async function verifyUpdate(
  plan: Plan,
  { pullRequest }: Pick<PackageConfig, 'pullRequest'>,
  { cacheTo }: Options,
  context: Pick<Context, 'run' | 'log' | 'cacheCredentials'>,
): Promise<BuildOutcome> {
  const { run, log } = context;
  try {
    const built = await buildAndImport(plan, context);
    if (cacheTo === undefined) return { ...built, failed: undefined };
    const cache = { address: cacheTo, credentials: context.cacheCredentials(cacheTo) };
    const isCached = await plan.stages.run('copy', () => copyToCache(built.out, cache, run, log));
    return { ...built, isCached, failed: undefined };
  } catch (error) {
    const isFinding = error instanceof UserError && ['build-failed', 'import-failed'].includes(error.code);
    if (!isFinding || pullRequest.draft !== 'unverified') throw error;
    log.warning(`${error.message} It is proposed all the same, as a draft (\`draft\` is "unverified").`);
    const name = error.code === 'build-failed' ? 'Build' : 'Import';
    return { ...notBuilt, failed: { name, result: 'failed', detail: error.message } };
  }
}
