import type { LockRules } from '../../config/types.ts';
import { type Advice, adviceKey, askIndexes, type Locked } from '../../release/advice.ts';
import { timeText } from '../../system/printable.ts';
import type { Lock, LockedPackage } from '../../uv/lock/types.ts';
import { orders } from '../../uv/version-order.ts';
import type { Context } from '../context.ts';
import type { Until } from './lock-text.ts';

/** The minimum age as dates and exceptions, for what is locked. */
export interface Cooldown {
  /** Milliseconds since 1970. */
  readonly until: number;
  /** Packages that stay as they are, by name, and why: otherwise uv would take an older version. */
  readonly kept: Map<string, string>;
  /** By name, the first release that fixes the known vulnerabilities of what is locked. */
  readonly fixes: ReadonlyMap<string, Fix>;
}

interface Fix {
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly uploaded: number;
}

/** Fixes that only `security-fixes-at-once` allows, because they are too young. */
const youngFixes = ({ until, fixes }: Cooldown): [string, Fix][] =>
  [...fixes].filter(([, { uploaded }]) => uploaded >= until);

/** The dates in uv's form: uv leaves out files that were uploaded at that time or later. */
export const untilOf = (cooldown: Cooldown): Until => ({
  time: timeText(cooldown.until),
  packages: new Map<string, string | false>([
    ...[...cooldown.kept.keys()].map((name) => [name, false] as const),
    ...youngFixes(cooldown).map(([name, { uploaded }]) => [name, timeText(uploaded + 1000)] as const),
  ]),
});

/** Bounds by name: a version later than the fix may have been uploaded before the fix. */
export const boundsOfFixes = (cooldown: Cooldown): Map<string, string> =>
  new Map(youngFixes(cooldown).map(([name, { version }]) => [name, `<=${version}`]));

/**
 * Finds the cooldown's exceptions for the locked releases.
 * @param kept packages that stay for other reasons
 * @param now milliseconds since 1970
 */
export async function cooldownOf(
  lock: Lock,
  { minimumAge, fixesAtOnce }: Pick<LockRules, 'minimumAge' | 'fixesAtOnce'>,
  kept: Map<string, string>,
  ages: Ages,
  now: number,
): Promise<Cooldown> {
  const until = now - minimumAge;
  const fixes = fixesAtOnce ? await fixesFor(lock, ages) : new Map<string, Fix>();
  const cooldown = { until, fixes, kept };
  const doubtful = new Set(lock.packages.filter((one) => !claimsAge(one, until)).map(({ name }) => name));
  await keepYoung(
    cooldown,
    indexed(lock).filter(({ name }) => doubtful.has(name)),
    ages,
    now,
  );
  // A folder does not record when its files were published.
  for (const { name, source } of lock.packages)
    if (source.kind === 'registry-path') cooldown.kept.set(name, unknownAge);
  return cooldown;
}

export const unknownAge = 'age unknown: its index has no time of upload for each file';
const noAnswer = 'age unknown: its index did not answer';

/** Why the age of a release does not allow it; undefined if it does. */
export function ageRefusal(
  name: string,
  version: string,
  { until }: Pick<Cooldown, 'until'>,
  ages: Ages,
  now: number,
): string | undefined {
  const uploaded = ages.uploaded(name, version);
  if (uploaded === undefined) return ages.of(name, version) ? unknownAge : noAnswer;
  return uploaded < until
    ? undefined
    : `is ${ageText(now - uploaded)}, uploaded ${timeText(uploaded).slice(0, 10)}`;
}

/**
 * Keeps locked releases whose age the rules do not allow, by the index's time.
 * @returns whether more releases are kept now
 */
export async function keepYoung(
  cooldown: Cooldown,
  releases: readonly Locked[],
  ages: Ages,
  now: number,
): Promise<boolean> {
  await ages.ask(releases);
  const before = cooldown.kept.size;
  for (const { name, version } of releases) {
    const why = cooldown.fixes.has(name) ? undefined : ageRefusal(name, version, cooldown, ages, now);
    if (why !== undefined) cooldown.kept.set(name, why);
  }
  return cooldown.kept.size > before;
}

/** For locked releases with known vulnerabilities, the first releases with the fixes. */
async function fixesFor(lock: Lock, ages: Ages): Promise<Map<string, Fix>> {
  const { compare, isVersion } = orders.pep440;
  const releases = indexed(lock);
  await ages.ask(releases);
  const fixing = releases.flatMap((release) => {
    const { vulnerabilities = [] } = ages.of(release.name, release.version) ?? {};
    const needed = vulnerabilities.flatMap(({ fixedIn }) => {
      const later = fixedIn.filter((one) => isVersion(one) && compare(one, release.version) > 0);
      return later.toSorted(compare).slice(0, 1);
    });
    const version = needed.toSorted(compare).at(-1);
    return version === undefined ? [] : [{ ...release, version }];
  });
  await ages.ask(fixing);
  return new Map(
    fixing.flatMap(({ name, version }) => {
      const uploaded = ages.uploaded(name, version);
      return uploaded === undefined ? [] : [[name, { version, uploaded }]];
    }),
  );
}

/** The number of releases in one call of `askIndexes`. */
const AT_ONCE = 100;

/** The indexes' answers about releases; each release is asked about once. */
export class Ages {
  readonly #fetchText: Context['fetchText'];
  readonly #known = new Map<string, Advice | undefined>();
  /** Requests that were not answered, and why, as parts of a sentence. */
  readonly notAsked = new Set<string>();

  constructor(fetchText: Context['fetchText']) {
    this.#fetchText = fetchText;
  }

  /** Asks about the releases that are not known yet. */
  async ask(releases: readonly Locked[]): Promise<void> {
    const open = releases.filter((one) => !this.#known.has(adviceKey(one)));
    for (let at = 0; at < open.length; at += AT_ONCE) {
      const some = open.slice(at, at + AT_ONCE);
      const { advice, notAsked } = await askIndexes(some, this.#fetchText);
      for (const one of some) this.#known.set(adviceKey(one), advice.get(adviceKey(one)));
      for (const one of notAsked) this.notAsked.add(one);
    }
  }

  of(name: string, version: string): Advice | undefined {
    return this.#known.get(adviceKey({ name, version }));
  }

  /**
   * Upload time of a release's last file, in milliseconds since 1970; undefined if the index lacks
   * the time of a file.
   */
  uploaded(name: string, version: string): number | undefined {
    const times = [...(this.of(name, version)?.files.values() ?? [])].map(({ uploaded }) => uploaded);
    const known = times.filter((time) => time !== undefined);
    return known.length === 0 || known.length < times.length ? undefined : Math.max(...known);
  }
}

/** Packages of a lock that come from an index with an address. */
export const indexed = ({ packages }: Pick<Lock, 'packages'>): Locked[] =>
  packages.flatMap(({ name, version, source }) =>
    source.kind === 'registry' && version !== undefined ? [{ name, version, index: source.url }] : [],
  );

/**
 * Whether a lock claims that all files of a package are old enough. The claim only decides which
 * packages to ask about; uv reads the index's times.
 */
export function claimsAge({ wheels, sdist }: LockedPackage, until: number): boolean {
  const files = [...wheels, ...(sdist ? [sdist] : [])];
  return files.every(({ uploadTime = '' }) => Date.parse(uploadTime) < until);
}

const DAY = 86_400_000;

/** An age in words: `2 days old`. */
export function ageText(milliseconds: number): string {
  const days = Math.floor(milliseconds / DAY);
  if (days < 1) return `${Math.max(1, Math.floor(milliseconds / (DAY / 24)))} h old`;
  return days === 1 ? '1 day old' : `${days} days old`;
}
