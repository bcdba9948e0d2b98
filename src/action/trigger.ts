import { UserError } from '../system/errors.ts';
import type { RunnerEvent } from './event.ts';
import type { Inputs } from './inputs.ts';
import { type Trust, trustOf } from './trust.ts';

/** The event that started the run, and what follows from it and the inputs. */
export interface Trigger extends RunnerEvent {
  /** Base branch of the pull request; empty if it is unknown and not needed. */
  readonly base: string;
  /** Commit before the event; undefined if it names none. */
  readonly before: string | undefined;
  readonly trust: Trust;
  /** Whether lock, sources and derivations may be an untrusted contributor's. */
  readonly isFork: boolean;
}

/** The pull request of an event. */
interface EventPull {
  readonly base?: { readonly sha?: unknown } | null;
  readonly head?: { readonly ref?: unknown } | null;
}

/**
 * Reads the event.
 * @throws UserError `untrusted-event` or `pull-request-event` if this event must not publish;
 *   `base-missing` if neither the run nor an input has a branch
 */
export function readTrigger(event: RunnerEvent, inputs: Inputs): Trigger {
  const trust = trustOf(event);
  if (inputs.pullRequest && trust.kind !== 'own') throw unpublishable(event, trust);
  const pull = event.payload?.pull_request as EventPull | null | undefined;
  const head = pull?.head?.ref;
  const branch = typeof head === 'string' ? head : /^refs\/heads\/(.+)$/.exec(event.ref)?.[1];
  const base = inputs.base || branch;
  if (base === undefined && inputs.pullRequest) {
    throw new UserError(
      'base-missing',
      `This run is on '${event.ref}', which is not a branch. Set the base branch with the input 'base'.`,
    );
  }
  const before: unknown = inputs.compareWith || pull?.base?.sha || event.payload?.before;
  return {
    ...event,
    ...{ trust, base: base ?? '' },
    before: typeof before === 'string' && !/^0*$/.test(before) ? before : undefined,
    isFork: trust.kind === 'fork' || trust.kind === 'unknown',
  };
}

function unpublishable({ name, payload }: RunnerEvent, { kind }: Trust): UserError {
  if (kind === 'branch')
    return new UserError(
      'pull-request-event',
      `On '${name}' uv-fod would open a pull request into the branch of this one. Use mode: check here (it prints the patch), and mode: update for push to the default branch, schedule or workflow_dispatch.`,
    );
  const why =
    payload === undefined
      ? `the payload of the event '${name}' (GITHUB_EVENT_PATH) is missing or malformed`
      : kind === 'fork'
        ? `the event '${name}' is for a pull request from another repository`
        : `the event '${name}' does not guarantee that the checked-out code is from people who can push here`;
  return new UserError(
    'untrusted-event',
    `Nothing is published, because ${why}. Use mode: check or mode: compute in this workflow, and publish in one for push, schedule or workflow_dispatch.`,
  );
}
