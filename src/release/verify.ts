import type { ReleaseSource, Releases } from '../config/types.ts';
import { UserError } from '../system/errors.ts';
import { orders } from '../uv/version-order.ts';
import { chooseRelease } from './choose.ts';
import { branchVersion, candidatesOf, openRepository } from './find.ts';
import { tagOf } from './tags.ts';
import type { Current, Release, ReleaseParts } from './types.ts';

/** A release that another job found, and its commit. */
export interface Claimed {
  readonly version: string;
  /** Commit of the tag or branch; undefined for releases without one. */
  readonly commit?: string;
}

/**
 * Looks a release up again: it must still exist, at the same commit, and be allowed by the
 * configuration. A newer release does not matter.
 * @param now milliseconds since 1970
 * @returns the release as it is published
 * @throws UserError `result-refused`; as `findRelease`
 */
export async function verifyRelease(
  { source, rules }: Releases,
  current: Current,
  claimed: Claimed,
  parts: ReleaseParts,
  now: number,
): Promise<Release> {
  if (source.kind === 'branch') return verifyHead({ source, rules }, claimed, parts, now);
  const order = orders[rules.order];
  if (!order.isVersion(claimed.version)) throw changed(`'${claimed.version}' is not a version`);
  // Ignores later releases: the rules choose among what existed at that time.
  const until = (one: Release): boolean =>
    order.isVersion(one.version) && order.compare(one.version, claimed.version) <= 0;
  const listed = await candidatesOf(source, rules, current, parts, until);
  const release = listed.find(({ version }) => version === claimed.version);
  if (!release) throw changed(`version ${claimed.version} is not released`);
  const choice = chooseRelease(listed, current, rules, now);
  if (choice.kind !== 'release' || choice.release.version !== claimed.version) {
    const why = choice.held.find(({ version }) => version === claimed.version)?.why;
    throw changed(
      `the configuration does not lead from ${current.version} to ${claimed.version}${why === undefined ? '' : ` (it ${why})`}`,
    );
  }
  const commit = await tagCommit(source, claimed.version, parts);
  if (commit !== claimed.commit)
    throw changed(
      `${claimed.version} is at ${commit ?? 'no commit'}, and the other job saw it at ${claimed.commit ?? 'no commit'}`,
    );
  return release;
}

/** @returns the commit of a version's tag; undefined without a tag */
export async function tagCommit(
  source: ReleaseSource,
  version: string,
  parts: ReleaseParts,
): Promise<string | undefined> {
  if (!('tag' in source)) return undefined;
  const repository = await openRepository(source, parts);
  return (await repository.commitOf(`tags/${tagOf(version, source.tag)}`))?.revision;
}

async function verifyHead(
  { source, rules }: Releases & { readonly source: Extract<ReleaseSource, { kind: 'branch' }> },
  { version, commit }: Claimed,
  parts: ReleaseParts,
  now: number,
): Promise<Release> {
  if (commit === undefined) throw changed(`no commit is named for ${version}`);
  const date = await (await openRepository(source.of, parts)).dateOnBranch(source.branch, commit);
  if (date === undefined) throw changed(`${commit} is not on the branch ${source.branch}`);
  const named = branchVersion(source, commit, date);
  if (named !== version) throw changed(`the commit ${commit} has the version ${named}, not ${version}`);
  if (now - date < rules.minimumAge)
    throw changed(`the commit ${commit} is younger than the configuration allows`);
  return { version, revision: commit, date };
}

const changed = (why: string): UserError =>
  new UserError(
    'result-refused',
    `The result of the other job is not published: ${why}. Nothing was written; run both jobs again.`,
  );
