import path from 'node:path';
import { UserError } from '../ports/errors.ts';
import type { Run } from '../ports/run.ts';

/** A git working tree, read through git itself. */
export interface Checkout {
  /** Top folder. */
  readonly root: string;
  /** The checked-out commit. */
  readonly head: string;
  /** Text of a file in a commit; undefined where the commit or the file can't be had. */
  readonly textAt: (commit: string, file: string) => Promise<string | undefined>;
}

/**
 * @throws UserError `no-checkout`
 */
export async function openCheckout(dir: string, run: Run): Promise<Checkout> {
  const git = (...args: string[]) => run('git', ['-C', dir, ...args]);
  const [top, head] = await Promise.all([
    git('rev-parse', '--show-toplevel'),
    git('rev-parse', '--verify', 'HEAD'),
  ]);
  if (top.code !== 0 || head.code !== 0) {
    throw new UserError(
      'no-checkout',
      `'${dir}' is no checked-out git repository (${(top.stderr || head.stderr).trim().split('\n')[0]}); put actions/checkout before this step.`,
    );
  }
  const root = top.stdout.trim();
  return {
    root,
    head: head.stdout.trim(),
    textAt: async (commit, file) => {
      if (!(await has(git, commit))) return undefined;
      const shown = await git('show', `${commit}:${path.relative(root, file)}`);
      return shown.code === 0 ? shown.stdout : undefined;
    },
  };
}

/** A shallow checkout lacks older commits; the runner's own credentials fetch the one that is asked for. */
async function has(git: (...args: string[]) => ReturnType<Run>, commit: string): Promise<boolean> {
  if ((await git('rev-parse', '--verify', '--quiet', `${commit}^{commit}`)).code === 0) return true;
  if (!/^[0-9a-f]{40}$/.test(commit) || /^0+$/.test(commit)) return false;
  return (await git('fetch', '--quiet', '--depth=1', '--no-tags', 'origin', commit)).code === 0;
}

/** A file's path in the repository, or undefined for one that lies elsewhere, such as in the store. */
export function pathInCheckout({ root }: Checkout, file: string): string | undefined {
  const relative = path.relative(root, file);
  return relative.startsWith('..') || path.isAbsolute(relative) ? undefined : relative;
}
