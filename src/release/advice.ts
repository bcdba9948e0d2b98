import { statusText } from '../fetch/netrc.ts';
import { filesOfPage, JSON_TYPE } from '../fetch/simple-page.ts';
import type { FetchText } from '../fetch/text.ts';
import type { Vulnerability } from '../pull-request/report/types.ts';
import { jsonOf } from '../system/bounded-json.ts';
import { clauseOf } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import { inParallel } from '../system/promises.ts';
import type { Project } from '../uv/lock/project.ts';
import { withoutSlash } from '../uv/lock/source.ts';
import type { LockDiff } from '../uv/plan/diff.ts';
import { versionIn } from './index-page.ts';

/** A release of a package, and the index that a lock has it from. */
export interface Locked {
  readonly name: string;
  readonly version: string;
  /** Address of the index, as the lock writes it (PEP 503). */
  readonly index: string;
}

/** What an index publishes about a release. */
export interface Advice {
  /** The reason, empty without one; not set if the release is not yanked. */
  readonly yanked?: string | undefined;
  /** For people. */
  readonly page?: string | undefined;
  /** Where its changes are listed, on a known forge: untrusted, from the package's metadata. */
  readonly changes?: string | undefined;
  readonly vulnerabilities: readonly Vulnerability[];
  /** Whether the index does not publish vulnerabilities at all. */
  readonly isPartial?: true;
  /** Its files by name. */
  readonly files: ReadonlyMap<string, FileAdvice>;
}

/** What an index publishes about a file. */
export interface FileAdvice {
  /** When it was uploaded, in milliseconds since 1970; not set if the index does not say. */
  readonly uploaded?: number | undefined;
  /** The reason, empty without one; not set if the file is not yanked (PEP 592). */
  readonly yanked?: string | undefined;
}

export interface Advised {
  /** By `adviceKey`. */
  readonly advice: ReadonlyMap<string, Advice>;
  /** What was not asked or not answered, and why, as parts of a sentence. */
  readonly notAsked: readonly string[];
}

export const adviceKey = ({ name, version }: Pick<Locked, 'name' | 'version'>): string =>
  `${name} ${version}`;

/** Limits: releases, parallel requests, and milliseconds for each hundred releases. */
const MOST = 500;
const AT_ONCE = 8;
const TIME = 15_000;
/** Bytes of an answer: the page of a package with thousands of files has some 5 MB. */
const LONGEST = 16e6;
/** Vulnerabilities that are reported for one release. */
const MOST_OF_ONE = 10;

/** Asks a lock's own indexes about releases, and logs how many answered. Never throws. */
export async function advise(releases: readonly Locked[], fetchText: FetchText, log: Log): Promise<Advised> {
  if (releases.length === 0) return { advice: new Map(), notAsked: [] };
  return log.group('Index: yanked releases and known vulnerabilities', async () => {
    const advised = await askIndexes(releases, fetchText);
    for (const one of advised.notAsked) log.info(`Not asked: ${one}.`);
    log.info(`The index answered for ${advised.advice.size} of ${releases.length} releases.`);
    return advised;
  });
}

/** New releases that come from an index with an address, direct packages first. */
export function newReleases({ added, changed }: LockDiff, { lock }: Pick<Project, 'lock'>): Locked[] {
  const { direct = [], others = [] } = Object.groupBy([...added, ...changed], ({ relation }) =>
    relation === 'direct' ? 'direct' : 'others',
  );
  return [...direct, ...others].flatMap(({ name, before, after }) => {
    const old = new Set(before.map(({ version }) => version));
    const now = new Set(after.map(({ version }) => version));
    return (lock.byName.get(name) ?? []).flatMap(({ version, source }) =>
      source.kind === 'registry' && version !== undefined && now.has(version) && !old.has(version)
        ? [{ name, version, index: source.url }]
        : [],
    );
  });
}

/**
 * Asks the indexes of a lock, and no others, about releases: yanked (PEP 592), known
 * vulnerabilities, page. Uses the index's JSON API (Warehouse's, `…/pypi/NAME/VERSION/json` beside
 * `…/simple`), or the Simple API (PEP 691), which only has what is yanked. Never throws.
 *
 * @param releases the most important first
 * @param time milliseconds for all of it
 */
export async function askIndexes(
  releases: readonly Locked[],
  fetchText: FetchText,
  time = TIME * Math.ceil(releases.length / 100),
): Promise<Advised> {
  const signal = AbortSignal.timeout(time);
  const get: Get = (url, accept) => fetchText(url, { accept }, { signal, most: LONGEST });
  const advice = new Map<string, Advice>();
  const silent = new Map<string, string>();
  const withoutApi = new Set<string>();
  const asked = releases.filter(({ index }) => /^https?:\/\//.test(index)).slice(0, MOST);
  const one = async (release: Locked): Promise<void> => {
    const { index } = release;
    if (silent.has(index)) return;
    try {
      const fromApi = withoutApi.has(index) ? undefined : await askApi(release, get);
      if (!fromApi) withoutApi.add(index);
      advice.set(adviceKey(release), fromApi ?? (await askSimple(release, get)));
    } catch (error) {
      silent.set(index, signal.aborted ? `no answer within ${time / 1000} s` : clauseOf(error));
    }
  };
  await inParallel(asked, AT_ONCE, one);
  const notAsked = [...silent].map(([index, why]) => `the index at ${hostOf(index)} (${why})`);
  if (asked.length < releases.length)
    notAsked.push(`${releases.length - asked.length} of ${releases.length} releases`);
  return { advice, notAsked };
}

type Get = (url: string, accept: string) => ReturnType<FetchText>;

/** Warehouse's answer for one release ("JSON API"); undefined if the index has no such API. */
async function askApi({ name, version, index }: Locked, get: Get): Promise<Advice | undefined> {
  const base = /^(.*)\/simple\/*$/.exec(index)?.[1];
  if (base === undefined) return undefined;
  const { status, text } = await get(
    `${base}/pypi/${name}/${encodeURIComponent(version)}/json`,
    'application/json',
  );
  const answer = status === 200 ? objectOf(jsonOf(text)) : undefined;
  const info = objectOf(answer?.info);
  if (!answer || !info) return undefined;
  const page = textOf(info.release_url);
  const known = Array.isArray(answer.vulnerabilities) ? answer.vulnerabilities : [];
  return {
    vulnerabilities: known.flatMap(vulnerabilityOf).slice(0, MOST_OF_ONE),
    files: filesIn(objectsIn(answer.urls), 'upload_time_iso_8601', ({ yanked, yanked_reason: reason }) =>
      yanked === true ? textOf(reason) : undefined,
    ),
    changes: changesPage(objectOf(info.project_urls)),
    yanked: info.yanked === true ? textOf(info.yanked_reason) : undefined,
    // Only a page of the index itself is linked.
    page: hostOf(page) === hostOf(index) ? page : undefined,
  };
}

/** A release is yanked if each file is (PEP 592); an empty reason does not count (PEP 691). */
async function askSimple({ name, version, index }: Locked, get: Get): Promise<Advice> {
  const { status, contentType, text } = await get(`${withoutSlash(index)}/${name}/`, JSON_TYPE);
  const page = status === 200 && contentType.startsWith(JSON_TYPE) ? filesOfPage(text) : undefined;
  if (!page) throw new Error(`it answers with ${statusText(status)} and no JSON (PEP 691)`);
  const own = page.filter(
    ({ filename }) => typeof filename === 'string' && versionIn(filename, name) === version,
  );
  const files = filesIn(own, 'upload-time', ({ yanked }) =>
    yanked === true || (typeof yanked === 'string' && yanked !== '') ? textOf(yanked) : undefined,
  );
  const [first, ...others] = [...files.values()].map(({ yanked }) => yanked);
  const isYanked = others.every((one) => one !== undefined);
  return { vulnerabilities: [], isPartial: true, files, yanked: isYanked ? first : undefined };
}

/**
 * The files that an index lists.
 * @param time key of the upload time, as ISO 8601 (PEP 700, or Warehouse's JSON API)
 */
function filesIn(
  list: readonly object[],
  time: string,
  yankedOf: (file: Record<string, unknown>) => string | undefined,
): Map<string, FileAdvice> {
  return new Map(
    (list as readonly Record<string, unknown>[]).map((one) => {
      const uploaded = Date.parse(textOf(one[time])) || undefined;
      return [textOf(one.filename), { uploaded, yanked: yankedOf(one) }];
    }),
  );
}

function vulnerabilityOf(value: unknown): Vulnerability[] {
  const one = objectOf(value);
  if (!one || (one.withdrawn !== undefined && one.withdrawn !== null)) return [];
  const names = [...textsOf(one.aliases), textOf(one.id)];
  const id = names.find((name) => name.startsWith('CVE-')) ?? textOf(one.id);
  if (id === '') return [];
  const [url, summary] = [textOf(one.link), textOf(one.summary)];
  return [
    {
      ...{ id, fixedIn: textsOf(one.fixed_in) },
      ...(url === '' ? {} : { url }),
      ...(summary === '' ? {} : { summary }),
    },
  ];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 400) : '');

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string').slice(0, 20) : [];

const objectsIn = (value: unknown): object[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : [];

const objectOf = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;

const hostOf = (url: string): string => URL.parse(url)?.host ?? '';

/** Forges that are linked, and where releases are. Addresses are the package's own claims. */
const forges = new Map([
  ['github.com', '/releases'],
  ['gitlab.com', '/-/releases'],
  ['codeberg.org', '/releases'],
  ['bitbucket.org', ''],
]);

/**
 * The page of a release's changes, from the metadata's links ("Well-known project URLs", PyPA): the
 * changelog, else the repository's releases. A comparison would need the tags of both versions,
 * which no index knows.
 */
function changesPage(links: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const all = Object.entries(links ?? {}).flatMap(([label, value]) => {
    const url = typeof value === 'string' ? URL.parse(value) : null;
    const isKnown = url?.protocol === 'https:' && forges.has(url.hostname) && url.username === '';
    return isKnown ? [{ label: label.toLowerCase().replace(/[^a-z]/g, ''), url }] : [];
  });
  const named = (labels: RegExp) => all.find(({ label }) => labels.test(label))?.url;
  const log = named(/^(?:changelog|changes|releasenotes|whatsnew|history)$/);
  if (log) return log.href;
  const url = named(/^(?:source|sourcecode|repository|code|github)$/) ?? named(/^(?:homepage|home)$/);
  // GitLab has repositories in subgroups, and its other pages below `/-/`.
  const parts =
    url?.pathname
      .replace(/\/-\/.*$/, '')
      .split('/')
      .filter(Boolean) ?? [];
  const [owner, name] = parts;
  if (!url || !owner || !name) return undefined;
  const repository = url.hostname === 'gitlab.com' ? parts.join('/') : `${owner}/${name}`;
  return `${url.origin}/${repository.replace(/\.git$/, '')}${forges.get(url.hostname)}`;
}
