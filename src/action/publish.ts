import { sameData } from '../build-lock/text.ts';
import { type Proposal, partOf, proposals } from '../config/proposals.ts';
import type { Config } from '../config/types.ts';
import { derivationRef, folderOf } from '../nix/target.ts';
import type { PublishResult } from '../pull-request/types.ts';
import { UserError } from '../system/errors.ts';
import { pathBelow } from '../system/inside.ts';
import { fakeHash } from '../system/sri.ts';
import type { Checkout } from '../update/checkout.ts';
import { configOf } from './config.ts';
import { headOf, pullOf, type Unpublished, unpublished } from './finished-run.ts';
import { publishForFork } from './fork-pull.ts';
import { asOneProposal } from './own-pull.ts';
import { closeIdle, partNamed, withinLimit } from './parts.ts';
import { nothingProposed } from './proposed.ts';
import type { Computed, ComputedResult } from './proposed-schema.ts';
import { type ProposalResult, publishProposal } from './request.ts';
import { mostResultBytes, readResults } from './results.ts';
import { findersOf } from './run.ts';
import type { Runner } from './runner.ts';
import type { FinishedRun } from './trust.ts';
import { baseTree } from './verify/base-tree.ts';
import { verifiedProposal } from './verify/report.ts';
import { refuse } from './verify/types.ts';
import { verify } from './verify/verify.ts';

// Two jobs: one builds without a write token; the other publishes with the token and without Nix.

/**
 * Publishes the results of other jobs after verifying them (`verify`): as pull requests, or for
 * `workflow_run` as a commit on the branch of the pull request that the other run was for.
 * @throws UserError `result-missing`, `result-refused`, `head-missing`, and errors of `publish` and
 *   `commitOnPull`
 */
export async function publishResults(runner: Runner): Promise<ProposalResult[]> {
  const { inputs, trigger } = runner;
  const { ofCommit, ofPullRequest } = mostResultBytes;
  const most = trigger.finished ? ofPullRequest : ofCommit;
  const results = await readResults(inputs.result, inputs.workspace, most);
  if (trigger.finished) return publishFinished(runner, trigger.finished, results);
  if (results.length === 0)
    throw new UserError(
      'result-missing',
      `There is no result at ${inputs.result}. Download the build job's artifact in a step before this one, and set its path with the input 'result'.`,
    );
  const checkout = await runner.checkout();
  const fix = `${checkout.head} is checked out here. Check out the same commit in both jobs.`;
  return publishEach(runner, requireHead(results, checkout.head, fix), checkout, proposals);
}

async function publishFinished(
  runner: Runner,
  finished: FinishedRun,
  results: readonly ComputedResult[],
): Promise<ProposalResult[]> {
  const { inputs, trigger, context, forge } = runner;
  const skip = ({ why, published }: Unpublished): ProposalResult[] => {
    context.log.warning(why);
    return [{ proposed: nothingProposed(), published }];
  };
  // For a fork, continue: a comment may have a patch for an earlier head.
  if (results.length === 0 && finished.fork === undefined) {
    const what = `The run for ${finished.head} has no result at ${inputs.result}: it had nothing to commit, or failed`;
    return skip(unpublished(finished.branch, 'no-result', what));
  }
  const proposed = requireHead(results, finished.head, `the run was for ${finished.head}.`);
  const pull = await pullOf(finished, forge);
  if ('why' in pull) return skip(pull);
  if (results.length === 0 && pull.fork !== undefined) {
    const found = await publishForFork(runner, { ...pull, fork: pull.fork });
    const published: PublishResult = found.reason === 'unchanged' ? { ...found, reason: 'no-result' } : found;
    return [{ proposed: nothingProposed(), published }];
  }
  const forPull = { ...runner, trigger: { ...trigger, pull, base: pull.base } };
  const all = (config: Config): Proposal[] => asOneProposal(proposals(config));
  return publishEach(forPull, proposed, await headOf(runner, finished), all);
}

/** @param otherwise the end of a sentence, after "but" */
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
 * @param checkout the commit that the results were computed from
 * @param known returns the proposals of a configuration
 */
async function publishEach(
  runner: Runner,
  results: readonly ComputedResult['proposed'][],
  checkout: Checkout,
  known: (config: Config) => Proposal[],
): Promise<ProposalResult[]> {
  const { inputs, context } = runner;
  const config = await configOf(runner);
  const { root, head } = checkout;
  const { allowedHosts, policy, trustCompute } = config;
  const [tree, finders] = [baseTree(context.run, root, head), findersOf(runner, config)];
  const common = { runner, checkout, tree, finders, allowedHosts, policy, trustCompute };
  const published: ProposalResult[] = [];
  const all = known(config);
  const merged = await withinLimits(merge(results), all, runner, checkout);
  const idle: Proposal[] = [];
  for (const proposed of merged) {
    const proposal = proposalOf(proposed, all);
    idle.push(...proposed.idle.map((part) => idlePart(partOf(proposal, part), all, merged)));
    const packages = proposal.packages.map((one) => {
      const derivation = derivationRef(one.nix, one.attribute, root, inputs.config);
      const file = derivation.file === undefined ? undefined : pathBelow(root, derivation.file);
      return { config: one, file, folder: folderOf(derivation) };
    });
    const baseline = { ...common, packages };
    const verified = await context.log.group(`Verify the result for ${proposal.name}`, () =>
      verify(proposed, baseline),
    );
    const own = await verifiedProposal(proposed, verified, baseline);
    published.push(await publishProposal(runner, proposal, own, head));
  }
  return [...published, ...(await closeIdle(runner, idle, head))];
}

/** Leaves out parts beyond `most-pull-requests`: only this job can count the pull requests. */
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

/** Finds a part that the result reports as idle; it has to be in the configuration. */
function idlePart({ name }: Proposal, all: readonly Proposal[], merged: readonly Computed[]): Proposal {
  const part = partNamed(name, all);
  if (part && !merged.some((one) => one.name === name)) return part;
  throw refuse(`it has nothing left for '${name}', which is not in the configuration, or proposed too`);
}

/** Finds the proposal in the base's configuration; the result's options are not used. */
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
      merged.set(one.name, before ? mergeTwo(before, one) : one);
    }
  }
  return [...merged.values()];
}

function mergeTwo(before: Computed, one: Computed): Computed {
  const refusal = refuse(`two jobs computed different files for '${one.name}'; compare their logs`);
  if (before.files.length !== one.files.length || !sameData(before.subjects, one.subjects)) throw refusal;
  const files = before.files.map(({ path, content }) => {
    const other = one.files.find((file) => file.path === path);
    const both = other && mergeHashes(content, other.content);
    if (both === undefined) throw refusal;
    return { path, content: both };
  });
  return {
    ...{ ...one, files },
    idle: one.idle.filter((part) => before.idle.includes(part)),
    isUnverified: one.isUnverified || before.isUnverified,
    seen: [...before.seen, ...one.seen],
  };
}

/**
 * Merges texts of two jobs, each with placeholders for the hashes that the other job computed.
 * @returns undefined if the texts have other differences
 */
function mergeHashes(left: string, right: string): string | undefined {
  const pattern = /(sha256-[A-Za-z0-9+/]{43}=)/;
  const [parts, others] = [left.split(pattern), right.split(pattern)];
  // Every second part is a hash.
  const merged = parts.map((part, index) => {
    const other = others[index];
    if (part === other || other === fakeHash) return part;
    return part === fakeHash ? other : undefined;
  });
  return parts.length !== others.length || merged.includes(undefined) ? undefined : merged.join('');
}
