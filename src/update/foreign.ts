import type { BumpContext, BumpedOutput } from '../bump/context.ts';
import { drvOf } from '../bump/output-place.ts';
import { type BumpedHashes, bumpOutputs } from '../bump/outputs.ts';
import type { PackageConfig } from '../config/types.ts';
import type { NixAnswer } from '../nix/answers.ts';
import { type Copy, inCopy, rootOf } from '../nix/copy.ts';
import type { Edits } from '../nix/edits.ts';
import { ask } from '../nix/expression.ts';
import { type DerivationRef, folderOf } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import { loadInside } from '../uv/lock/project.ts';
import type { Installed } from './changes.ts';
import type { Context } from './context.ts';
import { discover } from './discover.ts';
import type { SystemHash } from './hash-place.ts';
import { lockBeside, projectBeside } from './lock-beside.ts';
import type { Stages } from './stages.ts';

/** A package whose dependencies do not come from fetchUvDeps: only Nix computes their hash. */
export interface Foreign {
  readonly derivation: DerivationRef;
  readonly pinned: NixAnswer<'foreign'>;
  /** The fixed-output derivations of its dependencies: usually one. */
  readonly outputs: readonly BumpedOutput[];
}

/** The results of the fixed-output derivations of its dependencies. */
export interface ForeignHashes extends Pick<BumpedHashes, 'lacking'> {
  readonly outputs: BumpedHashes['hashes'];
  readonly hashes: readonly SystemHash[];
}

/** The uv.lock near a derivation without fetchUvDeps, as it is on disk. */
export const foreignLock = (
  { derivation, pinned }: Pick<Foreign, 'derivation' | 'pinned'>,
  context: Context,
): Promise<Installed | undefined> =>
  lockBeside(
    folderOf(derivation),
    [pinned.system],
    (folder) => projectBeside(folder, context.read),
    (folder) => loadInside(folder, context),
  );

export const namesOf = (outputs: readonly { readonly attribute: string }[]): string =>
  outputs.map(({ attribute }) => `'${attribute}'`).join(', ');

/**
 * Finds the fixed-output derivations of a package's dependencies: those that the configuration
 * names, otherwise `uvDeps`, otherwise those that change with the lock.
 * @throws UserError as `ask` and `discover`
 */
export async function findForeign(
  { dependencies }: Pick<PackageConfig, 'dependencies'>,
  derivation: DerivationRef,
  context: Context,
): Promise<Foreign> {
  const pinned = await ask(derivation, 'foreign', context.run);
  const key = 'dependencies' as const;
  if (dependencies.length > 0)
    return { derivation, pinned, outputs: dependencies.map((one) => ({ ...one, key })) };
  if (pinned.hasUvDeps) return { derivation, pinned, outputs: [{ attribute: '.uvDeps', key }] };
  if (pinned.isFixed) return { derivation, pinned, outputs: [{ attribute: '.', key }] };
  return { derivation, pinned, outputs: [{ ...(await discover(derivation, context)), key }] };
}

/** Options for recomputing hashes. */
interface Recomputing {
  /** Folder outside of which nothing is changed. */
  readonly root: string;
  readonly edits: Edits;
  readonly stages: Stages;
  readonly keepsDrifting: BumpContext['keepsDrifting'];
}

/**
 * Recomputes the hashes of a package's dependencies by a real build of their fixed-output
 * derivations under a fake hash.
 * @throws UserError as `bumpOutputs`
 */
export async function recomputeForeign(
  { derivation, pinned, outputs: named }: Foreign,
  { root, edits, stages, keepsDrifting }: Recomputing,
  { run, log, scratch }: Pick<Context, 'run' | 'log' | 'scratch'>,
): Promise<ForeignHashes> {
  const bumpContext = { derivation, root, run, log, edits, scratch, keepsDrifting };
  const { hashes: outputs, lacking } = await stages.run('hash', () =>
    bumpOutputs(named, pinned.system, bumpContext),
  );
  const hashes = outputs.map(({ system = pinned.system, before, after }) => ({
    ...{ system, before, after },
    how: 'nix' as const,
  }));
  return { outputs, hashes, lacking };
}

/** The part that is the same in another commit: nothing; the dependencies; the whole package. */
export type Unchanged = 'nothing' | 'dependencies' | 'package';

/**
 * Compares the derivations of a package with another commit's. The result only decides what may be
 * skipped: an unchanged derivation can still have a wrong hash.
 */
export async function unchangedSince(
  commit: string,
  { derivation, pinned, outputs }: Pick<Foreign, 'derivation' | 'outputs'> & Partial<Pick<Foreign, 'pinned'>>,
  context: Context,
): Promise<Unchanged> {
  const { run } = context;
  const compare = async (copy: Copy): Promise<Unchanged> => {
    if (pinned && (await ask(copy.derivation, 'foreign', run)).drv === pinned.drv) return 'package';
    for (const one of outputs) {
      const [old, now] = [await drvOf(one, copy.derivation, run), await drvOf(one, derivation, run)];
      if (old !== now) return 'nothing';
    }
    return 'dependencies';
  };
  try {
    return await inCopy(derivation, context, compare, commit);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    context.log.info(`Nothing is skipped: ${commit} can't be evaluated (${error.message})`);
    return 'nothing';
  }
}

/**
 * Keeps a hash that differs in each run if it was written for the present derivation: then the
 * derivation is unchanged since that commit. A hash that is in no commit was written just now.
 * @returns undefined if the configuration does not accept such hashes
 */
export function driftRule(
  { allowDrift }: Pick<PackageConfig, 'allowDrift'>,
  derivation: DerivationRef,
  context: Context,
): BumpContext['keepsDrifting'] {
  if (!allowDrift) return undefined;
  return async (output, hash, file) => {
    const root = await rootOf(derivation);
    const git = (...args: string[]) => context.run('git', ['-C', root, ...args]);
    if ((await git('rev-parse', '--is-shallow-repository')).stdout.trim() === 'true')
      await git('fetch', '--quiet', '--deepen=100', '--no-tags', 'origin');
    const places = file === '' ? [] : ['--', file];
    const { stdout } = await git('log', '--format=%H %p', '--max-count=1', `-S${hash}`, 'HEAD', ...places);
    const [commit = '', parent] = stdout.trim().split(' ');
    if (commit === '') return true;
    const head = (await git('rev-parse', 'HEAD')).stdout.trim();
    // Without its parents, it is unknown whether the head wrote the hash.
    if (parent === undefined && commit === head) return false;
    return (await unchangedSince(commit, { derivation, outputs: [output] }, context)) !== 'nothing';
  };
}
