import path from 'node:path';
import { UserError } from '../../system/errors.ts';
import type { Run } from '../../system/run.ts';

/** The placeholder in documentation and examples for a user's copy of uv-fod at a commit. */
export const placeholder = { repository: 'OWNER/uv-fod', commit: '0'.repeat(40) } as const;

/**
 * `owner/name@commit`, as `uses:` takes it; undefined for anything else, the placeholder included.
 */
export function parseAction(text: string): string | undefined {
  const [, owner = '', commit] = /^([A-Za-z0-9][\w-]*)\/[\w.-]+@([0-9a-f]{40})$/.exec(text) ?? [];
  const isPlaceholder = owner.toUpperCase() === 'OWNER' || commit === placeholder.commit;
  return commit === undefined || isPlaceholder ? undefined : text;
}

/**
 * The Action for a workflow: `--action`, else the clone of uv-fod that this program runs from.
 * @param given value of `--action`, already read by `parseAction`
 * @param clone folder that contains `dist/` of this program
 * @throws UserError `action-unknown` if neither names a commit on GitHub
 */
export async function actionOf(given: string | undefined, clone: string, run: Run): Promise<string> {
  const action = given ?? (await actionOfClone(clone, run));
  if (action !== undefined) return action;
  throw new UserError(
    'action-unknown',
    'No workflow was written, because this program is not in a clone of uv-fod whose commit is on GitHub. Set --action OWNER/NAME@COMMIT to your copy of uv-fod and the commit that you reviewed.',
  );
}

async function actionOfClone(clone: string, run: Run): Promise<string | undefined> {
  const git = async (...args: string[]): Promise<string> => {
    const { code, stdout } = await run('git', ['-C', clone, ...args]);
    return code === 0 ? stdout.trim() : '';
  };
  // A copy of the program in another repository is not a clone.
  if (path.resolve(await git('rev-parse', '--show-toplevel')) !== path.resolve(clone)) return undefined;
  const remote = await git('remote', 'get-url', 'origin');
  const name =
    /^(?:https:\/\/(?:[^@/]*@)?|(?:ssh:\/\/)?git@)github\.com[:/]([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(remote);
  // GitHub can run only commits that it has.
  const published = await git(
    'for-each-ref',
    '--count=1',
    '--contains=HEAD',
    'refs/remotes/origin',
    'refs/tags',
  );
  if (!name || published === '') return undefined;
  return parseAction(`${name[1]}@${await git('rev-parse', 'HEAD')}`);
}
