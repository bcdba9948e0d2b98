import { filesOfPage, JSON_TYPE } from '../fetch/simple-page.ts';
import type { Vulnerability } from '../pull-request/report/types.ts';
import type { FetchText } from '../system/fetch-text.ts';
import { inParallel } from '../system/promises.ts';
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
  readonly yanked?: string;
  /** For people. */
  readonly page?: string;
  readonly vulnerabilities: readonly Vulnerability[];
}

export interface Advised {
  /** By `adviceKey`. */
  readonly advice: ReadonlyMap<string, Advice>;
  /** What was not asked or not answered, and why, as parts of a sentence. */
  readonly notAsked: readonly string[];
}

export const adviceKey = ({ name, version }: Pick<Locked, 'name' | 'version'>): string =>
  `${name} ${version}`;

/** Limits: releases, parallel requests, and milliseconds for all of them. */
const MOST = 100;
const AT_ONCE = 8;
const TIME = 15_000;
/** Bytes of an answer: the page of a package with thousands of files has some 5 MB. */
const LONGEST = 16e6;
/** Vulnerabilities that are reported for one release. */
const MOST_OF_ONE = 10;

/**
 * Asks the indexes of a lock, and no others, about releases: yanked (PEP 592), known
 * vulnerabilities, page. Uses the index's JSON API (Warehouse's, `…/pypi/NAME/VERSION/json` beside
 * `…/simple`), or the Simple API (PEP 691), which only tells what is yanked. Never throws.
 *
 * @param releases the most important first
 * @param time milliseconds for all of it
 */
export async function askIndexes(
  releases: readonly Locked[],
  fetchText: FetchText,
  time = TIME,
): Promise<Advised> {
  const signal = AbortSignal.timeout(time);
  const advice = new Map<string, Advice>();
  const silent = new Map<string, string>();
  const withoutApi = new Set<string>();
  const queue = releases.filter(({ index }) => /^https?:\/\//.test(index)).slice(0, MOST);
  const get: Get = (url, accept) => fetchText(url, { accept }, { signal, most: LONGEST });
  await inParallel(queue, AT_ONCE, async (release) => {
    const { index } = release;
    if (silent.has(index)) return;
    try {
      const found = await ask(release, get, withoutApi);
      if (found) advice.set(adviceKey(release), found);
    } catch (error) {
      silent.set(index, signal.aborted ? `no answer within ${time / 1000} s` : reasonOf(error));
    }
  });
  const notAsked = [...silent].map(([index, why]) => `the index at ${hostOf(index)} (${why})`);
  if (queue.length < releases.length)
    notAsked.push(`${releases.length - queue.length} of ${releases.length} new releases`);
  return { advice, notAsked };
}

type Get = (url: string, accept: string) => ReturnType<FetchText>;

async function ask(release: Locked, get: Get, withoutApi: Set<string>): Promise<Advice | undefined> {
  const { name, version } = release;
  const index = release.index.replace(/\/+$/, '');
  const base = /^(.*)\/simple$/.exec(index)?.[1];
  if (base !== undefined && !withoutApi.has(index)) {
    const answer = await get(`${base}/pypi/${name}/${encodeURIComponent(version)}/json`, 'application/json');
    const told = answer.status === 200 ? ofApi(answer.text, index) : undefined;
    if (told) return told;
    withoutApi.add(index);
  }
  const answer = await get(`${index}/${name}/`, JSON_TYPE);
  const page = answer.contentType.startsWith(JSON_TYPE) ? filesOfPage(answer.text) : undefined;
  if (answer.status !== 200 || !page)
    throw new Error(`it answers with status ${answer.status} and no JSON (PEP 691)`);
  const files = page.filter(
    ({ filename }) => typeof filename === 'string' && versionIn(filename, name) === version,
  );
  const yanked =
    files.length > 0 && files.every((file) => isYanked(file.yanked)) ? files[0]?.yanked : undefined;
  return { vulnerabilities: [], ...(yanked === undefined ? {} : { yanked: textOf(yanked) }) };
}

/**
 * PEP 592: true, or the reason. An empty text counts as none in JSON (PEP 691: "if it is truthy").
 */
const isYanked = (value: unknown): boolean => value === true || (typeof value === 'string' && value !== '');

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 400) : '');

/**
 * The JSON API's answer for one release (Warehouse, "JSON API"); undefined if it is anything else.
 */
function ofApi(text: string, index: string): Advice | undefined {
  const answer = objectOf(parsed(text));
  const info = objectOf(answer?.info);
  if (!answer || !info) return undefined;
  const page = textOf(info.release_url);
  const known = Array.isArray(answer.vulnerabilities) ? answer.vulnerabilities : [];
  return {
    vulnerabilities: known.flatMap(vulnerabilityOf).slice(0, MOST_OF_ONE),
    ...(info.yanked === true ? { yanked: textOf(info.yanked_reason) } : {}),
    // Only a page of the index itself is linked.
    ...(hostOf(page) === hostOf(index) ? { page } : {}),
  };
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
      id,
      fixedIn: textsOf(one.fixed_in),
      ...(url === '' ? {} : { url }),
      ...(summary === '' ? {} : { summary }),
    },
  ];
}

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string').slice(0, 20) : [];

const objectOf = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const hostOf = (url: string): string => URL.parse(url)?.host ?? '';

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .split('\n', 1)[0]
    ?.slice(0, 200)
    .replace(/\.$/, '') ?? '';
