import path from 'node:path';
import { listed } from '../nix/git-index.ts';
import { UserError } from '../system/errors.ts';
import { realPathBelow } from '../system/inside.ts';
import { once, onceEach } from '../system/promises.ts';
import type { Run } from '../system/run.ts';

/** A commit in a git working tree, read through git itself. */
export interface Checkout {
  /** Top folder. */
  readonly root: string;
  /** That commit, usually the checked-out one. */
  readonly head: string;
  /** Text of a file in a commit; undefined if the commit or the file is missing. */
  readonly textAt: (commit: string, file: string) => Promise<string | undefined>;
  /** Paths of each uv.lock in a commit; none if it is missing. */
  readonly locksAt: (commit: string) => Promise<string[]>;
  /** Whether a commit exists here, or could be fetched: a shallow checkout lacks older ones. */
  readonly has: (commit: string) => Promise<boolean>;
  /** The newest commits of the head that changed a file, as far as the checkout has them. */
  readonly commitsOf: (file: string) => Promise<string[]>;
  /** The last common commit of the head and another; undefined if it is not known here. */
  readonly mergeBase: (commit: string) => Promise<string | undefined>;
  /**
   * Time of the last commit that changed a file, in milliseconds since 1970; undefined if the
   * history that can be fetched does not contain it.
   */
  readonly dateOf: (file: string) => Promise<number | undefined>;
  /**
   * Fetches some more commits of a shallow checkout, once.
   * @returns whether there are more commits now; a failed fetch is not an error
   */
  readonly deepen: () => Promise<boolean>;
}

/** Limits: commits of a file that are listed, and commits that are fetched. */
const LISTED = 20;
const DEEPER = 100;

/**
 * @param commit the checked-out commit, or another one that is available
 * @throws UserError `no-checkout`
 */
export async function openCheckout(dir: string, run: Run, commit = 'HEAD'): Promise<Checkout> {
  const git = (...args: string[]): ReturnType<Run> => run('git', ['-C', dir, ...args]);
  const asked = await git('rev-parse', '--show-toplevel', commit);
  const [, root, head] = /^(.*)\n(\w+)\n$/s.exec(asked.stdout) ?? [];
  if (asked.code !== 0 || root === undefined || head === undefined) {
    throw new UserError(
      'no-checkout',
      `'${dir}' is not a checked-out git repository (${asked.stderr.trim().split('\n')[0]}); put actions/checkout before this step.`,
    );
  }
  const isThere = async (commit: string): Promise<boolean> =>
    (await git('rev-parse', '--verify', '--quiet', `${commit}^{commit}`)).code === 0;
  // A shallow checkout lacks older commits; the runner's own credentials fetch them.
  const fetched = async (commit: string): Promise<boolean> =>
    /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit) &&
    !/^0+$/.test(commit) &&
    (await git('fetch', '--quiet', '--depth=1', '--no-tags', 'origin', commit)).code === 0;
  const known = new Map([[head, Promise.resolve(true)]]);
  const has = (commit: string): Promise<boolean> => {
    const found = known.get(commit) ?? isThere(commit).then((isHere) => isHere || fetched(commit));
    known.set(commit, found);
    return found;
  };
  const commitsOf = async (file: string): Promise<string[]> => {
    const listed = await git(
      ...['--literal-pathspecs', 'log', '--format=%H', `--max-count=${LISTED}`],
      ...[head, '--', path.relative(root, file)],
    );
    return listed.code === 0 ? listed.stdout.split('\n').filter(Boolean) : [];
  };
  const isShallow = async (): Promise<boolean> =>
    (await git('rev-parse', '--is-shallow-repository')).stdout.trim() === 'true';
  const deepen = once(async (): Promise<boolean> => {
    if (!(await isShallow())) return false;
    const more = await git('fetch', '--quiet', `--deepen=${DEEPER}`, '--no-tags', 'origin', head);
    known.clear();
    return more.code === 0;
  });
  const dateOf = async (file: string): Promise<number | undefined> => {
    const args = ['--literal-pathspecs', 'log', '--format=%ct %P', '--max-count=1', head, '--'];
    const last = async () => (await git(...args, path.relative(root, file))).stdout.trim().split(' ');
    // A shallow history's first commit seems to make every file.
    const isFirst = async ([, parent]: readonly string[]): Promise<boolean> =>
      parent === undefined && (await isShallow());
    const found = await last();
    const commit = (await isFirst(found)) && (await deepen()) ? await last() : found;
    return commit[0] === '' || (await isFirst(commit)) ? undefined : Number(commit[0]) * 1000;
  };
  return {
    ...{ root, head, has, commitsOf, dateOf, deepen, ...committed(root, git, has) },
    mergeBase: async (commit) =>
      ((await has(commit)) && (await git('merge-base', commit, head)).stdout.trim()) || undefined,
  };
}

/** Reads the files of commits. */
function committed(
  root: string,
  git: (...args: string[]) => ReturnType<Run>,
  has: Checkout['has'],
): Pick<Checkout, 'textAt' | 'locksAt'> {
  // Several stages read the same files, which do not change in a commit.
  const textOf = onceEach(async (name: string) => {
    const shown = await git('show', '--end-of-options', name);
    return shown.code === 0 ? shown.stdout : undefined;
  });
  return {
    textAt: async (commit, file) =>
      (await has(commit)) ? textOf(`${commit}:${path.relative(root, file)}`) : undefined,
    locksAt: async (commit) => {
      if (!(await has(commit))) return [];
      const { stdout } = await git('ls-tree', '-r', '-z', '--name-only', '--full-tree', commit);
      const names = stdout.split('\0').filter((name) => path.basename(name) === 'uv.lock');
      return names.map((name) => path.join(root, name));
    },
  };
}

/** Paths of each uv.lock in the checkout around a folder; outside of git, the folder's own one. */
export async function locksAround(folder: string, run: Run): Promise<string[]> {
  const names = (await listed(folder, run, ':(top,glob)**/uv.lock')) ?? ['uv.lock'];
  return names.map((name) => path.join(folder, name));
}

/** A folder that has no commits. */
export const noCommits = (root: string): Checkout => ({
  ...{ root, head: '', textAt: async () => undefined, has: async () => false, locksAt: async () => [] },
  ...{ commitsOf: async () => [], dateOf: async () => undefined, deepen: async () => false },
  mergeBase: async () => undefined,
});

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
