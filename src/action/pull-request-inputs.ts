import { isLogin, placeholdersText, titleWords, unknownWord, wordsOf } from '../config/pull-request.ts';
import type { PullRequestOptions } from '../config/types.ts';
import { UserError } from '../system/errors.ts';

/** Options of pull requests that are set by inputs; they override those of the configuration. */
export type GivenOptions = Partial<Omit<PullRequestOptions, 'branch'>>;

type Read = (name: string, text: string) => GivenOptions;

/** By the name of the input, which is also the key in the configuration. */
const readers: Readonly<Record<string, Read>> = {
  title: (name, text) => ({ title: template(name, text, titleWords) }),
  body: (name, text) => ({ body: template(name, text, wordsOf.body) }),
  'commit-message': (name, text) => ({ commitMessage: template(name, text, wordsOf.commitMessage) }),
  labels: (_, text) => ({ labels: listed(text) }),
  reviewers: (name, text) => ({ reviewers: logins(name, text, 'user names, or teams as org/team') }),
  assignees: (name, text) => ({ assignees: logins(name, text, 'user names') }),
  milestone: (_, text) => ({ milestone: text }),
  draft: (name, text) => ({
    draft: oneOf(name, text, { true: true, false: false, unverified: 'unverified' }),
  }),
  'auto-merge': (name, text) => ({
    autoMerge: oneOf(name, text, {
      ...{ true: true, false: false },
      ...{ merge: 'merge', squash: 'squash', rebase: 'rebase' },
    }),
  }),
};

/**
 * Reads the inputs for pull requests.
 * @param get returns an input's text, empty if it is not set
 * @throws UserError `input-invalid`
 */
export function loadPullRequestInputs(get: (name: string) => string): GivenOptions {
  const given = Object.entries(readers).flatMap(([name, read]) => {
    const text = get(name);
    return text === '' ? [] : [read(name, text)];
  });
  return Object.assign({}, ...given) as GivenOptions;
}

/** Entries separated by commas or line ends. */
const listed = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');

function logins(name: string, text: string, what: string): string[] {
  const all = listed(text);
  const wrong = all.find((login) => !isLogin(login));
  if (wrong !== undefined) throw invalid(name, wrong, `${what}, separated by commas or line ends`);
  return all;
}

function template(name: string, text: string, known: readonly string[]): string {
  const wrong = unknownWord(text, known);
  if (wrong === undefined) return text;
  throw invalid(name, text, placeholdersText(known));
}

function oneOf<T>(name: string, text: string, allowed: Readonly<Record<string, T>>): T {
  const found = Object.entries(allowed).find(([word]) => word === text.toLowerCase());
  if (!found) throw invalid(name, text, Object.keys(allowed).join(', '));
  return found[1];
}

export const invalid = (name: string, text: string, allowed: string): UserError =>
  new UserError('input-invalid', `Input '${name}' is '${text.slice(0, 200)}'; it takes ${allowed}.`);
