import { drvOf } from '../bump/output-place.ts';
import { copyOf, rootOf } from '../nix/copy.ts';
import { ask } from '../nix/expression.ts';
import { UserError } from '../system/errors.ts';
import type { Foreign } from './foreign.ts';
import type { Context } from './types.ts';

/** What is the same in another commit: nothing; the dependencies; the whole package. */
export type Unchanged = 'nothing' | 'dependencies' | 'package';

/**
 * Compares the derivations of a package with those of another commit. It decides only what may be
 * skipped: that a derivation did not change does not show that its hash is right.
 */
export async function unchangedSince(
  commit: string,
  { derivation, pinned, outputs }: Foreign,
  context: Context,
): Promise<Unchanged> {
  const { run, log } = context;
  const copy = await copyOf(derivation, context, commit);
  try {
    const before = await ask(copy.derivation, 'foreign', run);
    if (before.drv === pinned.drv) return 'package';
    for (const one of outputs) {
      const [old, now] = [await drvOf(one, copy.derivation, run), await drvOf(one, derivation, run)];
      if (old !== now) return 'nothing';
    }
    return 'dependencies';
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.info(
      `Nothing is skipped: ${commit} can't be evaluated (${error.message.replaceAll(copy.dir, copy.root)})`,
    );
    return 'nothing';
  } finally {
    await copy.remove();
  }
}

/**
 * Whether the present hash was made for the present derivation, which then is the same as in the
 * commit that wrote the hash. A hash that no commit has was written just now.
 */
export async function isMadeFor(
  hash: string,
  file: string,
  foreign: Foreign,
  context: Context,
): Promise<boolean> {
  const root = await rootOf(foreign.derivation);
  const git = (...args: string[]) => context.run('git', ['-C', root, ...args]);
  if ((await git('rev-parse', '--is-shallow-repository')).stdout.trim() === 'true')
    await git('fetch', '--quiet', '--deepen=100', '--no-tags', 'origin');
  const { stdout } = await git('log', '--format=%H %p', '--max-count=1', `-S${hash}`, 'HEAD', '--', file);
  const [commit = '', parent] = stdout.trim().split(' ');
  if (commit === '') return true;
  const isOldest = parent === undefined;
  const head = (await git('rev-parse', 'HEAD')).stdout.trim();
  // Of a history that is not here nothing is known.
  if (isOldest && commit === head) return false;
  return (await unchangedSince(commit, foreign, context)) !== 'nothing';
}
