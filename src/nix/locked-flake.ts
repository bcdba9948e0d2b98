import { copyFile, mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { UserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';

/**
 * The address of a flake in a checkout, locked to its present files, as pure evaluation requires.
 * The files are committed to a separate repository that shares the checkout's objects, so that
 * neither git nor Nix obeys the checkout's `.git/config`.
 *
 * @param address `git+file:…`, from src/nix/target.ts
 * @param scratch folder that exists until the run ends, because Nix reads from it
 * @throws UserError `evaluation-failed`
 */
export async function lockedFlake(address: string, run: Run, scratch: string): Promise<string> {
  const url = new URL(address);
  if (url.protocol !== 'git+file:') throw unlocked('it is not in a git repository');
  const checkout = fileURLToPath(`file://${url.pathname}`);
  const copy = await mkdtemp(path.join(scratch, 'flake-'));
  const git = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run('git', args, { env: author });
    if (code !== 0) throw unlocked(stderr.trim().split('\n').at(-1) ?? '');
    return stdout.trimEnd();
  };
  const own = (name: string): Promise<string> =>
    git('-C', checkout, 'rev-parse', '--path-format=absolute', '--git-path', name);
  const dir = path.join(copy, '.git');
  await git('init', '--quiet', '--initial-branch=main', '--template=', copy);
  await copyFile(await own('index'), path.join(dir, 'index'));
  await copyFile(await own('shallow'), path.join(dir, 'shallow')).catch(() => {});
  await writeFile(path.join(dir, 'objects/info/alternates'), `${await own('objects')}\n`);
  const here = ['--git-dir', dir, '--work-tree', checkout];
  await git(...here, '-C', checkout, 'add', '--update', '--', ':/');
  const tree = await git(...here, 'write-tree');
  const rev = await git(...here, 'commit-tree', tree, '-m', 'The files as they are');
  await git(...here, 'update-ref', 'refs/heads/main', rev);
  const locked = new URL(`git+${pathToFileURL(copy).href}${url.search}`);
  locked.searchParams.set('rev', rev);
  return locked.href;
}

const author = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((who) => [
    [`GIT_${who}_NAME`, 'uv-fod'],
    [`GIT_${who}_EMAIL`, 'uv-fod@localhost'],
    [`GIT_${who}_DATE`, '1000000000 +0000'],
  ]),
);

const unlocked = (why: string): UserError =>
  new UserError(
    'evaluation-failed',
    `The flake of a pull request from a fork can't be locked for pure evaluation: ${why}. Nothing was changed. Check the pull request out with actions/checkout.`,
  );
