import { UserError } from '../system/errors.ts';
import type { PublishRequest } from './types.ts';

// Git refuses these names too, some of them only on checkout on another system, when it is too late.
const BAD_PART = /^(?:|\.|\.\.|\.git)$/i;
const CONTROL = /\p{Cc}/u;

/** Why a path may not be written, or undefined. */
function pathProblem(path: string): string | undefined {
  if (CONTROL.test(path)) return 'it holds a control character';
  if (path.length > 4096) return 'it is longer than 4,096 characters';
  if (path.includes('\\')) return 'it holds a backslash';
  if (path.split('/').some((part) => BAD_PART.test(part)))
    return 'it is not a plain path below the repository';
  return undefined;
}

// git check-ref-format, as far as a branch name goes.
const BAD_BRANCH = /[\p{Cc} ~^:?*[\\]|\.\.|@\{|\/\/|\.lock(?:\/|$)|(?:^|\/)\.|^[-/@]$|^-|^\/|[/.]$|^refs\//u;

function checkBranch(name: string, what: string): void {
  if (name !== '' && name.length < 245 && !BAD_BRANCH.test(name)) return;
  throw new UserError(
    'bad-branch',
    `${JSON.stringify(name.slice(0, 100))} cannot be the name of ${what}. Give a branch name without \`refs/heads/\`, such as \`uv-fod/authentik\`.`,
  );
}

/** Refuses a request that could not be published safely, before anything is read or written. */
export function checkRequest(request: PublishRequest): void {
  checkBranch(request.branch, 'the branch to publish on');
  checkBranch(request.base.ref, 'the base branch');
  if (request.branch === request.base.ref) {
    throw new UserError(
      'bad-branch',
      `The branch to publish on and the base are both \`${request.branch}\`. Choose another name for the branch.`,
    );
  }
  if (!/^[0-9a-f]{40}$/.test(request.base.sha)) {
    throw new UserError(
      'bad-base',
      `The commit that was checked out has to be given as 40 hexadecimal digits, not ${JSON.stringify(request.base.sha.slice(0, 80))}.`,
    );
  }
  const seen = new Set<string>();
  for (const { path } of request.files) {
    const problem = seen.has(path) ? 'it is given twice' : pathProblem(path);
    if (problem)
      throw new UserError(
        'bad-path',
        `The path ${JSON.stringify(path.slice(0, 200))} is not published: ${problem}.`,
      );
    seen.add(path);
  }
  for (const path of request.computedFrom ?? []) {
    const problem = pathProblem(path);
    if (problem)
      throw new UserError(
        'bad-path',
        `The path ${JSON.stringify(path.slice(0, 200))} cannot be looked up: ${problem}.`,
      );
  }
}
