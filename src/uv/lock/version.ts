const VERSION = new RegExp(
  [
    '^v?(?:(?<epoch>\\d+)!)?(?<release>\\d+(?:\\.\\d+)*)',
    '(?:[-_.]?(?<preKind>alpha|beta|preview|pre|rc|a|b|c)(?:[-_.]?(?<pre>\\d+))?)?',
    '(?:-(?<implicitPost>\\d+)|[-_.]?(?<postKind>post|rev|r)(?:[-_.]?(?<post>\\d+))?)?',
    '(?:[-_.]?(?<devKind>dev)(?:[-_.]?(?<dev>\\d+))?)?',
    '(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?$',
  ].join(''),
  'i',
);

const RELEASE = /^\d+(?:\.\d+)*$/;

const PRE_KINDS = new Map([
  ['alpha', 'a'],
  ['beta', 'b'],
  ['c', 'rc'],
  ['pre', 'rc'],
  ['preview', 'rc'],
]);

/** A version taken apart as far as a lock needs it. */
export interface Version {
  /** The numbers of the release segment, e.g. [3, 14, 8]. */
  readonly release: readonly number[];
  /** The same string for every spelling of equal versions (`1.0`, `1.0.0`, `v1`), and a different one for all others. */
  readonly key: string;
  /** `key` without the local label: a wheel `1.0+cu128` may lie under a package `1.0`. */
  readonly publicKey: string;
  /** True for a version that consists of its release segment alone. */
  readonly isPlainRelease: boolean;
}

/**
 * Parses a PEP 440 version; undefined where the text is none. Numbers are compared as digits, not as floating point:
 * `@renovatebot/pep440` reads the local label `1e5` as 100000 and merges numbers past 2^53, so equality is ours.
 */
export function parseVersion(text: string): Version | undefined {
  if (RELEASE.test(text)) return plainRelease(text);
  const parts = VERSION.exec(text.trim())?.groups;
  if (parts?.release === undefined) return undefined;
  let suffix = '';
  const preKind = parts.preKind?.toLowerCase();
  if (preKind !== undefined) suffix += `${PRE_KINDS.get(preKind) ?? preKind}${trimNumber(parts.pre ?? '0')}`;
  const post = parts.implicitPost ?? (parts.postKind === undefined ? undefined : (parts.post ?? '0'));
  if (post !== undefined) suffix += `.post${trimNumber(post)}`;
  if (parts.devKind !== undefined) suffix += `.dev${trimNumber(parts.dev ?? '0')}`;
  const epoch = trimNumber(parts.epoch ?? '0');
  const publicKey = `${epoch}!${releaseKey(parts.release)}${suffix}`;
  const local = parts.local?.toLowerCase().split(/[-_.]/).map(trimNumber).join('.');
  return {
    release: parts.release.split('.').map(Number),
    key: local === undefined ? publicKey : `${publicKey}+${local}`,
    publicKey,
    isPlainRelease: epoch === '0' && suffix === '' && local === undefined,
  };
}

/** Most versions of a lock are nothing but a release. */
function plainRelease(text: string): Version {
  const key = `0!${releaseKey(text)}`;
  return { release: text.split('.').map(Number), key, publicKey: key, isPlainRelease: true };
}

/** Trailing zeros do not count: `1.0` is `1`. */
function releaseKey(release: string): string {
  const digits = release.split('.').map(trimNumber);
  while (digits.length > 1 && digits.at(-1) === '0') digits.pop();
  return digits.join('.');
}

/** Compares release segments number by number, missing ones counting as 0; negative, 0 or positive. */
export function compareRelease(left: readonly number[], right: readonly number[]): number {
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** `007` → `7`; anything that is not all digits is given back as it is. */
function trimNumber(text: string): string {
  return /^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : text;
}
