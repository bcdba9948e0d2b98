import { statusText } from '../fetch/netrc.ts';
import { JSON_TYPE, type ListedFile, projectPage } from '../fetch/simple-page.ts';
import type { FetchText } from '../fetch/text.ts';
import { UserError } from '../system/errors.ts';
import { normalizeName } from '../uv/lock/names.ts';
import { withoutSlash } from '../uv/lock/source.ts';
import type { Lock } from '../uv/lock/types.ts';
import type { Release } from './types.ts';

/**
 * @param index address of the index (PEP 503), from the user's settings
 * @returns a package's versions that are not yanked, each with the time that its last file was
 *   uploaded
 */
export async function indexReleases(
  index: string | undefined,
  name: string,
  fetchText: FetchText,
): Promise<Release[]> {
  if (index === undefined) throw noIndex(name);
  const project = normalizeName(name) ?? name;
  const url = `${withoutSlash(index)}/${project}/`;
  const { status, contentType, files } = await projectPage(url, JSON_TYPE, fetchText);
  if (status === 404)
    throw new UserError(
      'releases-not-found',
      `The index has no package '${name}' (${hostOf(url)}). Correct 'pypi' under 'releases', or name another 'index', in the configuration.`,
    );
  if (files) return versionsOf(files, project);
  throw new UserError(
    'releases-unreachable',
    `The index at ${hostOf(url)} answered for '${name}' with ${statusText(status)} and ${contentType || 'no type'}, which is not the JSON of its Simple API (PEP 691). Name an index that has it as 'index' in the configuration, or run this again later.`,
  );
}

/**
 * The index to ask.
 * @param settings addresses by priority: configuration, UV_DEFAULT_INDEX, lock
 */
export function chooseIndex(...settings: readonly (string | undefined)[]): string | undefined {
  return settings.find((url) => url !== undefined && /^https?:\/\//.test(url) && URL.canParse(url));
}

function versionsOf(files: readonly ListedFile[], project: string): Release[] {
  const dates = new Map<string, number | undefined>();
  for (const { filename, yanked, uploaded } of files) {
    const version = versionIn(filename, project);
    if (version === undefined || yanked !== undefined) continue;
    const known = dates.has(version) ? dates.get(version) : 0;
    // If one file has no time, the time of the last one is unknown.
    dates.set(version, known === undefined || uploaded === undefined ? undefined : Math.max(known, uploaded));
  }
  return [...dates].map(([version, date]) => ({ version, date }));
}

/**
 * The version in a file name: a wheel's second part; of an sdist, what follows the project's name,
 * in any spelling and with dashes (PyPA, "Binary distribution format", "Source distribution
 * format").
 */
export function versionIn(filename: string, project: string): string | undefined {
  if (filename.length > 400) return undefined;
  const wheel = /^([^-]+)-([^-]+)(?:-[^-]+){3,4}\.whl$/.exec(filename);
  if (wheel) return normalizeName(wheel[1] ?? '') === project ? wheel[2] : undefined;
  const stem = /^(.+)\.(?:tar\.gz|zip)$/.exec(filename)?.[1];
  for (let at = stem?.indexOf('-') ?? -1; stem && at > 0; at = stem.indexOf('-', at + 1)) {
    if (normalizeName(stem.slice(0, at)) === project) return stem.slice(at + 1);
  }
  return undefined;
}

const hostOf = (url: string): string => new URL(url).host;

function noIndex(name: string): UserError {
  return new UserError(
    'index-unknown',
    `Nothing says which package index to ask for '${name}'. Set 'index' in the configuration to its address, or UV_DEFAULT_INDEX in the environment, as uv reads it.`,
  );
}

/**
 * The index to ask for releases of a package: the index that the lock has the package from,
 * otherwise the index of most packages in the lock.
 *
 * @returns undefined if nothing in the lock is from an index with an address
 */
export function indexOfLock({ packages }: Pick<Lock, 'packages'>, name: string): string | undefined {
  const wanted = normalizeName(name) ?? name;
  const counts = new Map<string, number>();
  for (const { name: found, source } of packages) {
    if (source.kind !== 'registry') continue;
    if (found === wanted) return source.url;
    counts.set(source.url, (counts.get(source.url) ?? 0) + 1);
  }
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0];
}
