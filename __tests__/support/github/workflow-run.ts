import type { Hub } from './route.ts';
import type { Part, Schemas } from './types.ts';

/** A run of a workflow that has ended. */
export interface EndedRun {
  readonly id: number;
  /** Path of its workflow. */
  readonly path: string;
  /** Name of the event that started it. */
  readonly eventName: string;
  /** That event's payload, of which GitHub takes the head. */
  readonly event: { readonly pull_request: { readonly head: Head } };
  readonly conclusion: 'success' | 'failure' | 'cancelled';
}

interface Head {
  readonly ref: string;
  readonly sha: string;
  readonly repo: { readonly id: number; readonly full_name: string } | null;
}

/**
 * The payload of `workflow_run` when a run has ended (GitHub's documentation, "Webhook events and
 * payloads").
 */
export function workflowRunPayload(hub: Hub, { id, path, eventName, event, conclusion }: EndedRun): object {
  const full_name = `${hub.owner}/${hub.name}`;
  const repository: Part<Schemas['minimal-repository']> = { id: 1, name: hub.name, full_name };
  const { ref: head_branch, sha: head_sha, repo } = event.pull_request.head;
  const pulls = hub.store.state.pulls.filter(({ head }) => repo?.id === 1 && head.ref === head_branch);
  const workflow_run: Part<Omit<Schemas['workflow-run'], 'head_repository' | 'pull_requests'>> = {
    ...{ id, path, event: eventName, status: 'completed', conclusion, head_branch, head_sha, repository },
  };
  return {
    action: 'completed',
    workflow_run: {
      ...{ ...workflow_run, head_repository: repo },
      pull_requests: pulls.filter(({ state }) => state === 'open').map(({ number }) => ({ number })),
    },
    repository: { ...repository, default_branch: 'main' },
  };
}
