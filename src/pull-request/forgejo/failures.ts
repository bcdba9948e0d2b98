import { UserError } from '../../system/errors.ts';
import {
  type Explanation,
  explainingBy,
  isRateLimit,
  type Step,
  statusOf,
  whenFree,
  wordsOf,
} from '../failures.ts';

export type { Step } from '../failures.ts';

/** Failures of the API; the first that fits is used. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    fits: isRateLimit,
    code: 'rate-limited',
    say: (step, error) =>
      `The forge's rate limit is used up, so it refused to ${step.to} (${wordsOf(error)}). Run this again ${whenFree(error)}.`,
  },
  {
    fits: (error) => statusOf(error) === 401,
    code: 'token-rejected',
    say: (step, error) => tokenRejected(step, wordsOf(error)),
  },
  {
    fits: (error) => statusOf(error) === 403,
    code: 'token-permission',
    say: (step, error) => tokenPermission(step, wordsOf(error)),
  },
  {
    fits: (error) => statusOf(error) === 404,
    code: 'repository-not-found',
    say: (step, error) => notFound(step, wordsOf(error)),
  },
  {
    fits: (error) => (statusOf(error) ?? 0) >= 500,
    code: 'forge-unavailable',
    say: (step, error) => unavailable(step, wordsOf(error)),
  },
  {
    fits: (error) => statusOf(error) !== undefined,
    code: 'forge-refused',
    say: (step, error) => `The forge refused to ${step.to}: ${wordsOf(error)}.`,
  },
];

const tokenRejected = (step: Step, said: string): string =>
  `The forge does not accept the token, so it refused to ${step.to} (${said}). Use a token that has not expired: \`\${{ github.token }}\`, or the access token of an account.`;
const tokenPermission = (step: Step, said: string): string =>
  `The token may not ${step.to} (${said}). An access token needs the scope \`${step.needs}\`, and its account may have to be a collaborator; the job's own token can only read where a pull request from a fork started the run.`;
const notFound = (step: Step, said: string): string =>
  `The forge answered "not found" when asked to ${step.to} (${said}). Check the name of the repository, and that the token can read it if it is private (scope \`${step.needs}\`).`;
const unavailable = (step: Step, said: string): string =>
  `The forge failed when asked to ${step.to}, also after retries (${said}). Run this again later; it continues from where it stopped.`;

export const { explain, doStep } = explainingBy(EXPLANATIONS);

/**
 * What git prints when a connection or server failed (git, http.c and remote-curl.c; libcurl's
 * messages).
 */
const PASSING =
  /returned error: (?:5\d\d|429)|Could not resolve host|Failed to connect|Couldn't connect|Connection (?:reset|refused|timed out)|timed out|early EOF|hung up unexpectedly|RPC failed|Empty reply|unexpected disconnect|transfer closed|GnuTLS recv error|SSL_ERROR_SYSCALL|Operation too slow/i;

/** Whether a failure of git is temporary. */
export const isPassing = (stderr: string): boolean => PASSING.test(stderr);

/** The last lines of git's output, without prefixes. */
function lastWords(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.replace(/^(?:remote|fatal|error):\s*/, '').trim())
    .filter((line) => line !== '');
  return lines.slice(-4).join('; ').slice(0, 500) || 'git printed nothing';
}

const GIT: readonly { readonly fits: RegExp; readonly code: string; readonly say: typeof notFound }[] = [
  {
    fits: /protected branch|pre-receive hook declined|not allowed to push|force.?push|GH006/i,
    code: 'branch-protected',
    say: (step, said) =>
      `A rule of the repository does not allow to ${step.to} (${said}). Exclude this branch from the rule, or choose a branch name that it does not cover.`,
  },
  {
    fits: /could not read Username|Authentication failed|returned error: 401/i,
    code: 'token-rejected',
    say: tokenRejected,
  },
  {
    fits: /returned error: 403|not permitted|no write access/i,
    code: 'token-permission',
    say: tokenPermission,
  },
  { fits: /returned error: 404|repository .* not found/i, code: 'repository-not-found', say: notFound },
  {
    fits: /unable to update url base from redirection|returned error: 30\d/i,
    code: 'forge-redirects',
    say: (step, said) =>
      `The forge redirects when asked to ${step.to} (${said}), and the token is not sent there. Use the repository's current name, and set the server's \`ROOT_URL\` to the address that it is reached by.`,
  },
  { fits: PASSING, code: 'forge-unavailable', say: unavailable },
];

/** The error for a failure of git with a forge. */
export function explainGit(step: Step, stderr: string): UserError {
  const found = GIT.find(({ fits }) => fits.test(stderr));
  const said = lastWords(stderr);
  if (found) return new UserError(found.code, found.say(step, said), { log: stderr });
  return new UserError('forge-refused', `git could not ${step.to}: ${said}.`, { log: stderr });
}
