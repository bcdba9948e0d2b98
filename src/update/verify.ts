import type { PackageConfig } from '../config/types.ts';
import { copyToCache } from '../nix/copy-to-cache.ts';
import type { Check } from '../pull-request/report/types.ts';
import { UserError } from '../system/errors.ts';
import {
  type BuiltPackage,
  type BuiltSystem,
  buildAndImport,
  type ImportOptions,
  type OtherSystems,
} from './build-systems.ts';
import type { Options } from './options.ts';
import type { Context } from './types.ts';

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
