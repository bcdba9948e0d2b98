import type { ReleaseRules, ReleaseSource, Releases } from '../config/types.ts';
import { chooseHead, chooseRelease, eligible } from './choose.ts';
import { gitCommit, gitTags } from './git.ts';
import { githubHead, githubReleases, githubTagDate } from './github.ts';
import { indexReleases } from './index-page.ts';
import { tagOf } from './tags.ts';
import type { Choice, Current, Release, ReleaseParts } from './types.ts';

/** Tags have no dates, which are requested one by one, for at most so many. */
const MAX_DATES = 20;

/**
 * Finds the release to update to: lists what is published, and applies the rules.
 * @param current may be pending: releases are listed meanwhile
 * @param now milliseconds since 1970
 * @throws UserError `releases-not-found`, `releases-unreachable`, `tag-pattern`, `index-unknown`,
 *   `version-order`
 */
export async function findRelease(
  { source, rules }: Releases,
  current: Current | Promise<Current>,
  parts: ReleaseParts,
  now: number,
): Promise<Choice> {
  if (source.kind === 'branch') {
    const [at, tip] = await inOrder(current, head(source, parts));
    return chooseHead(tip, at, rules, now);
  }
  const [at, candidates] = await inOrder(current, list(source, parts));
  return chooseRelease(await dated({ source, rules }, candidates, at, parts), at, rules, now);
}

/**
 * Lists what is published, with the dates that the rules need.
 * @param counts selects releases
 */
export async function candidatesOf(
  { source, rules }: Releases & { readonly source: Exclude<ReleaseSource, { kind: 'branch' }> },
  current: Current,
  parts: ReleaseParts,
  counts: (release: Release) => boolean,
): Promise<readonly Release[]> {
  const candidates = (await list(source, parts)).filter(counts);
  return dated({ source, rules }, candidates, current, parts);
}

async function dated(
  { source, rules }: Releases,
  candidates: readonly Release[],
  current: Current,
  parts: ReleaseParts,
): Promise<readonly Release[]> {
  const isDated = rules.minimumAge === 0 || candidates.some(({ date }) => date !== undefined);
  return isDated ? candidates : withDates(candidates, worthDating(candidates, current, rules), source, parts);
}

/** Waits for both; if both fail, throws the error of the first. */
async function inOrder<A, B>(first: A | Promise<A>, second: Promise<B>): Promise<[A, B]> {
  second.catch(() => {});
  return [await first, await second];
}

function list(source: Exclude<ReleaseSource, { kind: 'branch' }>, parts: ReleaseParts): Promise<Release[]> {
  switch (source.kind) {
    case 'github':
      return parts.hub().then((hub) => githubReleases(hub, source));
    case 'git':
      return gitTags(parts.run, source.url, source.tag);
    case 'pypi':
      return indexReleases(parts.index, source.name, parts.fetchText);
  }
}

/** The newest candidates, or the next ones if one step is taken at a time. */
function worthDating(candidates: readonly Release[], current: Current, rules: ReleaseRules) {
  const wanted = eligible(candidates, current, rules);
  return rules.step === 'next' ? wanted.slice(0, MAX_DATES) : wanted.slice(-MAX_DATES);
}

async function withDates(
  candidates: readonly Release[],
  wanted: readonly Release[],
  source: ReleaseSource,
  parts: ReleaseParts,
): Promise<Release[]> {
  const dates = new Map<Release, number | undefined>();
  for (const release of wanted) dates.set(release, await dateOf(release, source, parts));
  return candidates.map((release) => {
    const date = dates.get(release);
    return date === undefined ? release : { ...release, date };
  });
}

async function dateOf(
  { version }: Release,
  source: ReleaseSource,
  parts: ReleaseParts,
): Promise<number | undefined> {
  if (source.kind === 'github') return githubTagDate(await parts.hub(), source, version);
  if (source.kind !== 'git') return undefined;
  const ref = `refs/tags/${tagOf(version, source.tag)}`;
  return (await gitCommit(parts.run, source.url, ref, parts.scratch)).date;
}

async function head(
  { of, branch, version }: Extract<ReleaseSource, { kind: 'branch' }>,
  { hub, run, scratch }: ReleaseParts,
): Promise<Release> {
  const { revision, date } = await (of.kind === 'github'
    ? githubHead(await hub(), of, branch)
    : gitCommit(run, of.url, `refs/heads/${branch}`, scratch));
  const day = new Date(date).toISOString().slice(0, 10);
  return {
    version: version.replaceAll('{date}', day).replaceAll('{revision}', revision),
    revision,
    date,
  };
}
