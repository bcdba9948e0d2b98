import {
  having,
  list,
  mapOf,
  maybe,
  type Shape,
  text,
  type Valid,
  whole,
  yesOrNo,
} from '../../system/shape.ts';

/**
 * Shapes of an API's answers: by method and route as its documentation writes them, for GraphQL by
 * the operation's name. Answers without an entry are not read.
 */
export type Answers = Readonly<Record<string, Shape>>;

// From GitHub's REST and GraphQL references. A proxy or a broken server can answer anything with
// status 200.

const sha = text(40, /^[0-9a-f]{40}$/);
const name = text(1000);
const long = text(1_000_000);
const date = text(40, /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/);
const login = having({ login: name });
const withSha = having({ sha });

/** Fields of a pull request; Forgejo and Gitea have them too. */
export const pullFields = {
  number: whole(1, 1e12),
  html_url: text(2000, /^https?:\/\//),
  state: text(10, /^(?:open|closed)$/),
  merged_at: maybe(text(100)),
  title: text(10_000),
  body: maybe(long),
  labels: maybe(list(having({ name }), 1000)),
  assignees: maybe(list(login, 1000)),
  requested_reviewers: maybe(list(login, 1000)),
  milestone: maybe(having({ title: name })),
};

const pull = having({
  ...pullFields,
  requested_teams: maybe(list(having({ slug: name }), 1000)),
  draft: maybe(yesOrNo),
  auto_merge: maybe(having({})),
  node_id: name,
  head: having({ sha, ref: name, repo: maybe(having({ full_name: name })) }),
  base: having({ ref: name, user: maybe(login) }),
});

const signature = maybe(having({ name: maybe(name), date: maybe(date) }));

const listedCommit = having({
  sha,
  commit: having({ message: long, tree: withSha, author: signature, committer: signature }),
  parents: list(withSha, 1000),
});

const event = having({
  label: maybe(having({ name: maybe(name) })),
  assignee: maybe(login),
  requested_reviewer: maybe(having({ login: maybe(name) })),
  requested_team: maybe(having({ slug: maybe(name) })),
  milestone: maybe(having({ title: maybe(name) })),
});

const comment = having({ id: whole(1, 1e15), body: maybe(long), user: maybe(login) });

const release = having({
  tag_name: name,
  draft: yesOrNo,
  prerelease: yesOrNo,
  body: maybe(long),
  published_at: maybe(date),
});

/** GraphQL's answer: errors, or data of this shape. */
const graphql =
  (data: Shape): Shape =>
  (value, at) => {
    const problems = maybe(list(having({ message: long, type: maybe(name) }), 1000));
    const wrong = having({ errors: problems })(value, at);
    const { errors, data: found } = (value ?? {}) as { errors?: unknown; data?: unknown };
    if (wrong !== undefined) return wrong;
    return errors && (found === null || found === undefined) ? undefined : data(found, `${at}.data`);
  };

/** A commit with its files in fields `f0`, `f1` and so on. */
export interface CommitAnswer {
  readonly oid?: string | null;
  readonly tree?: { readonly oid: string } | null;
  readonly [file: `f${number}`]: { readonly oid: string; readonly mode: number } | null;
}

const viewed: Shape<CommitAnswer> = (value, at) => {
  const wrong = having({ oid: maybe(sha), tree: maybe(having({ oid: sha })) })(value, at);
  if (wrong !== undefined) return wrong;
  const file = maybe(having({ oid: sha, mode: whole(0, 0o777777) }));
  for (const [field, one] of Object.entries(value as object)) {
    const problem = /^f\d+$/.test(field) ? file(one, `${at}.${field}`) : undefined;
    if (problem !== undefined) return problem;
  }
  return undefined;
};

/** A commit, or a ref to one. */
const named: Shape<CommitAnswer & { readonly target?: CommitAnswer | null }> = (value, at) =>
  viewed(value, at) ?? having({ target: maybe(viewed) })(value, at);

const done = graphql(having({}));

const look = having({
  viewer: maybe(login),
  repository: maybe(having({ id: name })),
  commits: maybe(mapOf(/^\w+$/, maybe(named))),
});
const autoMerge = having({
  node: maybe(
    having({
      timelineItems: having({ nodes: list(having({ actor: maybe(login) }), 100) }),
      repository: having({
        autoMergeAllowed: maybe(yesOrNo),
        mergeCommitAllowed: maybe(yesOrNo),
        squashMergeAllowed: maybe(yesOrNo),
        rebaseMergeAllowed: maybe(yesOrNo),
      }),
    }),
  ),
});

export type EventAnswer = Partial<Valid<typeof event>>;
export type LookAnswer = Valid<typeof look>;
export type AutoMergeAnswer = Valid<typeof autoMerge>;

/** Shapes of GitHub's answers. */
export const githubAnswers: Answers = {
  'GET /repos/{owner}/{repo}/pulls': list(pull, 100),
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': having({ maintainer_can_modify: maybe(yesOrNo) }),
  'POST /repos/{owner}/{repo}/pulls': pull,
  'POST /repos/{owner}/{repo}/git/trees': withSha,
  'POST /repos/{owner}/{repo}/git/commits': withSha,
  'GET /repos/{owner}/{repo}/git/ref/{ref}': having({ object: withSha }),
  'GET /repos/{owner}/{repo}/git/matching-refs/{ref}': list(having({ ref: name }), 1_000_000),
  'GET /repos/{owner}/{repo}/compare/{basehead}': having({
    commits: list(listedCommit, 1000),
    total_commits: whole(0, 1e9),
    merge_base_commit: withSha,
    files: maybe(list(having({ filename: text(5000) }), 10_000)),
  }),
  'GET /repos/{owner}/{repo}/commits/{ref}': having({
    sha,
    commit: having({ author: signature, committer: signature }),
  }),
  'GET /repos/{owner}/{repo}/issues/{issue_number}/events': list(event, 100),
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': list(comment, 100),
  'GET /repos/{owner}/{repo}/milestones': list(having({ number: whole(1, 1e12), title: name }), 100),
  'GET /repos/{owner}/{repo}/releases': list(release, 100),
  Look: graphql(look),
  Viewer: graphql(having({ viewer: login })),
  AutoMerge: graphql(autoMerge),
  Move: done,
  EnableAutoMerge: done,
  ToDraft: done,
  ToReady: done,
};
