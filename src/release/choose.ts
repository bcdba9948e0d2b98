import type { ReleaseRules } from '../config/types.ts';
import { UserError } from '../system/errors.ts';
import { timeText } from '../system/printable.ts';
import { fits, type Order, orders } from '../uv/version-order.ts';
import type { Choice, Current, HeldBack, Release } from './types.ts';

/** Most versions that a message names. */
const SHOWN = 5;

/**
 * Chooses the version to update to: never an older one, and never the current one.
 *
 * @param candidates in any order; invalid versions are ignored
 * @param now milliseconds since 1970, for the age
 * @throws UserError `version-order` if the current version is invalid in that order
 */
export function chooseRelease(
  candidates: readonly Release[],
  current: Current,
  rules: ReleaseRules,
  now: number,
): Choice {
  const newer = newerThan(candidates, current, rules);
  const held: HeldBack[] = [];
  const allowed = newer.filter((release) => {
    const why = leftOut(release, rules) ?? tooYoung(release, rules, now);
    if (why !== undefined) held.push({ version: release.version, why });
    return why === undefined;
  });
  const chosen = rules.step === 'next' ? allowed[0] : allowed.at(-1);
  if (chosen) return { kind: 'release', release: chosen, held };
  return none(current.version, held);
}

/** Newer versions that the rules allow, without regard to age, oldest first. */
export function eligible(
  candidates: readonly Release[],
  current: Current,
  rules: ReleaseRules,
): readonly Release[] {
  return newerThan(candidates, current, rules).filter((release) => leftOut(release, rules) === undefined);
}

/** As `chooseRelease`, for a branch: another commit at its head is newer. */
export function chooseHead(head: Release, current: Current, rules: ReleaseRules, now: number): Choice {
  if (current.revision !== undefined && head.revision === current.revision)
    return none(current.revision.slice(0, 12), []);
  const why = tooYoung(head, rules, now);
  if (why === undefined) return { kind: 'release', release: head, held: [] };
  return none(current.version, [{ version: head.version, why }]);
}

function newerThan(candidates: readonly Release[], { version }: Current, rules: ReleaseRules): Release[] {
  const order = orders[rules.order];
  if (!order.isVersion(version)) throw noVersion(version, order);
  return candidates
    .filter((release) => order.isVersion(release.version) && order.compare(release.version, version) > 0)
    .toSorted((left, right) => order.compare(left.version, right.version));
}

function leftOut({ version, isPrerelease }: Release, rules: ReleaseRules): string | undefined {
  const order = orders[rules.order];
  if (!rules.prereleases && (isPrerelease === true || order.isPrerelease(version))) return 'is a pre-release';
  if (rules.range !== undefined && !order.satisfies(version, rules.range)) return `is not in ${rules.range}`;
  const ignored = rules.ignore.find((pattern) => fits(version, pattern));
  return ignored === undefined ? undefined : `is ignored (${ignored})`;
}

function tooYoung({ date }: Release, { minimumAge }: ReleaseRules, now: number): string | undefined {
  if (minimumAge === 0) return undefined;
  if (date === undefined) return 'has no date, so that its age is not known';
  if (now - date >= minimumAge) return undefined;
  return `is too young before ${timeText(date + minimumAge)}`;
}

function none(current: string, held: readonly HeldBack[]): Choice {
  if (held.length === 0)
    return { kind: 'none', reason: 'current', text: `${current} is the newest there is.`, held };
  const shown = held.slice(-SHOWN).map(({ version, why }) => `${version} ${why}`);
  const more = held.length > SHOWN ? `, and ${held.length - SHOWN} more are left out` : '';
  const text = `Nothing newer than ${current} may be taken: ${shown.join('; ')}${more}.`;
  return { kind: 'none', reason: 'held-back', text, held };
}

function noVersion(version: string, order: Order): UserError {
  const other = order === orders.pep440 ? 'order = "semver"' : 'order = "pep440"';
  return new UserError(
    'version-order',
    `The derivation's version '${version}' is not one of ${order.name}, so no version is newer. Correct it, or set ${other} under 'releases' in the configuration.`,
  );
}
