/** What a check can find, the best first. */
export const statuses = [
  'current',
  'unverifiable',
  'policy',
  'stale',
  'not-reproducible',
  'cannot-fetch',
  'does-not-build',
  'does-not-import',
] as const;
export type Status = (typeof statuses)[number];

/**
 * Exit codes of a check, by what was found; 1 and 2 are errors of other kinds, and 8 is a stale
 * head of a pull request.
 */
export const exitCodes: Readonly<Record<Status, number>> = {
  current: 0,
  unverifiable: 0,
  policy: 9,
  stale: 3,
  'not-reproducible': 4,
  'cannot-fetch': 5,
  'does-not-build': 6,
  'does-not-import': 7,
};
