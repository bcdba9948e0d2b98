import { isBranchName } from '../config/names.ts';
import { UserError } from '../system/errors.ts';
import { isPlainPath } from '../system/inside.ts';
import type { PublishRequest } from './types.ts';

function checkBranch(name: string, what: string): void {
  if (isBranchName(name)) return;
  throw new UserError(
    'bad-branch',
    `${JSON.stringify(name.slice(0, 100))} cannot be the name of ${what}. Give a branch name without \`refs/heads/\`, such as \`uv-fod/authentik\`.`,
  );
}

function checkPath(path: string): void {
  if (isPlainPath(path)) return;
  throw badPath(path, 'it is not a path inside the repository');
}

const badPath = (path: string, why: string): UserError =>
  new UserError(
    'bad-path',
    `The path ${JSON.stringify(path.slice(0, 200))} is neither read nor published: ${why}.`,
  );

/** Refuses a request that could not be published safely, before anything is read or written. */
export function checkRequest({ branch, base, files, computedFrom = [] }: PublishRequest): void {
  checkBranch(branch, 'the branch to publish on');
  checkBranch(base.ref, 'the base branch');
  if (branch === base.ref) {
    throw new UserError(
      'bad-branch',
      `The branch to publish on and the base are both \`${branch}\`. Choose another name for the branch.`,
    );
  }
  if (!/^[0-9a-f]{40}$/.test(base.sha)) {
    throw new UserError(
      'bad-base',
      `The checked-out commit must be given as 40 hexadecimal digits, not ${JSON.stringify(base.sha.slice(0, 80))}.`,
    );
  }
  const seen = new Set<string>();
  for (const { path } of files) {
    if (seen.has(path)) throw badPath(path, 'it is given twice');
    checkPath(path);
    seen.add(path);
  }
  for (const path of computedFrom) checkPath(path);
}
