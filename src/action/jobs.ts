import path from 'node:path';
import type { Proposal } from '../config/proposals.ts';
import type { Config } from '../config/types.ts';
import { isAllowedHost } from '../fetch/host-policy.ts';
import { derivationRef } from '../nix/target.ts';
import { publish } from '../pull-request/publish.ts';
import type { Report } from '../pull-request/report/types.ts';
import type { PublishResult } from '../pull-request/types.ts';
import { UserError } from '../system/errors.ts';
import { pathBelow } from '../system/inside.ts';
import { unlessCancelled } from '../system/promises.ts';
import type { Checkout } from '../update/checkout.ts';
import { baseTree } from './base-tree.ts';
import { verifyBuilds } from './build-lock.ts';
import type { Inputs } from './inputs.ts';
import { type Proposed, requestOf } from './proposed.ts';
import { refuse } from './refuse.ts';
import { readResults } from './results.ts';
import { configOf, proposalsOf, type Runner, releaseParts } from './run.ts';
import { verifiedProposal } from './verified-report.ts';
import { type Baseline, verify } from './verify.ts';

// Two jobs: one builds without a write token; the other publishes with the token and without Nix.

interface PublishedResult {
  readonly name: string;
  readonly reports: readonly Report[];
  readonly published: PublishResult;
}

/**
 * Publishes the results of other jobs after verifying them (`verify`).
 * @throws UserError `result-missing`, `result-refused`, and those of `publish`
 */
export async function publishResults(runner: Runner): Promise<PublishedResult[]> {
  const { inputs, trigger, parts, forge } = runner;
  const checkout = await runner.checkout();
  const results = await readResults(inputs.result, inputs.workspace);
  for (const { head } of results) {
    if (head !== checkout.head) {
      throw new UserError(
        'result-refused',
        `The result was computed from commit ${head}, but ${checkout.head} is checked out here. Check out the same commit in both jobs.`,
      );
    }
  }
  const config = await configOf(runner, checkout);
  const published: PublishedResult[] = [];
  for (const proposed of merge(results.map((result) => result.proposed))) {
    const proposal = proposalOf(proposed, inputs, config);
    const baseline = baselineOf(runner, proposal, checkout, config);
    const verified = await parts.log.group(`Verify the result for ${proposal.name}`, () =>
      verify(proposed, baseline),
    );
    const own = await verifiedProposal(proposed, proposal, verified, { runner, checkout, baseline });
    const request = requestOf(own, proposal, trigger, checkout.head);
    const done = await unlessCancelled(publish(await forge(), request, parts.log), parts.stop);
    published.push({ name: proposal.name, reports: own.reports, published: done });
  }
  return published;
}

/** What a result is verified against: the commit and its configuration. */
function baselineOf(runner: Runner, { packages }: Proposal, checkout: Checkout, config: Config): Baseline {
  const { parts, inputs } = runner;
  const { root, head } = checkout;
  const tree = baseTree(parts.run, root, head);
  const files = packages.map((one) => {
    const { file } = derivationRef(one.nix, one.attribute, root, inputs.config);
    return { config: one, file: file === undefined ? undefined : pathBelow(root, file) };
  });
  return {
    ...{ tree, native: parts.native, packages: files },
    verifyBuilds: (lock, hashes) => verifyBuilds(lock, hashes, { runner, checkout, tree }),
    ...{ allowedHosts: config.allowedHosts, isAllowedHost },
    ...{ releases: releaseParts(runner, config), now: Date.now() },
  };
}

/** Options and derivations are taken from the base, not from the result. */
function proposalOf({ name, isUnverified }: Proposed, inputs: Inputs, config: Config): Proposal {
  const known = proposalsOf(inputs, config).find((proposal) => proposal.name === name);
  if (!known)
    throw refuse(
      `it is about '${name}', which neither inputs nor configuration name; use the same in both jobs`,
    );
  if (isUnverified && !known.packages.some(({ pullRequest }) => pullRequest.draft === 'unverified'))
    throw refuse(`${name} did not pass verification, and 'draft' is not "unverified" in the configuration`);
  return known;
}

/** Merges the results of jobs on several systems, which must have the same files. */
function merge(results: readonly (readonly Proposed[])[]): Proposed[] {
  const merged = new Map<string, Proposed>();
  for (const proposed of results) {
    const names = new Set(proposed.map(({ name }) => name));
    if (names.size < proposed.length) throw refuse('it has a package or group twice');
    for (const one of proposed) {
      const before = merged.get(one.name);
      if (before && keyOf(before) !== keyOf(one))
        throw refuse(`two jobs computed different files for '${one.name}'; compare their logs`);
      const isUnverified = one.isUnverified || before?.isUnverified === true;
      merged.set(one.name, { ...one, isUnverified, seen: [...(before?.seen ?? []), ...one.seen] });
    }
  }
  return [...merged.values()];
}

const keyOf = ({ files, subjects }: Proposed): string =>
  JSON.stringify([
    files.map(({ path: name, content }) => [path.posix.normalize(name), content]),
    subjects.map(({ name, before, after, isBump, release }) => [
      name,
      before,
      after,
      isBump,
      release?.commit,
    ]),
  ]);
