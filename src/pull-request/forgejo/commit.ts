import { UserError } from '../../system/errors.ts';
import type { Move, NewCommit } from '../forge.ts';
import { explainGit, isPassing } from './failures.ts';
import type { Store } from './git.ts';
import { headsOf } from './look.ts';

/** Makes tree and commit in the local repository. @returns the commit's id */
export async function makeCommit(store: Store, { parent, files, message }: NewCommit): Promise<string> {
  const index = {
    GIT_INDEX_FILE: `${(await store.local(['rev-parse', '--absolute-git-dir'])).trim()}/uv-fod.index`,
  };
  await store.local(['read-tree', parent.tree], { env: index });
  const lines: string[] = [];
  for (const { content, mode, path, oid } of files) {
    const made = await store.local(['hash-object', '-w', '-t', 'blob', '--no-filters', '--stdin'], {
      input: content,
    });
    if (made.trim() !== oid) throw new Error(`git gives ${path} the id ${made.trim()}, and not ${oid}`);
    lines.push(`${mode} ${oid}\t${path}\0`);
  }
  await store.local(['update-index', '--add', '--replace', '-z', '--index-info'], {
    env: index,
    input: lines.join(''),
  });
  // Contents of other files were not fetched.
  const tree = (await store.local(['write-tree', '--missing-ok'], { env: index })).trim();
  const name = 'uv-fod';
  const email = `uv-fod@noreply.${store.host}`;
  const commit = await store.local(['commit-tree', tree, '-p', parent.oid, '-F', '-'], {
    input: message(tree),
    env: {
      ...{ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email },
      ...{ GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email },
    },
  });
  return commit.trim();
}

/** Tries of a push after temporary failures. */
const TRIES = 3;

/**
 * Moves a branch by a push with a lease, so only from where it was read (git-push,
 * `--force-with-lease=<ref>:<expect>`; empty: it must not exist). If that fails, the position of
 * the branch tells a race, a lost answer and a refusal apart.
 */
export async function moveBranch(store: Store, branch: string, { before, after }: Move): Promise<boolean> {
  const ref = `refs/heads/${branch}`;
  const step = { to: `move the branch \`${branch}\``, needs: 'write:repository' };
  const lease = `--force-with-lease=${ref}:${before ?? ''}`;
  for (let time = 1; ; time++) {
    const options = ['--quiet', '--porcelain', '--no-verify', '--no-follow-tags', lease];
    const { code, stdout, stderr } = await store.once([
      ...['push', ...options, '--', 'origin', `${after ?? ''}:${ref}`],
    ]);
    if (code === 0) return true;
    const now = (await headsOf(store, [branch])).get(branch);
    if (now === after) return true;
    if (now !== before) return false;
    const output = `${stdout}\n${stderr}`;
    if (!isPassing(stderr) || time === TRIES) throw refusal(explainGit(step, output), output);
  }
}

/** The log has the messages of the server's hooks too. */
function refusal(error: UserError, log: string): UserError {
  return new UserError(error.code, error.message, { log, cause: error });
}
