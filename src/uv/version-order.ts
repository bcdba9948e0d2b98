import * as pep440 from '@renovatebot/pep440';
import compare from 'semver/functions/compare.js';
import prerelease from 'semver/functions/prerelease.js';
import satisfies from 'semver/functions/satisfies.js';
import valid from 'semver/functions/valid.js';

/** A scheme of version numbers. */
export type VersionOrder = 'pep440' | 'semver';

/** The operations of a scheme. */
export interface Order {
  isVersion(text: string): boolean;
  isPrerelease(version: string): boolean;
  /** Negative if `left` is before `right`, 0 if they are equal, else positive. */
  compare(left: string, right: string): number;
  /** Whether a version is in a range; pre-releases are included. */
  satisfies(version: string, range: string): boolean;
  /** Its name in messages. */
  readonly name: string;
}

/** Longer text is not a version. */
const MAX_LENGTH = 128;

export const orders: Readonly<Record<VersionOrder, Order>> = {
  pep440: {
    name: 'PEP 440',
    isVersion: (text) => text.length <= MAX_LENGTH && pep440.valid(text) !== null,
    isPrerelease: (version) => pep440.explain(version)?.is_prerelease === true,
    compare: (left, right) => pep440.compare(left, right),
    satisfies: (version, range) => pep440.satisfies(version, range, { prereleases: true }),
  },
  semver: {
    name: 'semver',
    isVersion: (text) => text.length <= MAX_LENGTH && valid(text) !== null,
    isPrerelease: (version) => prerelease(version) !== null,
    compare: (left, right) => compare(left, right),
    satisfies: (version, range) => satisfies(version, range, { includePrerelease: true }),
  },
};

/**
 * @param pattern in which `*` matches any text
 * @returns whether all of `text` matches, in linear time
 */
export function fits(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
