import { UserError } from '../ports/errors.ts';

/** A step that talks to GitHub, for the sentence that says why it failed. */
export interface Step {
  /** Completes "GitHub refused to …". */
  readonly to: string;
  /** What the token needs for it, as a workflow's `permissions:` name it. */
  readonly needs: string;
}

/** What GitHub's client throws, as far as it is looked at. */
interface Failure {
  readonly status?: number;
  readonly message?: string;
  readonly response?: {
    readonly headers?: Readonly<Record<string, string | number | undefined>>;
    readonly data?: { readonly message?: string; readonly errors?: readonly Problem[] | string } | string;
  };
  /** GraphQL's errors; the status was 200. */
  readonly errors?: readonly Problem[];
}

interface Problem {
  readonly type?: string;
  readonly message?: string;
  readonly field?: string;
  readonly code?: string;
}

const failureOf = (error: unknown): Failure =>
  typeof error === 'object' && error !== null ? (error as Failure) : {};

/** HTTP status of a failed request; undefined for anything else, GraphQL's own errors included. */
export function statusOf(error: unknown): number | undefined {
  return failureOf(error).status;
}

/** The single problems that GitHub lists, in REST's 422 or GraphQL's errors. */
export function problemsOf(error: unknown): readonly Problem[] {
  const failure = failureOf(error);
  const data = failure.response?.data;
  const listed = failure.errors ?? (typeof data === 'object' ? data.errors : undefined);
  return Array.isArray(listed) ? (listed as readonly Problem[]) : [];
}

/** GitHub's own words for what is wrong, on one line. */
export function wordsOf(error: unknown): string {
  const failure = failureOf(error);
  const data = failure.response?.data;
  const said = typeof data === 'object' ? data.message : undefined;
  const details = problemsOf(error).map(
    (one) => one.message ?? [one.field, one.code].filter(Boolean).join(' '),
  );
  const parts = failure.errors ? details : [said ?? failure.message ?? String(error), ...details];
  return [...new Set(parts)].join(': ').replace(/\s+/g, ' ').trim().slice(0, 500);
}

/** Whether GraphQL said no, rather than the network or HTTP. */
export function isGraphqlRefusal(error: unknown): boolean {
  return failureOf(error).errors !== undefined && statusOf(error) === undefined;
}

function isRateLimit(error: unknown): boolean {
  const { status, response } = failureOf(error);
  if (problemsOf(error).some((one) => one.type === 'RATE_LIMITED')) return true;
  if (status !== 403 && status !== 429) return false;
  return (
    status === 429 ||
    /rate limit/i.test(wordsOf(error)) ||
    String(response?.headers?.['x-ratelimit-remaining']) === '0'
  );
}

function whenFree(error: unknown): string {
  const headers = failureOf(error).response?.headers;
  if (headers?.['retry-after'] !== undefined) return `in ${headers['retry-after']} seconds`;
  const reset = Number(headers?.['x-ratelimit-reset']);
  return Number.isFinite(reset) && reset > 0 ? `after ${new Date(reset * 1000).toISOString()}` : 'in a while';
}

/** Code, cause and remedy by what went wrong; the first that fits. */
const EXPLANATIONS: readonly {
  fits: (error: unknown) => boolean;
  code: string;
  say: (step: Step, error: unknown) => string;
}[] = [
  {
    fits: isRateLimit,
    code: 'rate-limited',
    say: (step, error) =>
      `GitHub's rate limit is used up, so it refused to ${step.to} (${wordsOf(error)}). Run this again ${whenFree(error)}; a token of a GitHub App has a limit of its own.`,
  },
  {
    fits: (error) => statusOf(error) === 401,
    code: 'token-rejected',
    say: (step, error) =>
      `GitHub does not accept the token, so it refused to ${step.to} (${wordsOf(error)}). Give a token that has not expired: \`\${{ github.token }}\`, or one of a GitHub App.`,
  },
  {
    fits: (error) => /not permitted to create or approve pull requests/i.test(wordsOf(error)),
    code: 'pull-requests-not-allowed',
    say: (step, error) =>
      `GitHub refused to ${step.to} (${wordsOf(error)}). Switch on "Allow GitHub Actions to create and approve pull requests" in the settings of the repository (Actions, General, Workflow permissions) and, where there is one, of the organization; or give the token of a GitHub App.`,
  },
  {
    fits: (error) => /protected|rule violations|force-push|signatures/i.test(wordsOf(error)),
    code: 'branch-protected',
    say: (step, error) =>
      `A rule of the repository forbids to ${step.to} (${wordsOf(error)}). Let the rule leave out this branch, or choose a branch name that it does not cover.`,
  },
  {
    fits: (error) =>
      /not accessible|must have|permission/i.test(wordsOf(error)) ||
      (statusOf(error) === 403 && !/archived/i.test(wordsOf(error))),
    code: 'token-permission',
    say: (step, error) =>
      `The token may not ${step.to} (${wordsOf(error)}). It needs \`${step.needs}\`: add that to \`permissions:\` of the job, or to the GitHub App. A pull request from a fork, and Dependabot, get a token that can only read.`,
  },
  {
    fits: (error) => statusOf(error) === 404 || problemsOf(error).some((one) => one.type === 'NOT_FOUND'),
    code: 'repository-not-found',
    say: (step, error) =>
      `GitHub found nothing where it was asked to ${step.to} (${wordsOf(error)}). Check the repository's name; GitHub says the same where the token may not see a private repository (it needs \`${step.needs}\`).`,
  },
  {
    fits: (error) => (statusOf(error) ?? 0) >= 500,
    code: 'github-unavailable',
    say: (step, error) =>
      `GitHub did not answer properly when asked to ${step.to}, also when asked again (${wordsOf(error)}). Run this again later: it goes on from where it stopped.`,
  },
  {
    fits: (error) => statusOf(error) !== undefined || isGraphqlRefusal(error),
    code: 'github-refused',
    say: (step, error) => `GitHub refused to ${step.to}: ${wordsOf(error)}.`,
  },
];

/** The error for people that stands for a failed request; anything that is not GitHub's comes back as it is. */
export function explain(step: Step, error: unknown): unknown {
  if (error instanceof UserError) return error;
  const found = EXPLANATIONS.find(({ fits }) => fits(error));
  return found ? new UserError(found.code, found.say(step, error), { cause: error }) : error;
}

/** Does a step; a failure of it comes out explained. */
export async function doStep<T>(step: Step, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw explain(step, error);
  }
}
