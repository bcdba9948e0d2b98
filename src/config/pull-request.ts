import { isBranchName } from './names.ts';
import { TableReader } from './reader.ts';

export interface PullRequestOptions {
  readonly title: string | undefined;
  readonly body: string | undefined;
  readonly commitMessage: string | undefined;
  readonly branch: string | undefined;
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
  readonly assignees: readonly string[];
  readonly milestone: string | undefined;
  readonly draft: boolean | 'unverified';
  /** True: by any method that the repository allows. */
  readonly autoMerge: boolean | 'merge' | 'squash' | 'rebase';
}

/** Placeholders of a title (docs/configuration.md). */
const titleWords = ['name', 'before', 'after'] as const;

/** Placeholders of the other templates. */
const wordsOf = {
  commitMessage: [...titleWords, 'title'],
  body: [...titleWords, 'title', 'report'],
} as const;

/** @param below defaults for keys that are not set */
export function readPullRequest(
  table: TableReader,
  below: Partial<PullRequestOptions> = {},
): PullRequestOptions {
  return {
    title: template(table, 'title', titleWords) ?? below.title,
    body: template(table, 'body', wordsOf.body) ?? below.body,
    commitMessage: template(table, 'commit-message', wordsOf.commitMessage) ?? below.commitMessage,
    branch: table.string('branch', 'a branch name', isBranchName) ?? below.branch,
    labels: table.strings('labels', 'names of labels') ?? below.labels ?? [],
    reviewers:
      table.strings('reviewers', 'user names, or teams as "org/team"', isLogin) ?? below.reviewers ?? [],
    assignees: table.strings('assignees', 'user names', isLogin) ?? below.assignees ?? [],
    milestone: table.string('milestone', "a milestone's title or number") ?? below.milestone,
    draft: table.oneOf('draft', [true, false, 'unverified']) ?? below.draft ?? false,
    autoMerge:
      table.oneOf('auto-merge', [false, true, 'merge', 'squash', 'rebase']) ?? below.autoMerge ?? false,
  };
}

function template(table: TableReader, key: string, known: readonly string[]): string | undefined {
  return table.string(key, placeholdersText(known), (text) => unknownWord(text, known) === undefined);
}

/** Describes in messages what a template may contain. */
const placeholdersText = (known: readonly string[]): string =>
  `a text with no other placeholders than ${known.map((name) => `{${name}}`).join(', ')}`;

/** The first unknown placeholder of a template. */
function unknownWord(text: string, known: readonly string[]): string | undefined {
  return [...text.matchAll(/\{([a-z-]{1,40})\}/g)]
    .map(([, name = '']) => name)
    .find((name) => !known.includes(name));
}

/** Whether a text may be the name of a user, an App, or a team as `org/team`. */
const isLogin = (text: string): boolean => /^[A-Za-z0-9][\w.-]*(\[bot\]|\/[\w.-]+)?$/.test(text);

/** The options if no key is set. */
export const noOptions = TableReader.defaults((table) => readPullRequest(table));
