import { ok, type Reply } from './reply.ts';
import type { Call, Route } from './route.ts';
import type { Part, Schemas } from './types.ts';

/** A run of a workflow, as far as it is started by a push. */
export type StoredRun = Part<Schemas['workflow-run']>;

/**
 * The run for `pull_request` that a push to the branch of an open pull request starts. After one by
 * GITHUB_TOKEN it waits until a user approves it (GitHub's documentation, "GITHUB_TOKEN", since 11
 * June 2026).
 */
export function startRuns({ hub, token }: Call, branch: string, sha: string): void {
  const { runs, pulls } = hub.store.state;
  if (!pulls.some(({ state, head }) => state === 'open' && head.ref === branch && !head.fork)) return;
  const waits = token?.login === 'github-actions[bot]';
  runs.push({
    ...{ id: runs.length + 1, event: 'pull_request', head_branch: branch, head_sha: sha },
    ...{ status: waits ? 'completed' : 'queued', conclusion: waits ? 'action_required' : null },
  });
  hub.store.save();
}

function listRuns({ hub, query }: Call): Reply {
  const branch = query.get('branch');
  const workflow_runs = hub.store.state.runs.filter((run) => run.head_branch === branch);
  return ok({ total_count: workflow_runs.length, workflow_runs });
}

/** Runs of workflows. */
export const runRoutes: Route[] = [
  { method: 'GET', path: /^\/actions\/runs$/, needs: ['actions=read'], handle: listRuns },
];
