import path from 'node:path';
import { journalName } from '../nix/journal.ts';
import { UserError } from '../system/errors.ts';
import { pathBelow, realPathBelow } from '../system/inside.ts';
import type { Run } from '../system/run.ts';

/** A git working tree, read through git itself. */
export interface Checkout {
  /** Top folder. */
  readonly root: string;
  /** The checked-out commit. */
  readonly head: string;
  /**
   * The repository's journal (src/nix/journal.ts); undefined if git has to be asked for it
   * separately.
   */
  readonly journal: string | undefined;
  /** Text of a file in a commit; undefined if the commit or the file is missing. */
  readonly textAt: (commit: string, file: string) => Promise<string | undefined>;
  /** Whether a commit exists here, or could be fetched: a shallow checkout lacks older ones. */
  readonly has: (commit: string) => Promise<boolean>;
}

/**
 * @throws UserError `no-checkout`
 */
export async function openCheckout(dir: string, run: Run): Promise<Checkout> {
  const git: Git = (...args) => run('git', ['-C', dir, ...args]);
  const asked = await git('rev-parse', '--show-toplevel', '--git-path', journalName, 'HEAD');
  if (asked.code !== 0) {
    throw new UserError(
      'no-checkout',
      `'${dir}' is no checked-out git repository (${asked.stderr.trim().split('\n')[0]}); put actions/checkout before this step.`,
    );
  }
  const lines = asked.stdout.trimEnd().split('\n');
  const [root = '', journal = '', head = ''] = lines;
  // A folder's name may hold line breaks.
  if (lines.length !== 3) return openOddly(git);
  return {
    root,
    head,
    journal: path.resolve(dir, journal),
    ...readers(git, root),
  };
}

const readers = (git: Git, root: string): Pick<Checkout, 'textAt' | 'has'> => ({
  textAt: textAt(git, root),
  has: async (commit) => (await isThere(git, commit)) || fetched(git, commit),
});

async function openOddly(git: Git): Promise<Checkout> {
  const [top, head] = [await git('rev-parse', '--show-toplevel'), await git('rev-parse', 'HEAD')];
  const root = top.stdout.replace(/\n$/, '');
  return { root, head: head.stdout.trim(), journal: undefined, ...readers(git, root) };
}

const textAt =
  (git: Git, root: string): Checkout['textAt'] =>
  async (commit, file) => {
    const show = () => git('show', '--end-of-options', `${commit}:${path.relative(root, file)}`);
    // It usually exists: one process instead of two.
    const shown = await show();
    if (shown.code === 0) return shown.stdout;
    if (!(await fetched(git, commit))) return undefined;
    const again = await show();
    return again.code === 0 ? again.stdout : undefined;
  };

type Git = (...args: string[]) => ReturnType<Run>;

const isThere = async (git: Git, commit: string): Promise<boolean> =>
  (await git('rev-parse', '--verify', '--quiet', `${commit}^{commit}`)).code === 0;

/**
 * A shallow checkout lacks older commits; the runner's own credentials fetch the one that is asked
 * for.
 * @returns whether it was missing and was fetched
 */
async function fetched(git: Git, commit: string): Promise<boolean> {
  if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit) || /^0+$/.test(commit)) return false;
  if (await isThere(git, commit)) return false;
  return (await git('fetch', '--quiet', '--depth=1', '--no-tags', 'origin', commit)).code === 0;
}

/** A file's path in the repository, or undefined for one outside of it, such as in the store. */
export function pathInCheckout({ root }: Checkout, file: string): string | undefined {
  return pathBelow(root, file);
}

/**
 * Text of a file in a commit, found by where its links lead in the checkout.
 * @returns undefined if it leads out of the checkout, or the commit has no such file
 */
export async function textInCommit(
  { root, textAt }: Pick<Checkout, 'root' | 'textAt'>,
  commit: string,
  file: string,
): Promise<string | undefined> {
  const inside = await realPathBelow(root, file);
  return inside === undefined ? undefined : textAt(commit, path.join(root, inside));
}
