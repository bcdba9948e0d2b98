import path from 'node:path';
import { type Proposal, proposals } from '../config/proposals.ts';
import type { Config } from '../config/types.ts';
import { derivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import { pathBelow } from '../system/inside.ts';
import { baseTree } from './base-tree.ts';
import { configOf } from './config.ts';
import type { Proposed } from './proposed.ts';
import { type ProposalResult, publishProposal } from './request.ts';
import { readResults } from './results.ts';
import { findersOf } from './run.ts';
import type { Runner } from './runner.ts';
import { refuse } from './verified.ts';
import { verifiedProposal } from './verified-report.ts';
import { verify } from './verify.ts';

// Two jobs: one builds without a write token; the other publishes with the token and without Nix.

/**
 * Publishes the results of other jobs after verifying them (`verify`).
 * @throws UserError `result-missing`, `result-refused`, and those of `publish`
 */
export async function publishResults(runner: Runner): Promise<ProposalResult[]> {
  const { inputs, context } = runner;
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
  const config = await configOf(runner);
  const tree = baseTree(context.run, checkout.root, checkout.head);
  const published: ProposalResult[] = [];
  for (const proposed of merge(results.map((result) => result.proposed))) {
    const proposal = proposalOf(proposed, config);
    const packages = proposal.packages.map((one) => {
      const { file } = derivationRef(one.nix, one.attribute, checkout.root, inputs.config);
      return { config: one, file: file === undefined ? undefined : pathBelow(checkout.root, file) };
    });
    const { allowedHosts } = config;
    const baseline = { runner, tree, packages, allowedHosts, finders: findersOf(runner, config) };
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
  return published;
}

/** Options and derivations are taken from the base, not from the result. */
function proposalOf({ name, isUnverified }: Proposed, config: Config): Proposal {
  const known = proposals(config).find((proposal) => proposal.name === name);
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
      ...[name, before, after, isBump, release?.commit],
    ]),
  ]);
