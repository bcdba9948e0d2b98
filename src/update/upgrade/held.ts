import type { LockRules } from '../../config/types.ts';
import type { HeldPackage } from '../../pull-request/report/types.ts';
import { normalizeName } from '../../uv/lock/names.ts';
import type { Lock } from '../../uv/lock/types.ts';
import { wholeLock } from '../../uv/plan/scope.ts';
import { orders } from '../../uv/version-order.ts';
import { type Ages, ageRefusal, type Cooldown, indexed } from './cooldown.ts';
import { refusalOf } from './rules.ts';

/** Present lock, and upgrades: without rules, with rules, with rules and cooldown. */
interface Locks {
  readonly locked: Lock;
  readonly newest: Lock;
  readonly allowed: Lock;
  readonly taken: Lock;
}

const needs = 'needs a release that is held back';

/** Releases that an upgrade would take without the rules or the cooldown, and why it does not. */
export async function heldBack(
  { locked, newest, allowed, taken }: Locks,
  rules: LockRules,
  cooldown: Cooldown | undefined,
  ages: Ages,
  now: number,
): Promise<HeldPackage[]> {
  const byRule = newerIn(newest, allowed);
  const byAge = newerIn(allowed, taken);
  await ages.ask(indexed(allowed).filter(({ name }) => byAge.some((one) => one.name === name)));
  const ruled = byRule.map(({ name, version }) => ({
    ...{ name, version },
    why: refusalOf(version, name, versionsOf(locked, name), rules) ?? needs,
  }));
  const aged = byAge.map(({ name, version }) => ({
    ...{ name, version },
    why: (cooldown && ageRefusal(name, version, cooldown, ages, now)) ?? needs,
  }));
  const { direct } = wholeLock(newest);
  return [...ruled, ...aged].map((one) => {
    const current = newestOf(taken, one.name);
    return { ...one, direct: direct.has(one.name), ...(current === undefined ? {} : { current }) };
  });
}

/** Most held-back releases in a pull request. */
const MOST_HELD = 200;

/**
 * Releases that another job reports as held back, with the reasons that are found here.
 * @param claimed untrusted
 */
export async function heldAgain(
  claimed: readonly Pick<HeldPackage, 'name' | 'version' | 'current'>[],
  { locked, taken }: Pick<Locks, 'locked' | 'taken'>,
  rules: LockRules,
  cooldown: Cooldown | undefined,
  ages: Ages,
  now: number,
): Promise<HeldPackage[]> {
  const { compare, isVersion } = orders.pep440;
  const { direct } = wholeLock(taken);
  const indexes = new Map(indexed(taken).map(({ name, index }) => [name, index]));
  const [usual] = indexes.values();
  const once = new Map(claimed.slice(0, MOST_HELD).map((one) => [`${one.name} ${one.version}`, one]));
  const newer = [...once.values()].flatMap(({ name, version, current: theirs }) => {
    const [current, index] = [newestOf(taken, name), indexes.get(name) ?? usual];
    const isOne = normalizeName(name) === name && isVersion(version) && index !== undefined;
    if (!isOne) return [];
    // A package that the other job has, and this lock has not, belongs to another lock.
    const isNewer = current === undefined ? theirs === undefined : compare(version, current) > 0;
    return isNewer ? [{ name, version, index, current }] : [];
  });
  if (cooldown) await ages.ask(newer);
  return newer.map(({ name, version, current }) => ({
    ...{ name, version, direct: direct.has(name), ...(current === undefined ? {} : { current }) },
    why:
      refusalOf(version, name, versionsOf(locked, name), rules) ??
      (cooldown && ageRefusal(name, version, cooldown, ages, now)) ??
      needs,
  }));
}

const versionsOf = ({ byName }: Lock, name: string): string[] =>
  (byName.get(name) ?? []).flatMap(({ version }) => version ?? []);

function newestOf(lock: Lock, name: string): string | undefined {
  return versionsOf(lock, name).toSorted(orders.pep440.compare).at(-1);
}

/** Packages that one lock has newer than another, or that only it has. */
function newerIn(left: Lock, right: Lock): { readonly name: string; readonly version: string }[] {
  return [...left.byName.keys()].flatMap((name) => {
    const [version, other] = [newestOf(left, name), newestOf(right, name)];
    const isNewer =
      version !== undefined && (other === undefined || orders.pep440.compare(version, other) > 0);
    return isNewer ? [{ name, version }] : [];
  });
}
