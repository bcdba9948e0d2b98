import type { BranchOf, ReleaseRules, ReleaseSource, Releases } from '../config/types.ts';
import { UserError } from '../system/errors.ts';
import { orders } from '../uv/version-order.ts';
import { chooseHead, chooseRelease, eligible } from './choose.ts';
import { gitRepository } from './git.ts';
import { githubRepository } from './github.ts';
import { indexReleases } from './index-page.ts';
import type { Choice, Current, Release, ReleaseParts, Repository, TagSource } from './types.ts';

type Branch = Extract<ReleaseSource, { kind: 'branch' }>;

/** Most dates to request: the list of tags has none, so that each takes a request. */
const MAX_DATES = 20;

/**
 * Finds the release to update to: lists what is published, and applies the rules.
 * @param now milliseconds since 1970
 * @throws UserError `releases-not-found`, `releases-unreachable`, `tag-pattern`, `index-unknown`,
 *   `version-order`
 */
export async function findRelease(
  { source, rules }: Releases,
  current: Current,
  parts: ReleaseParts,
  now: number,
): Promise<Choice> {
  const quick = listedBefore({ source, rules }, current, parts, now);
  if (quick) return quick;
  return source.kind === 'branch'
    ? chooseHead(await headOf(source, parts), current, rules, now)
    : chooseRelease(await candidatesOf(source, rules, current, parts), current, rules, now);
}

/**
 * Uses what was listed for all packages together only to decide that nothing is newer: a release
 * that is taken is looked up again, with its notes.
 */
function listedBefore(
  { source, rules }: Releases,
  current: Current,
  { listed }: ReleaseParts,
  now: number,
): Choice | undefined {
  const found = listed?.(source);
  if (!found) return undefined;
  const { compare, isVersion } = orders[rules.order];
  const isOlder = ({ version }: Release): boolean =>
    isVersion(version) && isVersion(current.version) && compare(version, current.version) <= 0;
  // Older releases may be on a further page.
  if (found.hasMore && !found.releases.some(isOlder)) return undefined;
  const hasDates = found.releases.every(({ date }) => date !== undefined);
  if (!hasDates && eligible(found.releases, current, rules).length > 0) return undefined;
  const choice = chooseRelease(found.releases, current, rules, now);
  return choice.kind === 'none' ? choice : undefined;
}

export async function openRepository(of: BranchOf | TagSource, parts: ReleaseParts): Promise<Repository> {
  return of.kind === 'github'
    ? githubRepository({ owner: of.owner, repo: of.repo }, await parts.hub())
    : gitRepository(of.url, parts.run, parts.scratch);
}

/**
 * Lists what is published, with the dates that the rules need.
 * @param counts selects releases
 */
export async function candidatesOf(
  source: Exclude<ReleaseSource, Branch>,
  rules: ReleaseRules,
  current: Current,
  parts: ReleaseParts,
  counts: (release: Release) => boolean = () => true,
): Promise<readonly Release[]> {
  if (source.kind === 'pypi')
    return (await indexReleases(parts.index, source.name, parts.fetchText)).filter(counts);
  const repository = await openRepository(source, parts);
  const listed = (await repository.releases(source)).filter(counts);
  if (rules.minimumAge === 0 || listed.some(({ date }) => date !== undefined)) return listed;
  const wanted = eligible(listed, current, rules);
  // The newest, or the next ones if one step is taken at a time.
  const dated = rules.step === 'next' ? wanted.slice(0, MAX_DATES) : wanted.slice(-MAX_DATES);
  const dates = new Map<Release, number | undefined>();
  for (const release of dated) dates.set(release, (await repository.commitOf(`tags/${release.tag}`))?.date);
  return listed.map((release) => {
    const date = dates.get(release);
    return date === undefined ? release : { ...release, date };
  });
}

async function headOf(source: Branch, parts: ReleaseParts): Promise<Release> {
  const repository = await openRepository(source.of, parts);
  const found = await repository.commitOf(`heads/${source.branch}`);
  if (found) return { version: branchVersion(source, found.revision, found.date), ...found };
  throw new UserError(
    'releases-not-found',
    `${repository.name} has no branch '${source.branch}', or it may not be read from here. Correct 'branch' under 'releases' in the configuration, or give a token that may read that repository.`,
  );
}

/** @param date milliseconds since 1970 */
export const branchVersion = ({ version }: Branch, revision: string, date: number): string =>
  version.replaceAll('{date}', new Date(date).toISOString().slice(0, 10)).replaceAll('{revision}', revision);
