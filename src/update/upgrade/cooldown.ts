import type { LockRules } from '../../config/types.ts';
import type { Locked } from '../../release/advice.ts';
import type { Lock } from '../../uv/lock/types.ts';
import { orders } from '../../uv/version-order.ts';
import { type Ages, ageText, claimsAge, indexed } from './ages.ts';
import type { Until } from './lock-text.ts';

/** What an age decides about a locked package besides the date for all. */
export interface Cooldown {
  /** Milliseconds since 1970. */
  readonly until: number;
  /** Packages that stay as they are, by name, and why: otherwise uv would take an older version. */
  readonly kept: Map<string, string>;
  /** Fixes of known vulnerabilities, by name: when the release with the fix was uploaded. */
  readonly fixes: ReadonlyMap<string, number>;
}

const iso = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');

/** The dates as uv takes them: it leaves out what was uploaded then or later. */
export const untilOf = ({ until, kept, fixes }: Cooldown): Until => ({
  time: iso(until),
  packages: new Map<string, string | false>([
    ...[...kept.keys()].map((name) => [name, false] as const),
    ...[...fixes].map(([name, time]) => [name, iso(time + 1000)] as const),
  ]),
});

/**
 * Finds what the cooldown says about what is locked already.
 * @param kept what stays for other reasons
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
  const fixes = fixesAtOnce ? await fixesFor(lock, ages) : new Map<string, number>();
  const cooldown = { until, fixes, kept };
  const doubtful = new Set(lock.packages.filter((one) => !claimsAge(one, until)).map(({ name }) => name));
  await keepYoung(
    cooldown,
    indexed(lock).filter(({ name }) => doubtful.has(name)),
    ages,
    now,
  );
  // A folder says nothing of when its files were published.
  for (const { name, source } of lock.packages)
    if (source.kind === 'registry-path') cooldown.kept.set(name, unknownAge);
  return cooldown;
}

export const unknownAge = 'age unknown: its index has no time of upload for each file';

/** Why the age of a release does not allow it; undefined if it does. */
export function ageRefusal(
  name: string,
  version: string,
  { until }: Pick<Cooldown, 'until'>,
  ages: Ages,
  now: number,
): string | undefined {
  const uploaded = ages.uploaded(name, version);
  if (uploaded === undefined) return unknownAge;
  return uploaded < until
    ? undefined
    : `is ${ageText(now - uploaded)}, uploaded ${iso(uploaded).slice(0, 10)}`;
}

/**
 * Keeps locked releases whose age the rules do not allow, by the index's time.
 * @returns whether there are more of them now
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

/** For locked releases with known vulnerabilities, when the first release with the fixes came. */
async function fixesFor(lock: Lock, ages: Ages): Promise<Map<string, number>> {
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
      return uploaded === undefined ? [] : [[name, uploaded]];
    }),
  );
}
