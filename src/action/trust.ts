import { isBranchName } from '../config/names.ts';
import type { RunnerEvent } from './event.ts';

/**
 * Who controls the lock, sources and derivations of a run:
 * - `own`: only people who can push to this repository.
 * - `branch`: a pull request from a branch of this repository.
 * - `fork`: a pull request from another repository, also one that was deleted.
 * - `unknown`: everything else. Treated as a fork's.
 */
type Kind = 'own' | 'branch' | 'fork' | 'unknown';

/**
 * The place to read the configuration from; `nowhere` if the event names no commit that is known to
 * be the repository's own.
 */
type ConfigurationSource =
  | { readonly from: 'checkout' }
  | { readonly from: 'commit'; readonly commit: string }
  | { readonly from: 'nowhere' };

/** A pull request from a branch of this repository or of a fork, as the event describes it. */
export interface BranchPull {
  readonly number: number;
  readonly branch: string;
  /** Commit at its head, 40 hexadecimal digits. */
  readonly head: string;
  /** Name of the branch to merge into. */
  readonly base: string;
  /** The fork that has the branch, `OWNER/NAME`; undefined: this repository. */
  readonly fork?: string;
}

/**
 * A finished run for a pull request from a branch of this repository or of a fork, as
 * `workflow_run` describes it. Its number and base are looked up.
 */
export interface FinishedRun extends Pick<BranchPull, 'branch' | 'head' | 'fork'> {
  /** Path of its workflow, such as `.github/workflows/compute.yml`. */
  readonly workflow: string;
}

export interface Trust {
  readonly kind: Kind;
  readonly configuration: ConfigurationSource;
  /** A scheduled or manual run, which looks for releases. */
  readonly isScheduled: boolean;
  /** The pull request of a run that may commit to its branch; never to our default branch. */
  readonly pull?: BranchPull;
  /** The run whose result this one may publish on a pull request's branch. */
  readonly finished?: FinishedRun;
}

/** Scheduled events, and manual ones by people with write access. */
const clockOrHand: readonly string[] = ['schedule', 'workflow_dispatch', 'repository_dispatch'];

/** Events that only people with write access cause, and whose GITHUB_SHA they choose. */
const own: readonly string[] = [...clockOrHand, 'push', 'create', 'release'];

/**
 * Events whose GITHUB_SHA is the last commit of the default branch (GitHub docs, "Events that
 * trigger workflows"). The checked-out commit is often another one, such as that of a pull request.
 */
const onDefaultBranch: readonly string[] = [
  ...['branch_protection_rule', 'check_run', 'check_suite', 'delete', 'discussion', 'discussion_comment'],
  ...['fork', 'gollum', 'image_version', 'issue_comment', 'issues', 'label', 'milestone', 'page_build'],
  ...['project', 'project_card', 'project_column', 'public', 'status', 'watch', 'workflow_run'],
];

/** Branches of GitHub's merge queue; their names end with the commit that the group is based on. */
const mergeQueue = /^refs\/heads\/gh-readonly-queue\/.+-([0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * Decides how far a run is trusted; the only place that knows event names. Unlisted events, and
 * missing or malformed payloads, are untrusted.
 */
export function trustOf(event: RunnerEvent): Trust {
  const { name, payload, ref, sha } = event;
  const untrusted = (kind: Kind, commit?: unknown): Trust => ({
    kind,
    configuration: isCommit(commit) ? { from: 'commit', commit } : { from: 'nowhere' },
    isScheduled: false,
  });
  if (payload === undefined || !isOfRepository(event)) return untrusted('unknown');
  if (name.startsWith('pull_request') || 'pull_request' in payload) return proposal(event, untrusted);
  const queued = mergeQueue.exec(ref)?.[1];
  if (name === 'merge_group') return untrusted('unknown', record(payload.merge_group)?.base_sha);
  if (queued !== undefined) return untrusted('unknown', queued);
  if (onDefaultBranch.includes(name)) {
    const finished = name === 'workflow_run' ? finishedRun(payload) : undefined;
    if (!finished) return untrusted('unknown', sha);
    return { ...untrusted(finished.fork === undefined ? 'branch' : 'fork', sha), finished };
  }
  if (!own.includes(name) || (name === 'push' && !isPush(payload))) return untrusted('unknown');
  const isScheduled = clockOrHand.includes(name);
  return { kind: 'own', configuration: { from: 'checkout' }, isScheduled };
}

function proposal(
  { name, payload = {}, repo }: RunnerEvent,
  untrusted: (kind: Kind, commit?: unknown) => Trust,
): Trust {
  const pull = record(payload.pull_request);
  const base = record(pull?.base);
  const head = record(pull?.head);
  if (!base || !head || !isCommit(base.sha)) return untrusted('unknown');
  // The repository of a fork that was deleted is null.
  const from = record(head.repo);
  const to = record(base.repo) ?? record(payload.repository);
  const isBranch = from !== undefined && isSame(from, to, `${repo.owner}/${repo.repo}`);
  const fork = isBranch ? undefined : (from?.full_name ?? null);
  // The other events of a pull request run on the default branch, or have another commit.
  const own = name === 'pull_request' ? branchPull(pull?.number, head, base, payload, fork) : undefined;
  return { ...untrusted(isBranch ? 'branch' : 'fork', base.sha), ...(own ? { pull: own } : {}) };
}

function branchPull(
  number: unknown,
  { ref: branch, sha: head }: JsonObject,
  { ref: base }: JsonObject,
  { repository }: JsonObject,
  fork: unknown,
): BranchPull | undefined {
  const usual = record(repository)?.default_branch;
  if (!Number.isSafeInteger(number) || !isBranch(branch) || !isBranch(base) || !isBranch(usual))
    return undefined;
  if (!isCommit(head) || head.length !== 40) return undefined;
  const found = { number: Number(number), branch, head, base };
  if (fork !== undefined) return isFullName(fork) ? { ...found, fork } : undefined;
  return branch === usual || branch === base ? undefined : found;
}

/**
 * @returns undefined unless the run was for `pull_request`, and its branch is in a fork, or is a
 *   branch of this repository (with the same id) other than the default branch
 */
function finishedRun({ workflow_run: value, repository }: JsonObject): FinishedRun | undefined {
  const ended = record(value);
  const [own, from] = [record(repository), record(ended?.head_repository)];
  const { event, path, head_branch: branch, head_sha: head } = ended ?? {};
  if (event !== 'pull_request' || typeof own?.id !== 'number') return undefined;
  if (typeof path !== 'string' || !isBranch(branch) || !isBranch(own.default_branch)) return undefined;
  if (!isCommit(head) || head.length !== 40) return undefined;
  // GitHub's REST reference has `PATH@BRANCH` in its examples.
  const run = { branch, head, workflow: path.replace(/@.*$/, '') };
  if (from?.id === own.id) return branch === own.default_branch ? undefined : run;
  // A fork has to have another id and another name.
  const fork = from?.full_name;
  const isOther = typeof from?.id === 'number' && isFullName(fork) && !isNamed(from, String(own.full_name));
  return isOther ? { ...run, fork } : undefined;
}

/** Names that GitHub gives to owners and repositories. */
const isFullName = (name: unknown): name is string =>
  typeof name === 'string' && /^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(name) && !/\/\.{1,2}$/.test(name);

const isBranch = (name: unknown): name is string => typeof name === 'string' && isBranchName(name);

/** Compares repositories by id if the payload has it, because a name can be reused. */
function isSame(from: JsonObject, to: JsonObject | undefined, own: string): boolean {
  if (typeof from.id === 'number' && typeof to?.id === 'number') return from.id === to.id;
  return isNamed(from, own);
}

/** Whether the payload is for the repository of the run. */
function isOfRepository({ payload, repo }: RunnerEvent): boolean {
  const repository = payload?.repository;
  if (repository === undefined) return true;
  const fields = record(repository);
  return fields !== undefined && (!('full_name' in fields) || isNamed(fields, `${repo.owner}/${repo.repo}`));
}

/** Forges ignore the case of repository names. */
const isNamed = ({ full_name: name }: JsonObject, own: string): boolean =>
  typeof name === 'string' && name.toLowerCase() === own.toLowerCase();

const isPush = ({ ref, after }: JsonObject): boolean => typeof ref === 'string' || typeof after === 'string';

type JsonObject = Readonly<Record<string, unknown>>;

const record = (value: unknown): JsonObject | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;

const isCommit = (text: unknown): text is string =>
  typeof text === 'string' && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text) && !/^0+$/.test(text);
