import path from 'node:path';
import { type Proposal, partOf, proposals } from '../config/proposals.ts';
import type { Config } from '../config/types.ts';
import { derivationRef, folderOf } from '../nix/target.ts';
import type { PublishResult } from '../pull-request/types.ts';
import { UserError } from '../system/errors.ts';
import { pathBelow } from '../system/inside.ts';
import { fakeHash } from '../system/sri.ts';
import type { Checkout } from '../update/checkout.ts';
import { baseTree } from './base-tree.ts';
import { configOf } from './config.ts';
import { headOf, pullOf, triggerOf, type Unpublished, unpublished } from './finished-run.ts';
import { publishForFork } from './fork-pull.ts';
import { locatorOf } from './locate-hashes.ts';
import { asOneProposal } from './own-pull.ts';
import { closeIdle, partNamed, withinLimit } from './parts.ts';
import { nothingProposed } from './proposed.ts';
import type { Computed, ComputedResult } from './proposed-schema.ts';
import { type ProposalResult, publishProposal } from './request.ts';
import { mostResultBytes, readResults } from './results.ts';
import { findersOf } from './run.ts';
import type { Runner } from './runner.ts';
import type { FinishedRun } from './trust.ts';
import { refuse } from './verified.ts';
import { verifiedProposal } from './verified-report.ts';
import { verify } from './verify.ts';

// Two jobs: one builds without a write token; the other publishes with the token and without Nix.

/**
 * Publishes the results of other jobs after verifying them (`verify`): as pull requests, or for
 * `workflow_run` as a commit on the branch of the pull request that the other run was for.
 * @throws UserError `result-missing`, `result-refused`, `head-missing`, and those of `publish` and
 *   `commitOnPull`
 */
export async function publishResults(runner: Runner): Promise<ProposalResult[]> {
  const { finished } = runner.trigger;
  if (finished) return publishFinished(runner, finished);
  const results = await readResults(runner.inputs.result, runner.inputs.workspace, mostResultBytes.ofCommit);
  const checkout = await runner.checkout();
  const fix = `${checkout.head} is checked out here. Check out the same commit in both jobs.`;
  return publishEach(runner, requireHead(results, checkout.head, fix), checkout, proposals);
}

async function publishFinished(runner: Runner, finished: FinishedRun): Promise<ProposalResult[]> {
  const { inputs, trigger, context, forge } = runner;
  const results = await readResults(inputs.result, inputs.workspace, mostResultBytes.ofPullRequest).catch(
    (error: unknown) => {
      if (error instanceof UserError && error.code === 'result-missing') return undefined;
      throw error;
    },
  );
  const skip = ({ why, published }: Unpublished): ProposalResult[] => {
    context.log.warning(why);
    return [{ proposed: nothingProposed(), packages: [], published }];
  };
  // A comment may have a patch for an earlier head.
  if (results === undefined && finished.fork === undefined) {
    const what = `The run for ${finished.head} has no result at ${inputs.result}: it had nothing to commit, or failed`;
    return skip(unpublished(finished.branch, 'no-result', what));
  }
  const proposed = requireHead(results ?? [], finished.head, `the run was for ${finished.head}.`);
  const pull = await pullOf(finished, forge);
  if ('why' in pull) return skip(pull);
  const one = { ...runner, trigger: triggerOf(trigger, pull) };
  if (results === undefined && pull.fork !== undefined) {
    const told = await publishForFork(runner, { ...pull, fork: pull.fork });
    const published: PublishResult = told.reason === 'unchanged' ? { ...told, reason: 'no-result' } : told;
    return [{ proposed: nothingProposed(), packages: [], published }];
  }
  const all = (config: Config): Proposal[] => asOneProposal(proposals(config));
  return publishEach(one, proposed, await headOf(runner, finished), all);
}

/** @param otherwise completes "but …" */
function requireHead(
  results: readonly ComputedResult[],
  wanted: string,
  otherwise: string,
): ComputedResult['proposed'][] {
  const other = results.find(({ head }) => head !== wanted);
  if (!other) return results.map(({ proposed }) => proposed);
  throw new UserError(
    'result-refused',
    `The result was computed from commit ${other.head}, but ${otherwise}`,
  );
}

/**
 * @param checkout the commit that they were computed from
 * @param known the proposals of a configuration
 */
async function publishEach(
  runner: Runner,
  results: readonly ComputedResult['proposed'][],
  checkout: Checkout,
  known: (config: Config) => Proposal[],
): Promise<ProposalResult[]> {
  const { inputs, context } = runner;
  const config = await configOf(runner);
  const tree = baseTree(context.run, checkout.root, checkout.head);
  const published: ProposalResult[] = [];
  const all = known(config);
  const merged = await withinLimits(merge(results), all, runner, checkout);
  const idle: Proposal[] = [];
  for (const proposed of merged) {
    const proposal = proposalOf(proposed, all);
    idle.push(...proposed.idle.map((part) => idlePart(partOf(proposal, part), all, merged)));
    const packages = proposal.packages.map((one) => {
      const derivation = derivationRef(one.nix, one.attribute, checkout.root, inputs.config);
      const { file } = derivation;
      const name = file === undefined ? undefined : pathBelow(checkout.root, file);
      return { config: one, file: name, folder: folderOf(derivation) };
    });
    const { allowedHosts, policy, trustCompute } = config;
    const [finders, locate] = [findersOf(runner, config), locatorOf(runner, checkout)];
    const wanted = { packages, allowedHosts, policy, finders, trustCompute };
    const baseline = { runner, checkout, tree, locate, ...wanted };
    const verified = await context.log.group(`Verify the result for ${proposal.name}`, () =>
      verify(proposed, baseline),
    );
    const own = await verifiedProposal(proposed, verified, runner, baseline);
    const isGroup = packages.length > 1;
    const hashes = verified.locks.map((lock) => ({
      ...{ name: isGroup ? lock.path : proposal.name, hashes: lock.hashes },
    }));
    published.push(await publishProposal(runner, proposal, own, hashes, checkout.head));
  }
  return [...published, ...(await closeIdle(runner, idle, checkout.head))];
}

/** Leaves out parts of upgrades beyond `most-pull-requests`, which only this job can count. */
async function withinLimits(
  merged: readonly Computed[],
  all: readonly Proposal[],
  runner: Runner,
  checkout: Checkout,
): Promise<readonly Computed[]> {
  const taken: Computed[] = merged.filter(({ name }) => !partNamed(name, all));
  for (const whole of all) {
    const parts = merged.filter(({ name }) => partNamed(name, [whole]));
    taken.push(...(await withinLimit(parts, runner, whole, checkout)));
  }
  return taken;
}

/** A part that a result says has nothing left, which is one by the configuration. */
function idlePart({ name }: Proposal, all: readonly Proposal[], merged: readonly Computed[]): Proposal {
  const part = partNamed(name, all);
  if (part && !merged.some((one) => one.name === name)) return part;
  throw refuse(`it has nothing left for '${name}', which is not in the configuration, or proposed too`);
}

/** Options and derivations are taken from the base, not from the result. */
function proposalOf({ name, isUnverified }: Computed, all: readonly Proposal[]): Proposal {
  const known = all.find((proposal) => proposal.name === name) ?? partNamed(name, all);
  if (!known)
    throw refuse(
      `it is about '${name}', which neither inputs nor configuration name; use the same in both jobs`,
    );
  if (isUnverified && !known.packages.some(({ pullRequest }) => pullRequest.draft === 'unverified'))
    throw refuse(`${name} did not pass verification, and 'draft' is not "unverified" in the configuration`);
  return known;
}

/** Merges the results of jobs on several systems, which must have the same files. */
function merge(results: readonly (readonly Computed[])[]): Computed[] {
  const merged = new Map<string, Computed>();
  for (const proposed of results) {
    const names = new Set(proposed.map(({ name }) => name));
    if (names.size < proposed.length) throw refuse('it has a package or group twice');
    for (const one of proposed) {
      const before = merged.get(one.name);
      const files = before ? mergeFiles(before.files, one.files) : one.files;
      if (before && (files === undefined || keyOf({ ...before, files }) !== keyOf({ ...one, files })))
        throw refuse(`two jobs computed different files for '${one.name}'; compare their logs`);
      const isUnverified = one.isUnverified || before?.isUnverified === true;
      merged.set(one.name, {
        ...one,
        idle: one.idle.filter((part) => before?.idle.includes(part) ?? true),
        files: files ?? one.files,
        isUnverified,
        seen: [...(before?.seen ?? []), ...one.seen],
      });
    }
  }
  return [...merged.values()];
}

/**
 * Files of two jobs, each of which has placeholders for hashes that the other one computed.
 * @returns undefined if they differ in anything else
 */
function mergeFiles(left: Computed['files'], right: Computed['files']): Computed['files'] | undefined {
  const merged = left.map(({ path: name, content }) => {
    const other = right.find((one) => one.path === name)?.content.split(HASH);
    const parts = content.split(HASH);
    if (other?.length !== parts.length) return undefined;
    // Every second part is a hash.
    const all = parts.map((part, index) => {
      const now = other[index];
      if (part === now || (index % 2 === 1 && now === fakeHash)) return part;
      return index % 2 === 1 && part === fakeHash ? now : undefined;
    });
    return all.includes(undefined) ? undefined : { path: name, content: all.join('') };
  });
  const files = merged.filter((one) => one !== undefined);
  return files.length === left.length && left.length === right.length ? files : undefined;
}

const HASH = /(sha256-[A-Za-z0-9+/]{43}=)/;

const keyOf = ({ files, subjects }: Pick<Computed, 'files' | 'subjects'>): string =>
  JSON.stringify([
    files.map(({ path: name, content }) => [path.posix.normalize(name), content]),
    subjects.map(({ name, before, after, isBump, release }) => [
      ...[name, before, after, isBump, release?.commit],
    ]),
  ]);
