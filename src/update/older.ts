import { evaluate } from '../nix/evaluate.ts';
import type { DerivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import { loadProject, type ReadText } from '../uv/lock/index.ts';
import { planProject, wheelBytes } from '../uv/plan/index.ts';
import { type Checkout, pathInCheckout } from './checkout.ts';
import type { Context } from './types.ts';
import type { Update } from './update.ts';

/** Where the project is as it was before. */
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
 * The project of the source that a derivation has now, before its version is changed: a source that is fetched is in no commit. It only
 * tells what changed, so a source that can't be had is no failure.
 *
 * @returns undefined where the source is in the checkout, or can't be had
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
 * The wheels that the builder's fixed output had before, in bytes.
 * @returns undefined where that can't be planned any more
 */
export async function olderBytes(
  older: Older,
  { spotted, pinned }: Pick<Update, 'spotted' | 'pinned'>,
): Promise<number | undefined> {
  const own = spotted.find(({ target }) => target.system === pinned.system) ?? spotted[0];
  if (!own) return undefined;
  try {
    const project = await loadProject(older.folder, older.read);
    return wheelBytes(planProject(project, own.target, own.pinned.target));
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
