import { UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';
import type { RunnerEvent } from './event.ts';
import type { Inputs } from './inputs.ts';
import { type BranchPull, type FinishedRun, type Trust, trustOf } from './trust.ts';

/** The event that started the run, and facts derived from the event and the inputs. */
export interface Trigger extends RunnerEvent {
  /** Base branch of the pull request; empty if it is unknown and not needed. */
  readonly base: string;
  /** Commit before the event, or commit of the base; undefined if the event has neither. */
  readonly before: string | undefined;
  readonly trust: Trust;
  /**
   * The pull request whose branch this run commits to, or computes a commit for; undefined: the
   * run opens its own pull request.
   */
  readonly pull: BranchPull | undefined;
  /** The run for a pull request whose result this one publishes. */
  readonly finished: FinishedRun | undefined;
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
 * @throws UserError `untrusted-event`, `pull-request-event` or `merge-group` if this event must not
 *   publish; `base-missing` if neither the run nor an input has a branch
 */
export function readTrigger(event: RunnerEvent, inputs: Inputs, isGithub: boolean): Trigger {
  const trust = trustOf(event);
  const { mode } = inputs;
  const commits = mode === 'compute' || (mode === 'update' && inputs.pullRequest);
  const asked = ({ fork }: { readonly fork?: string }): boolean =>
    fork === undefined || (mode !== 'update' && inputs.forks !== 'none');
  const pull = commits && trust.pull && asked(trust.pull) ? trust.pull : undefined;
  const publishes = isGithub && mode === 'publish';
  const finished = publishes && trust.finished && asked(trust.finished) ? trust.finished : undefined;
  if (inputs.pullRequest && trust.kind !== 'own' && !pull && !finished) throw unpublishable(event, trust);
  if (finished) requireWorkflow(finished, inputs);
  requireAskedBase(event, inputs);
  const proposed = event.payload?.pull_request as EventPull | null | undefined;
  const head = proposed?.head?.ref;
  const branch = typeof head === 'string' ? head : /^refs\/heads\/(.+)$/.exec(event.ref)?.[1];
  const base = pull?.base ?? (inputs.base || branch);
  if (base === undefined && inputs.pullRequest) {
    throw new UserError(
      'base-missing',
      `This run is on '${event.ref}', which is not a branch. Set the base branch with the input 'base'.`,
    );
  }
  const before: unknown = proposed?.base?.sha || (finished ? event.sha : event.payload?.before);
  return {
    ...event,
    ...{ trust, pull, finished, base: base ?? '' },
    before: typeof before === 'string' && !/^0*$/.test(before) ? before : undefined,
    isFork: trust.kind === 'fork' || trust.kind === 'unknown',
  };
}

/**
 * Opens no unwanted pull request into a branch that someone works on: after a push to a branch
 * other than the default branch, the input `base` has to be set.
 */
function requireAskedBase({ name, ref, payload }: RunnerEvent, { pullRequest, base }: Inputs): void {
  const usual = (payload?.repository as { default_branch?: unknown } | null | undefined)?.default_branch;
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
  if (!pullRequest || base !== '' || !['push', 'create'].includes(name)) return;
  if (branch === undefined || typeof usual !== 'string' || branch === usual) return;
  throw new UserError(
    'base-not-asked',
    `Nothing is published, because this is a ${name} for '${printable(branch)}', and uv-fod opens no pull request into a branch other than '${printable(usual)}' unasked. Add \`branches: [${printable(usual)}]\` to the trigger; or, for a branch that is maintained, set the input 'base' to its name.`,
  );
}

/** Checks the workflow's path: a pull request's own workflow may have the expected name. */
function requireWorkflow({ workflow }: FinishedRun, { computeWorkflow }: Inputs): void {
  if (computeWorkflow === '')
    throw new UserError(
      'input-invalid',
      `Input 'compute-workflow' is not set; for 'workflow_run' it takes the path of the workflow whose results are published, such as .github/workflows/uv-fod-pull-request-compute.yml.`,
    );
  if (workflow === computeWorkflow) return;
  throw new UserError(
    'untrusted-event',
    `Nothing is published, because the run that finished was of the workflow ${printable(workflow)}, and the input 'compute-workflow' is '${computeWorkflow}'.`,
  );
}

function unpublishable({ name, payload }: RunnerEvent, { kind }: Trust): UserError {
  if (kind === 'branch')
    return new UserError(
      'pull-request-event',
      `On '${name}' nothing is published here: uv-fod opens no pull request into the branch of this one, and commits to that branch itself only with mode: update, for the event pull_request, and never to the default branch. Use mode: check here (its summary has the patch), and mode: update for push to the default branch, schedule or workflow_dispatch.`,
    );
  if (name === 'merge_group')
    return new UserError(
      'merge-group',
      `In a merge queue nothing can be committed, so uv-fod publishes nothing for 'merge_group'. Use mode: check here, and mode: update for pull_request or push.`,
    );
  const why =
    payload === undefined
      ? `the payload of the event '${name}' (GITHUB_EVENT_PATH) is missing or malformed`
      : kind === 'fork'
        ? `the event '${name}' is for a pull request from another repository (the input 'forks' lets mode: publish comment on it for workflow_run)`
        : `the event '${name}' does not guarantee that the checked-out code is from people who can push here`;
  return new UserError(
    'untrusted-event',
    `Nothing is published, because ${why}. Use mode: check (its summary has the patch) or mode: compute in this workflow, and publish in one for push, schedule or workflow_dispatch, or for workflow_run after a run for pull_request on a branch of this repository.`,
  );
}
