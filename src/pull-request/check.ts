import { isBranchName } from '../config/names.ts';
import { UserError } from '../system/errors.ts';
import { isPlainPath } from '../system/inside.ts';
import { pathsOf } from './files.ts';
import type { PublishRequest } from './types.ts';

/** Refuses a request that could not be published safely, before anything is read or written. */
export function checkRequest(request: PublishRequest): void {
  const { branch, base, files } = request;
  for (const name of [branch, base.ref]) {
    if (isBranchName(name)) continue;
    throw new UserError(
      'bad-branch',
      `${JSON.stringify(name.slice(0, 100))} cannot be the name of a branch. Give a branch name without \`refs/heads/\`, such as \`uv-fod/authentik\`.`,
    );
  }
  if (branch === base.ref && !request.fork) {
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
  const names = files.map(({ path }) => path);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  const bad = twice ?? pathsOf(request).find((name) => !isPlainPath(name));
  if (bad === undefined) return;
  const why = bad === twice ? 'it is given twice' : 'it is not a path inside the repository';
  throw new UserError(
    'bad-path',
    `The path ${JSON.stringify(bad.slice(0, 200))} is neither read nor published: ${why}.`,
  );
}
