import type { LockRules } from '../../config/types.ts';
import type { HeldPackage } from '../../pull-request/report/types.ts';
import type { Lock } from '../../uv/lock/types.ts';
import { wholeLock } from '../../uv/plan/scope.ts';
import { orders } from '../../uv/version-order.ts';
import { type Ages, indexed } from './ages.ts';
import { ageRefusal, type Cooldown } from './cooldown.ts';
import { refusalOf } from './rules.ts';

/** Locks by what they leave out: nothing, what the rules forbid, and what is too young as well. */
interface Locks {
  readonly locked: Lock;
  readonly newest: Lock;
  readonly allowed: Lock;
  readonly taken: Lock;
}

/** What an upgrade without rules would take, or without the cooldown, and why it is not taken. */
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
  const needs = 'needs a release that is held back';
  const versions = (name: string): string[] =>
    (locked.byName.get(name) ?? []).flatMap(({ version }) => version ?? []);
  const ruled = byRule.map(({ name, version }) => ({
    ...{ name, version },
    why: refusalOf(version, name, versions(name), rules) ?? needs,
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

function newestOf({ byName }: Lock, name: string): string | undefined {
  const versions = (byName.get(name) ?? []).flatMap(({ version }) => version ?? []);
  return versions.toSorted(orders.pep440.compare).at(-1);
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
