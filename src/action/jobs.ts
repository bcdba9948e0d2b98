import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isAllowedHost } from '../config/hosts.ts';
import type { Proposal } from '../config/proposals.ts';
import type { Config } from '../config/types.ts';
import { whereOf } from '../derivation/where.ts';
import { unlessCancelled } from '../ports/cancelled.ts';
import { UserError } from '../ports/errors.ts';
import { publish } from '../pull-request/publish.ts';
import type { PublishResult } from '../pull-request/types.ts';
import type { Checkout } from '../refresh/checkout.ts';
import type { HashChange, Report } from '../report/types.ts';
import { placeOfHash } from '../update/without-nix.ts';
import type { Inputs } from './inputs.ts';
import { type Proposed, requestOf } from './proposed.ts';
import { configOf, type ProposalResult, proposalsOf, type Runner } from './run.ts';
import { type Baseline, verify } from './verify.ts';

// Two jobs: one computes, with Nix and without a token that may write; the other publishes, with the token and without Nix.

/** What the computing job hands over. */
interface Result {
  readonly version: 1;
  /** Commit that it was computed from. */
  readonly head: string;
  readonly proposed: readonly Proposed[];
}

/** Writes what was computed, for the publishing job. */
export async function writeResult(
  results: readonly ProposalResult[],
  head: string,
  file: string,
): Promise<void> {
  const result: Result = { version: 1, head, proposed: results.map(({ proposed }) => proposed) };
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
}

export interface PublishedResult {
  readonly proposed: Proposed;
  readonly published: PublishResult;
}

/**
 * Publishes what other jobs computed, one a system or one for all, after finding it all again: see `verify`.
 * @throws UserError `result-missing`, `result-refused`, and those of `publish`
 */
export async function publishResults(runner: Runner): Promise<PublishedResult[]> {
  const { inputs, trigger, parts, forge } = runner;
  const checkout = await runner.checkout();
  const results = await readResults(inputs.result);
  for (const { head } of results) {
    if (head !== checkout.head) {
      throw new UserError(
        'result-refused',
        `The result was computed from commit ${head}, and ${checkout.head} is checked out here; check out the same commit in both jobs.`,
      );
    }
  }
  const config = await configOf(runner, checkout);
  const published: PublishedResult[] = [];
  for (const proposed of merge(results.flatMap((result) => result.proposed))) {
    const proposal = proposalOf(proposed, inputs, config);
    const baseline = baselineOf(runner, proposal, checkout, config);
    await parts.log.group(`Plan and hash ${proposed.name} again`, () => verify(proposed, baseline));
    const request = drawn(proposed, () => requestOf(proposed, proposal, trigger, checkout.head));
    const done = await unlessCancelled(publish(await forge(), request, parts.log), parts.stop);
    published.push({ proposed, published: done });
  }
  return published;
}

/** A report is data of another job: where it is none, nothing has been written yet. */
function drawn<T>({ name }: Proposed, draw: () => T): T {
  try {
    return draw();
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(
      'result-refused',
      `The result has no whole report about '${name.slice(0, 100)}', so nothing was written; run both jobs with the same version.`,
      { cause },
    );
  }
}

/** What a result is judged by: the checkout and the base's configuration. What git does not track in it may be the result's. */
function baselineOf(
  { inputs, parts }: Runner,
  { packages }: Proposal,
  { root }: Checkout,
  config: Config,
): Baseline {
  const { read, native } = parts;
  const places = packages.map(({ nix, attribute }) => whereOf(nix, attribute, root, inputs.config));
  return {
    ...{ root, read, native, allowedHosts: config.allowedHosts, isAllowedHost },
    isInBase: async (hash) => {
      for (const where of places)
        if (await placeOfHash(hash, where, parts, { untracked: false })) return true;
      return false;
    },
  };
}

/** How it is to look, and where its derivations are, is the base's to say, not the result's. */
function proposalOf({ name }: Proposed, inputs: Inputs, config: Config): Proposal {
  const known = proposalsOf(inputs, config).find((proposal) => proposal.name === name);
  if (known) return known;
  throw new UserError(
    'result-refused',
    `The result is about '${name.slice(0, 100)}', which neither inputs nor configuration name; give both jobs the same.`,
  );
}

/** Jobs on several systems have to come to the same files: what each proved by Nix is put together, nothing is overwritten. */
function merge(all: readonly Proposed[]): Proposed[] {
  const merged = new Map<string, Proposed>();
  for (const one of all) {
    const before = merged.get(one.name);
    if (before && JSON.stringify(before.files) !== JSON.stringify(one.files)) {
      throw new UserError(
        'result-refused',
        `Two jobs computed different files for '${one.name.slice(0, 100)}', so neither is published; compare their logs.`,
      );
    }
    merged.set(
      one.name,
      before
        ? { ...before, reports: before.reports.map((report, index) => together(report, one.reports[index])) }
        : one,
    );
  }
  return [...merged.values()];
}

function together(left: Report, right: Report | undefined): Report {
  if (!right) return left;
  const stronger = (hash: HashChange): HashChange => {
    const other = right.hashes.find(({ system }) => system === hash.system);
    return hash.how !== 'both' && other?.how === 'both' ? other : hash;
  };
  return { ...left, hashes: left.hashes.map(stronger), checks: [...left.checks, ...right.checks] };
}

/** One result, or each `.json` below a folder, as actions/download-artifact lays several out. */
async function readResults(place: string): Promise<Result[]> {
  const found = await stat(place).catch(() => undefined);
  const files = found?.isDirectory()
    ? (await readdir(place, { recursive: true }))
        .filter((name) => name.endsWith('.json'))
        .map((name) => path.join(place, name))
    : found
      ? [place]
      : [];
  if (files.length === 0) {
    throw new UserError(
      'result-missing',
      `There is no result at ${place}; download the computing job's artifact in a step before this one, and name it with the input 'result'.`,
    );
  }
  return Promise.all(files.sort().map(readResult));
}

async function readResult(file: string): Promise<Result> {
  const refuse = (why: string): UserError =>
    new UserError(
      'result-refused',
      `${file} is no result of mode: compute (${why}); run both jobs with the same version.`,
    );
  let value: Partial<Result> | null;
  try {
    value = JSON.parse(await readFile(file, 'utf8')) as Partial<Result> | null;
  } catch (error) {
    throw refuse((error as Error).message);
  }
  if (value?.version !== 1 || typeof value.head !== 'string' || !Array.isArray(value.proposed))
    throw refuse('its fields are others');
  for (const one of value.proposed as unknown[])
    if (!isProposed(one)) throw refuse('a proposal in it has other fields');
  return value as Result;
}

/** A stranger's JSON: what is used without looking again has to be of the right type. */
function isProposed(value: unknown): value is Proposed {
  const one = value as Partial<Proposed> | null;
  const texts = (list: unknown, ...keys: string[]): boolean =>
    Array.isArray(list) &&
    list.every((item: unknown) =>
      keys.every((key) => typeof (item as Record<string, unknown> | null)?.[key] === 'string'),
    );
  return (
    typeof one?.name === 'string' &&
    texts(one.files, 'path', 'content') &&
    texts(one.subjects, 'name', 'pname', 'before', 'after') &&
    Array.isArray(one.computedFrom) &&
    one.computedFrom.every((item: unknown) => typeof item === 'string') &&
    Array.isArray(one.reports)
  );
}
