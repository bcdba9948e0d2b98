import { valid } from '@renovatebot/pep440';

/** Other spellings of a release's suffixes; a bare number is a post-release (PEP 440). */
const SPELLINGS: Readonly<Record<string, string>> = {
  ...{ alpha: 'a', beta: 'b', c: 'rc', pre: 'rc', preview: 'rc', rev: 'post', r: 'post', '': 'post' },
};

/** Characters of a version; more are not read, since some of them take quadratic time. */
const LONGEST = 1_000;

/** A parsed version. */
export interface Version {
  /** Equal for equal versions (`1.0`, `1.0.0`, `v1`), otherwise different. */
  readonly key: string;
  /** `key` without the local label: a package `1.0` can have a wheel `1.0+cu128`. */
  readonly publicKey: string;
}

/**
 * Parses a PEP 440 version; undefined if it is invalid or too long. Numbers are compared as text:
 * `@renovatebot/pep440` reads the local label `1e5` as 100000, and rounds numbers past 2^53.
 */
export function parseVersion(text: string): Version | undefined {
  const version = text.trim().toLowerCase();
  if (version.length > LONGEST || valid(version) === null) return undefined;
  const [, epoch = '0', release = '', suffix = '', local] =
    /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)([^+]*)(?:\+(.*))?$/.exec(version) ?? [];
  const segments = [...suffix.matchAll(/[-_.]?([a-z]*)[-_.]?(\d*)/g)].filter(([whole]) => whole !== '');
  const after = segments.map(
    ([, kind = '', number]) => `${SPELLINGS[kind] ?? kind}${trimNumber(number || '0')}`,
  );
  const digits = release.split('.').map(trimNumber);
  const publicKey = `${trimNumber(epoch)}!${digits.join('.').replace(/(?:\.0)+$/, '')}${after.join('.')}`;
  const label = local === undefined ? '' : `+${local.split(/[-_.]/).map(trimNumber).join('.')}`;
  return { key: publicKey + label, publicKey };
}

/** `007` → `7`; other text is unchanged. */
const trimNumber = (text: string): string => (/^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : text);
