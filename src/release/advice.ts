import { statusText } from '../fetch/netrc.ts';
import { JSON_TYPE, type ListedFile, projectPage } from '../fetch/simple-page.ts';
import type { FetchText } from '../fetch/text.ts';
import type { Vulnerability } from '../pull-request/report/types.ts';
import { jsonOf } from '../system/bounded-json.ts';
import { clauseOf } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import { inParallel } from '../system/promises.ts';
import type { Project } from '../uv/lock/project.ts';
import { isTable, stringsOf, tableOf, tablesOf } from '../uv/lock/reader.ts';
import { withoutSlash } from '../uv/lock/source.ts';
import type { TomlTable } from '../uv/lock/toml.ts';
import type { LockDiff } from '../uv/plan/diff.ts';
import { versionIn } from './index-page.ts';

/** A release of a package, and the index that a lock has it from. */
export interface Locked {
  readonly name: string;
  readonly version: string;
  /** Address of the index, as the lock writes it (PEP 503). */
  readonly index: string;
}

/** Data of an index about a release. */
export interface Advice {
  /** The reason, empty if no reason is given; not set if the release is not yanked. */
  readonly yanked?: string | undefined;
  /** Page for people. */
  readonly page?: string | undefined;
  /** Page of its changes, on a known forge: untrusted, from the package's metadata. */
  readonly changes?: string | undefined;
  readonly vulnerabilities: readonly Vulnerability[];
  /** Whether the index does not publish vulnerabilities at all. */
  readonly isPartial?: true;
  /** Its files by name. */
  readonly files: ReadonlyMap<string, FileAdvice>;
}

/** Data of an index about a file. */
type FileAdvice = Pick<ListedFile, 'uploaded' | 'yanked'>;

export interface Advised {
  /** By `adviceKey`. */
  readonly advice: ReadonlyMap<string, Advice>;
  /** Requests that were not sent or not answered, and why, as parts of a sentence. */
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
 * vulnerabilities, page. Uses the index's JSON API (Warehouse's, `…/pypi/NAME/VERSION/json` next to
 * `…/simple`), or the Simple API (PEP 691), which only reports what is yanked. Never throws.
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
  const bounds = { signal, most: LONGEST };
  const advice = new Map<string, Advice>();
  const silent = new Map<string, string>();
  const withoutApi = new Set<string>();
  const asked = releases.filter(({ index }) => /^https?:\/\//.test(index)).slice(0, MOST);
  const one = async (release: Locked): Promise<void> => {
    const { index } = release;
    if (silent.has(index)) return;
    try {
      const fromApi = withoutApi.has(index) ? undefined : await askApi(release, fetchText, bounds);
      if (!fromApi) withoutApi.add(index);
      advice.set(adviceKey(release), fromApi ?? (await askSimple(release, fetchText, bounds)));
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

type TextBounds = Parameters<FetchText>[2];

/** Warehouse's answer for one release ("JSON API"); undefined if the index has no such API. */
async function askApi(
  { name, version, index }: Locked,
  fetchText: FetchText,
  bounds: TextBounds,
): Promise<Advice | undefined> {
  const base = /^(.*)\/simple\/*$/.exec(index)?.[1];
  if (base === undefined) return undefined;
  const url = `${base}/pypi/${name}/${encodeURIComponent(version)}/json`;
  const { status, text } = await fetchText(url, { accept: 'application/json' }, bounds);
  const { info, urls, vulnerabilities } = tableOf(status === 200 ? jsonOf(text) : undefined);
  if (!isTable(info)) return undefined;
  const page = textOf(info.release_url);
  return {
    vulnerabilities: tablesOf(vulnerabilities).flatMap(vulnerabilityOf).slice(0, MOST_OF_ONE),
    files: new Map(tablesOf(urls).map(fileOf)),
    changes: changesPage(tableOf(info.project_urls)),
    yanked: info.yanked === true ? textOf(info.yanked_reason) : undefined,
    // Only a page of the index itself is linked.
    page: hostOf(page) === hostOf(index) ? page : undefined,
  };
}

/** A file in the answer of Warehouse's JSON API. */
const fileOf = (one: TomlTable): [string, FileAdvice] => [
  textOf(one.filename),
  {
    uploaded: Date.parse(textOf(one.upload_time_iso_8601)) || undefined,
    yanked: one.yanked === true ? textOf(one.yanked_reason) : undefined,
  },
];

/** A release is yanked if each file is (PEP 592). */
async function askSimple(
  { name, version, index }: Locked,
  fetchText: FetchText,
  bounds: TextBounds,
): Promise<Advice> {
  const url = `${withoutSlash(index)}/${name}/`;
  const { status, files } = await projectPage(url, JSON_TYPE, fetchText, bounds);
  if (!files) throw new Error(`it answers with ${statusText(status)} and no JSON (PEP 691)`);
  const own = files.filter(({ filename }) => versionIn(filename, name) === version);
  return {
    ...{ vulnerabilities: [], isPartial: true },
    files: new Map(own.map((file) => [file.filename, file])),
    yanked: own.every(({ yanked }) => yanked !== undefined) ? own[0]?.yanked : undefined,
  };
}

function vulnerabilityOf(one: TomlTable): Vulnerability[] {
  if (one.withdrawn !== undefined && one.withdrawn !== null) return [];
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

const textsOf = (value: unknown): string[] => stringsOf(value).slice(0, 20);

const hostOf = (url: string): string => URL.parse(url)?.host ?? '';

/** Forges to link to, with the path of their releases. The addresses are the package's claims. */
const forges = new Map([
  ['github.com', '/releases'],
  ['gitlab.com', '/-/releases'],
  ['codeberg.org', '/releases'],
  ['bitbucket.org', ''],
]);

/**
 * The page of a release's changes, from the metadata's links ("Well-known project URLs", PyPA): the
 * changelog, otherwise the repository's releases. A comparison would need the tags of both
 * versions, which no index knows.
 */
function changesPage(links: TomlTable): string | undefined {
  const all = Object.entries(links).flatMap(([label, value]) => {
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
