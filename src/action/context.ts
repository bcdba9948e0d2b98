import { UserError } from '../system/errors.ts';
import type { RunnerEvent } from './event.ts';
import type { Inputs } from './inputs.ts';
import { type Trust, trustOf } from './trust.ts';

/** What the runner says of the event, as far as it matters here. */
export interface Trigger {
  readonly owner: string;
  readonly repo: string;
  /** Branch that the pull request goes to; empty if none is known and none is needed. */
  readonly base: string;
  /** Commit before the event; undefined if it names none. */
  readonly before: string | undefined;
  readonly trust: Trust;
  /** Whether lock, sources and derivations can be those of someone who can't push here: a fork's, or unknown. */
  readonly isFork: boolean;
  readonly run: number;
  readonly apiUrl: string;
  /** Address of the forge's pages, from which repositories are cloned. */
  readonly serverUrl: string;
}

/** What an event says of a pull request. */
interface EventPull {
  readonly base?: { readonly sha?: unknown } | null;
  readonly head?: { readonly ref?: unknown } | null;
}

/**
 * Reads the event.
 * @throws UserError `untrusted-event` if something is to be published that must not be; `base-missing` if the run is on no
 *   branch and no input names one
 */
export function readTrigger(event: RunnerEvent, inputs: Inputs): Trigger {
  const { owner, repo } = event.repo;
  const trust = trustOf(event);
  if (inputs.pullRequest && !trust.mayPublish) throw unpublishable(event, trust);
  const pull = event.payload?.pull_request as EventPull | null | undefined;
  const head = pull?.head?.ref;
  const branch = typeof head === 'string' ? head : /^refs\/heads\/(.+)$/.exec(event.ref)?.[1];
  const base = inputs.base || branch;
  if (base === undefined && inputs.pullRequest) {
    throw new UserError(
      'base-missing',
      `This run is on '${event.ref}', which is not a branch; name the pull request's branch with the input 'base'.`,
    );
  }
  const before: unknown = inputs.compareWith || pull?.base?.sha || event.payload?.before;
  return {
    ...{ owner, repo, base: base ?? '' },
    before: typeof before === 'string' && !/^0*$/.test(before) ? before : undefined,
    trust,
    isFork: trust.kind === 'fork' || trust.kind === 'unknown',
    run: event.runId,
    apiUrl: event.apiUrl,
    serverUrl: event.serverUrl,
  };
}

function unpublishable({ name, payload }: RunnerEvent, { kind }: Trust): UserError {
  const why =
    payload === undefined
      ? `the payload of the event '${name}' (GITHUB_EVENT_PATH) is missing or malformed`
      : kind === 'fork'
        ? `the event '${name}' is about a pull request from another repository`
        : `the event '${name}' does not show that what is checked out comes from people who can push here`;
  return new UserError(
    'untrusted-event',
    `Nothing is published, because ${why}. Use mode: check or mode: compute in this workflow, and publish in one that push, schedule or workflow_dispatch starts.`,
  );
}
