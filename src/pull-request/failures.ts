import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import { isGraphqlRefusal, meantStatus, statusOf, whenFree, wordsOf } from './request-errors.ts';

/** A step that talks to a forge, for its error message. */
export interface Step {
  /** Completes "GitHub refused to …". */
  readonly to: string;
  /** Permissions or scopes that the token needs, separated by `, `. */
  readonly needs: string;
}

/** A failure of the API or of git with a forge. */
interface ForgeFailure {
  readonly forge: 'GitHub' | 'The forge';
  /** HTTP status; undefined if it is not known. */
  readonly status: number | undefined;
  /** Output of the forge or git, on one line. */
  readonly words: string;
  /** The whole output. */
  readonly text: string;
  /** When to try again after a rate limit. */
  readonly again: string;
}

/** Code, cause and fix of one kind of failure. */
interface Explanation {
  readonly fits: (failure: ForgeFailure) => boolean;
  readonly code: string;
  readonly say: (step: Step, failure: ForgeFailure) => string;
}

const inCode = (permissions: string): string => `\`${permissions.replaceAll(', ', '` and `')}\``;

/** The first match is used. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    fits: ({ status }) => status === 429,
    code: 'rate-limited',
    say: ({ to }, { forge, words, again }) =>
      `${forge}'s rate limit is used up, so it refused to ${to} (${words}). Run this again ${again}.`,
  },
  {
    fits: ({ status }) => status === 401,
    code: 'token-rejected',
    say: ({ to }, { forge, words }) =>
      `${forge} does not accept the token, so it refused to ${to} (${words}). Use a token that has not expired: \`\${{ github.token }}\`, the token of a GitHub App, or the access token of an account.`,
  },
  {
    fits: ({ text }) => /not permitted to create or approve pull requests/i.test(text),
    code: 'pull-requests-not-allowed',
    say: ({ to }, { forge, words }) =>
      `${forge} refused to ${to} (${words}). Enable "Allow GitHub Actions to create and approve pull requests" in the settings of the repository (Actions, General, Workflow permissions) and of its organization, or use the token of a GitHub App.`,
  },
  {
    fits: ({ text }) =>
      /protected|rule violations|force.?push|signatures|hook declined|not allowed to push/i.test(text),
    code: 'branch-protected',
    say: ({ to }, { words }) =>
      `A rule of the repository refused the request to ${to} (${words}). Exclude this branch from the rule, or choose a branch name that it does not cover.`,
  },
  {
    fits: ({ status, text }) =>
      /not accessible|must have|permission|not permitted|no write access/i.test(text) ||
      (status === 403 && !/archived/i.test(text)),
    code: 'token-permission',
    say: ({ to, needs }, { words }) =>
      `The token may not ${to} (${words}). It needs ${inCode(needs)}: add that to \`permissions:\` of the job, to the GitHub App, or to the scopes of the access token, whose account may have to be a collaborator. Runs for forks and Dependabot get a token that can only read.`,
  },
  {
    fits: ({ status }) => status === 404,
    code: 'repository-not-found',
    say: ({ to, needs }, { forge, words }) =>
      `${forge} answered "not found" when asked to ${to} (${words}). Check the name of the repository, and that the token can read it if it is private (it needs ${inCode(needs)}).`,
  },
  {
    fits: ({ forge, status = 0 }) => forge === 'The forge' && status >= 300 && status < 400,
    code: 'forge-redirects',
    say: ({ to }, { words }) =>
      `The forge redirects when asked to ${to} (${words}), and the token is not sent there. Use the repository's current name, and set the server's \`ROOT_URL\` to the address that it is reached by.`,
  },
];

function explained(step: Step, failure: ForgeFailure, more: { log?: string; cause?: unknown }): UserError {
  const { forge, status = 0, words } = failure;
  const isGithub = forge === 'GitHub';
  const found = EXPLANATIONS.find(({ fits }) => fits(failure));
  if (found) return new UserError(found.code, found.say(step, failure), more);
  if (status >= 500)
    return new UserError(
      isGithub ? 'github-unavailable' : 'forge-unavailable',
      `${forge} failed when asked to ${step.to}, even after retries (${words}). Run this again later; it continues from where it stopped.`,
      more,
    );
  const message = `${forge} refused to ${step.to}: ${words}.`;
  return new UserError(isGithub ? 'github-refused' : 'forge-refused', message, more);
}

/** Turns a failed request into a `UserError`; returns any other error unchanged. */
export function explain(forge: ForgeFailure['forge'], step: Step, error: unknown): unknown {
  if (error instanceof UserError) return error;
  if (statusOf(error) === undefined && !isGraphqlRefusal(error)) return error;
  const words = wordsOf(error);
  const failure = { forge, status: meantStatus(error), words, text: words, again: whenFree(error) };
  return explained(step, failure, { cause: error });
}

/** Returns a function that runs a step with this forge's API and explains its failure. */
export const stepsWith =
  (forge: ForgeFailure['forge']) =>
  async <T>(step: Step, call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw explain(forge, step, error);
    }
  };

/** The HTTP status that git's output means (git, http.c and remote-curl.c; libcurl's messages). */
function gitStatus(output: string): number | undefined {
  const [, status] = /returned error: (\d{3})/.exec(output) ?? [];
  if (status !== undefined) return Number(status);
  if (/could not read Username|Authentication failed/i.test(output)) return 401;
  if (/repository .* not found/i.test(output)) return 404;
  if (/unable to update url base from redirection/i.test(output)) return 301;
  const passing =
    /Could not resolve host|Failed to connect|Couldn't connect|Connection (?:reset|refused)|timed out|early EOF|hung up unexpectedly|RPC failed|Empty reply|unexpected disconnect|transfer closed|recv error|SSL_ERROR_SYSCALL|Operation too slow/i;
  return passing.test(output) ? 503 : undefined;
}

/** Whether a failure of git is temporary. */
export const isPassing = (output: string): boolean => {
  const status = gitStatus(output) ?? 0;
  return status === 429 || status >= 500;
};

/** The error for a failure of git with a forge; `log` is what git printed. */
export function explainGit(step: Step, log: string): UserError {
  const lines = log
    .split('\n')
    .map((line) => line.replace(/^(?:remote|fatal|error):\s*/, '').trim())
    .filter((line) => line !== '');
  const words = lines.slice(-4).join('; ').slice(0, 500) || 'git printed nothing';
  const failure = { forge: 'The forge', status: gitStatus(log), words, text: log, again: 'later' } as const;
  return explained(step, failure, { log });
}

const UNAVAILABLE = ['github-unavailable', 'forge-unavailable'];

/** Whether the forge failed, also after retries. */
export const isUnavailable = (error: unknown): boolean =>
  error instanceof UserError && UNAVAILABLE.includes(error.code);

/** Whether the forge refused, so that a retry cannot help. */
export const isFinal = (error: unknown): boolean =>
  error instanceof UserError && error.code !== 'rate-limited' && !isUnavailable(error);

/**
 * Runs an optional step, whose refusal is only a warning.
 * @param isWarning which failures are warnings
 * @returns false if it failed
 */
export async function orWarn(
  log: Log,
  call: () => Promise<boolean>,
  isWarning: (error: UserError) => boolean = isFinal,
): Promise<boolean> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof UserError) || !isWarning(error)) throw error;
    log.warning(error.message);
    return false;
  }
}
