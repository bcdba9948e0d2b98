import { evaluate } from '../nix/evaluate.ts';
import type { DerivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import { loadProject, type ReadText } from '../uv/lock/project.ts';
import { wheelBytes } from '../uv/plan/artifact.ts';
import { planProject } from '../uv/plan/plan.ts';
import { type Checkout, pathInCheckout } from './checkout.ts';
import type { Context } from './types.ts';
import type { Update } from './update.ts';

/** The project as it was before. */
export interface Older {
  /** Folder of uv.lock. */
  readonly folder: string;
  readonly read: ReadText;
  /** What messages call it. */
  readonly name: string;
}

/** The project as it is in another commit of the checkout. */
export const olderCommit = (checkout: Checkout, commit: string, folder: string): Older => ({
  folder,
  read: (file) => checkout.textAt(commit, file),
  name: commit,
});

/**
 * The project of a derivation's source before its version is changed: a fetched source is in no
 * commit. It only explains what changed, so a source that can't be fetched is no error.
 *
 * @returns undefined if the source is in the checkout, or can't be fetched
 */
export async function olderSource(
  derivation: DerivationRef,
  checkout: Checkout,
  { run, log, read }: Pick<Context, 'run' | 'log' | 'read'>,
): Promise<Older | undefined> {
  try {
    const { project, version } = await evaluate(derivation, run, log);
    if (pathInCheckout(checkout, project) !== undefined) return undefined;
    return { folder: project, read, name: `the source of ${version}` };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.info(`What the source was before can't be told: ${error.message}`);
    return undefined;
  }
}

/**
 * Bytes of the wheels of the builder's fixed-output derivation before.
 * @returns undefined if that can't be planned any more
 */
export async function olderBytes(
  older: Older,
  { states, pinned }: Pick<Update, 'states' | 'pinned'>,
): Promise<number | undefined> {
  const own = states.find(({ target }) => target.system === pinned.system) ?? states[0];
  if (!own) return undefined;
  try {
    const project = await loadProject(older.folder, older.read);
    return wheelBytes(planProject(project, own.target, own.pinned.target));
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
