import { anything, having, list, maybe, type Shape, text, whole, yesOrNo } from '../../system/shape.ts';
import { pullFields } from '../github/answers.ts';

// From the swagger of Forgejo and Gitea.

const name = text(1000);
const long = text(1_000_000);
const login = having({ login: name });
const id = whole(1, 1e15);
const titled = having({ title: name });
const repoId = whole(0, 1e15);

const pull = having({
  ...pullFields,
  // Missing on older servers.
  requested_reviewers_teams: maybe(list(having({ name }), 1000)),
  // `label` is the branch name, also after its deletion, when `ref` becomes `refs/pull/N/head`.
  head: having({ label: name, sha: text(40, /^(?:[0-9a-f]{40})?$/), repo_id: whole(-1, 1e15) }),
  base: having({ ref: name, repo_id: repoId }),
});

const event = having({
  type: name,
  label: maybe(having({ name })),
  assignee: maybe(login),
  assignee_team: maybe(having({ name })),
  milestone: maybe(titled),
  user: maybe(login),
});

/** An empty list may be null. */
const page = <T>(item: Shape<T>) => maybe(list(item, 1000));

/** Shapes of the answers of Forgejo and Gitea. */
export const forgejoAnswers = {
  'GET /repos/{owner}/{repo}': having({
    default_merge_style: maybe(name),
    allow_merge_commits: yesOrNo,
    allow_squash_merge: yesOrNo,
    allow_rebase: yesOrNo,
  }),
  'GET /repos/{owner}/{repo}/branches/{branch}': having({
    enable_status_check: yesOrNo,
    required_approvals: whole(0, 1e9),
  }),
  'GET /repos/{owner}/{repo}/pulls': page(pull),
  'POST /repos/{owner}/{repo}/pulls': pull,
  'GET /repos/{owner}/{repo}/pulls/{index}': pull,
  'GET /repos/{owner}/{repo}/commits/{ref}/status': having({ state: maybe(name) }),
  'GET /repos/{owner}/{repo}/issues/{index}/timeline': page(event),
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': page(having({ body: maybe(long) })),
  'POST /repos/{owner}/{repo}/pulls/{index}/merge': anything,
  'POST /repos/{owner}/{repo}/issues/{index}/labels': anything,
  'GET /repos/{owner}/{repo}/labels': page(having({ id, name })),
  'POST /repos/{owner}/{repo}/labels': having({ id }),
  'GET /orgs/{owner}/labels': page(having({ id, name })),
  'GET /repos/{owner}/{repo}/milestones': page(having({ id, title: name })),
};
