import { isSplit } from '../config/lock.ts';
import { type Proposal, partIn, partOf } from '../config/proposals.ts';
import type { LockRules } from '../config/types.ts';
import { derivationRef } from '../nix/target.ts';
import { silent } from '../system/log.ts';
import type { Checkout } from '../update/checkout.ts';
import { tryUpgrade } from '../update/upgrade/of-package.ts';
import { normalizeName } from '../uv/lock/names.ts';
import { wholeLock } from '../uv/plan/scope.ts';
import { fits } from '../uv/version-order.ts';
import { nothingProposed } from './proposed.ts';
import { existingOf, type ProposalResult, publishProposal } from './request.ts';
import type { Runner } from './runner.ts';

// An upgrade of one uv.lock in several pull requests: one for each direct package, or group.

/** The packages that one of the pull requests upgrades. */
interface LockPart {
  readonly name: string;
  readonly names: readonly string[];
  /** Whether it waits for maintenance, because it has no direct package. */
  readonly waits: boolean;
}

/** Name of the part with the transitive packages that are in no other part. */
const OTHERS = 'transitive';

/** The rules of a proposal's only package, if its lock is upgraded in several pull requests. */
export function splitRules({ packages }: Proposal): LockRules | undefined {
  const rules = packages.length === 1 ? packages[0]?.lock : undefined;
  return rules && isSplit(rules) ? rules : undefined;
}

/** Finds the part that another job's result names; undefined if it is not configured. */
export function partNamed(name: string, all: readonly Proposal[]): Proposal | undefined {
  const part = partIn(name) ?? '';
  const whole = all.find((one) => partOf(one, part).name === name);
  const rules = whole && splitRules(whole);
  const isPart = rules?.groups.has(part) === true || normalizeName(part) === part;
  return rules && isPart ? partOf(whole, part) : undefined;
}

/**
 * Splits the upgrade that is possible now into parts. `idle` has the names of parts without a
 * change, whose pull requests have nothing left to merge.
 */
export async function partsOf(
  runner: Runner,
  proposal: Proposal,
  rules: LockRules,
  checkout: Checkout,
): Promise<{ readonly parts: readonly LockPart[]; readonly idle: readonly string[] }> {
  const { context, inputs } = runner;
  const [config] = proposal.packages;
  if (config === undefined) return { parts: [], idle: [] };
  const derivation = derivationRef(config.nix, config.attribute, checkout.root, inputs.config);
  const { project, made } = await tryUpgrade({ config, derivation, checkout }, [], context);
  const { direct } = wholeLock(project.lock);
  const changed = made.diff.changed.map(({ name }) => name);
  const groupOf = (name: string): string | undefined =>
    [...rules.groups].find(([, patterns]) => patterns.some((one) => fits(name, one)))?.[0];
  const each = (name: string): string => (rules.pullRequests === 'each' ? name : 'others');
  const keyOf = (name: string): string => groupOf(name) ?? (direct.has(name) ? each(name) : OTHERS);
  const parts = [...Map.groupBy(changed, keyOf)]
    .map(([name, names]) => ({ name, names, waits: !names.some((one) => direct.has(one)) }))
    .toSorted((left, right) => Number(left.waits) - Number(right.waits));
  const locked = [...direct].filter((name) => project.lock.byName.has(name));
  const known = new Set([...rules.groups.keys(), ...locked.map(keyOf), OTHERS]);
  const idle = [...known].filter((name) => !parts.some((part) => part.name === name));
  return { parts: await withinLimit(parts, runner, proposal, checkout), idle };
}

/**
 * Selects the parts that already have a pull request, then others up to `most-pull-requests`. A job
 * without access to the forge looks for branches instead, and selects all if it can't list them.
 * @param parts the parts of one package
 */
export async function withinLimit<T extends { readonly name: string }>(
  parts: readonly T[],
  { inputs, forge, context }: Runner,
  whole: Proposal,
  { root }: Pick<Checkout, 'root'>,
): Promise<readonly T[]> {
  const most = splitRules(whole)?.mostPullRequests;
  if (most === undefined || parts.length <= most) return parts;
  const branchOf = ({ name }: T): string => partOf(whole, partIn(name) ?? name).branch;
  const pattern = `refs/heads/${partOf(whole, '*').branch}`;
  const listing = ['-C', root, 'ls-remote', 'origin', pattern];
  const listed = inputs.pullRequest ? undefined : await context.run('git', listing);
  // Select all: the publishing job applies the limit.
  if (listed && listed.code !== 0) return parts;
  const isOpen = async (part: T): Promise<boolean | undefined> =>
    inputs.pullRequest
      ? (await (await forge()).pulls.list(branchOf(part))).some((pull) => pull.isOpen)
      : listed?.stdout.includes(`\trefs/heads/${branchOf(part)}\n`);
  const open: T[] = [];
  for (const part of parts) if (await isOpen(part)) open.push(part);
  const others = parts.filter((part) => !open.includes(part));
  const taken = [...open, ...others.slice(0, Math.max(0, most - open.length))];
  const waiting = parts.filter((part) => !taken.includes(part)).map(({ name }) => name);
  context.log.info(`Waiting, because most-pull-requests is ${most}: ${waiting.join(', ')}.`);
  return taken;
}

/**
 * Closes the pull requests of parts that have nothing left to upgrade.
 * @returns a result for each closed pull request
 */
export async function closeIdle(
  runner: Runner,
  parts: readonly Proposal[],
  head: string,
): Promise<ProposalResult[]> {
  if (!runner.inputs.pullRequest || runner.trigger.pull) return [];
  const quiet = { ...runner, context: { ...runner.context, log: silent } };
  const existing = await existingOf(parts, runner);
  const closed: ProposalResult[] = [];
  for (const part of parts) {
    const result = await publishProposal(quiet, part, nothingProposed(part.name), head, existing);
    if (result.published?.outcome === 'closed') closed.push(result);
  }
  return closed;
}
