import {
  type Explanation,
  explainingBy,
  headerOf,
  isGraphqlRefusal,
  isRateLimit,
  problemsOf,
  statusOf,
  whenFree,
  wordsOf,
} from '../failures.ts';

/**
 * The permissions that GitHub asks for, as in `permissions:` of a workflow. In the header, `;`
 * separates alternatives and `,` what is needed together (GitHub's REST documentation,
 * "Troubleshooting").
 */
function acceptedOf(error: unknown): string | undefined {
  const header = headerOf(error, 'x-accepted-github-permissions');
  if (typeof header !== 'string' || !/^[a-z_=,; ]{1,300}$/.test(header)) return undefined;
  const named = header.replaceAll('=', ': ').replaceAll('_', '-');
  return named.split(';').map(inCode).join(', or ');
}

const inCode = (permissions: string): string =>
  permissions
    .split(',')
    .map((one) => `\`${one.trim()}\``)
    .join(' and ');

/** Failures of GitHub; the first that fits is used. */
const EXPLANATIONS: readonly Explanation[] = [
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
      `GitHub does not accept the token, so it refused to ${step.to} (${wordsOf(error)}). Use a token that has not expired: \`\${{ github.token }}\`, or one of a GitHub App.`,
  },
  {
    fits: (error) => /not permitted to create or approve pull requests/i.test(wordsOf(error)),
    code: 'pull-requests-not-allowed',
    say: (step, error) =>
      `GitHub refused to ${step.to} (${wordsOf(error)}). Enable "Allow GitHub Actions to create and approve pull requests" in the settings of the repository (Actions, General, Workflow permissions) and of its organization, or use the token of a GitHub App.`,
  },
  {
    fits: (error) => /protected|rule violations|force-push|signatures/i.test(wordsOf(error)),
    code: 'branch-protected',
    say: (step, error) =>
      `A rule of the repository does not allow to ${step.to} (${wordsOf(error)}). Exclude this branch from the rule, or choose a branch name that it does not cover.`,
  },
  {
    fits: (error) =>
      /not accessible|must have|permission/i.test(wordsOf(error)) ||
      (statusOf(error) === 403 && !/archived/i.test(wordsOf(error))),
    code: 'token-permission',
    say: (step, error) =>
      `The token may not ${step.to} (${wordsOf(error)}). It needs ${acceptedOf(error) ?? inCode(step.needs)}: add that to \`permissions:\` of the job, or to the GitHub App. Runs for forks and Dependabot get a token that can only read.`,
  },
  {
    fits: (error) => statusOf(error) === 404 || problemsOf(error).some((one) => one.type === 'NOT_FOUND'),
    code: 'repository-not-found',
    say: (step, error) =>
      `GitHub answered "not found" when asked to ${step.to} (${wordsOf(error)}). Check the name of the repository, and that the token can read it if it is private (it needs ${inCode(step.needs)}).`,
  },
  {
    fits: (error) => (statusOf(error) ?? 0) >= 500,
    code: 'github-unavailable',
    say: (step, error) =>
      `GitHub failed when asked to ${step.to}, also after retries (${wordsOf(error)}). Run this again later; it continues from where it stopped.`,
  },
  {
    fits: (error) => statusOf(error) !== undefined || isGraphqlRefusal(error),
    code: 'github-refused',
    say: (step, error) => `GitHub refused to ${step.to}: ${wordsOf(error)}.`,
  },
];

export const { explain, doStep } = explainingBy(EXPLANATIONS);
