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

/** A parsed version. */
export interface Version {
  /** The numbers of the release segment, such as [3, 14, 8]. */
  readonly release: readonly number[];
  /** Equal for equal versions (`1.0`, `1.0.0`, `v1`), else different. */
  readonly key: string;
  /** `key` without the local label: a package `1.0` can have a wheel `1.0+cu128`. */
  readonly publicKey: string;
  /** Whether the version is only a release segment. */
  readonly isPlainRelease: boolean;
}

/**
 * Parses a PEP 440 version; undefined if it is invalid. Numbers are compared as digits:
 * `@renovatebot/pep440` reads the local label `1e5` as 100000, and rounds numbers past 2^53.
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

/** Most versions of a lock are only a release. */
function plainRelease(text: string): Version {
  const key = `0!${releaseKey(text)}`;
  return { release: text.split('.').map(Number), key, publicKey: key, isPlainRelease: true };
}

/** Removes trailing zeros: `1.0` is `1`. */
function releaseKey(release: string): string {
  const digits = release.split('.').map(trimNumber);
  while (digits.length > 1 && digits.at(-1) === '0') digits.pop();
  return digits.join('.');
}

/** Compares release segments; missing numbers are 0. @returns negative, 0 or positive */
export function compareRelease(left: readonly number[], right: readonly number[]): number {
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** `007` → `7`; other text is unchanged. */
function trimNumber(text: string): string {
  return /^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : text;
}
