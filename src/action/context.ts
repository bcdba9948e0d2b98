import { UserError } from '../ports/errors.ts';
import type { RunnerEvent } from './event.ts';
import type { Inputs } from './inputs.ts';

/** What the runner says of the event, as far as it matters here. */
export interface Trigger {
  readonly owner: string;
  readonly repo: string;
  /** Branch that the pull request goes to. */
  readonly base: string;
  /** Commit before the event; undefined where it names none. */
  readonly before: string | undefined;
  /** Base commit of the pull request that started this; undefined where the run is on a branch of the repository. */
  readonly proposedTo: string | undefined;
  /** Whether what was proposed is a fork's: its author need not have any right here. */
  readonly isFork: boolean;
  /** Nothing that was proposed takes part: started by a push, by the clock or by hand. */
  readonly isOwn: boolean;
  readonly run: number;
  /** Started by the clock or by hand: nobody changed anything, so there may be something to look for. */
  readonly isScheduled: boolean;
  readonly apiUrl: string;
  /** Address of the forge's pages, from which repositories are cloned. */
  readonly serverUrl: string;
}

const clockOrHand: readonly string[] = ['schedule', 'workflow_dispatch', 'repository_dispatch'];

/** What an event says of a pull request. The repository of a fork that was deleted is null. */
interface Proposed {
  readonly base?: { readonly sha?: string; readonly ref?: string };
  readonly head?: { readonly ref?: string; readonly repo?: { readonly full_name?: string } | null };
}

/**
 * Reads the event.
 * @throws UserError `base-missing` where the run is on no branch and no input names one
 */
export function readTrigger(event: RunnerEvent, inputs: Inputs): Trigger {
  const { owner, repo } = event.repo;
  const pull = event.payload.pull_request as Proposed | undefined;
  const branch = pull?.head?.ref ?? /^refs\/heads\/(.+)$/.exec(event.ref)?.[1];
  const base = inputs.base || branch;
  if (base === undefined) {
    throw new UserError(
      'base-missing',
      `This run is on '${event.ref}', which is no branch; name the pull request's branch with the input 'base'.`,
    );
  }
  const before: unknown = inputs.compareWith || pull?.base?.sha || event.payload.before;
  return {
    ...{ owner, repo, base },
    before: typeof before === 'string' && !/^0*$/.test(before) ? before : undefined,
    proposedTo: pull?.base?.sha,
    isFork: pull !== undefined && pull.head?.repo?.full_name !== `${owner}/${repo}`,
    isOwn: pull === undefined && (event.name === 'push' || clockOrHand.includes(event.name)),
    run: event.runId,
    isScheduled: clockOrHand.includes(event.name),
    apiUrl: event.apiUrl,
    serverUrl: event.serverUrl,
  };
}
