import { idOf } from '../fetch/verified-files.ts';
import type { Artifact } from '../uv/plan/artifact.ts';

/** The artifacts that are installed on a system, before and after a change. */
export interface ComparedPlans {
  readonly system: string;
  readonly before: readonly Artifact[];
  readonly after: readonly Artifact[];
}

/** A changed package on one or several systems. */
export interface Pair {
  /** Undefined for a new package. */
  readonly before: Artifact | undefined;
  readonly after: Artifact;
  readonly systems: readonly string[];
}

const keyOf = (one: Artifact): string => `${idOf(one)} ${one.kind} ${one.version} ${one.commit}`;

/** The packages whose installed file changed, sorted by name. */
export function pairsOf(plans: readonly ComparedPlans[]): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const { system, before, after } of plans) {
    const known = new Set(before.map(keyOf));
    const byName = Map.groupBy(before, ({ name }) => name);
    for (const now of after.filter((one) => !known.has(keyOf(one)))) {
      const old = byName.get(now.name)?.at(-1);
      const key = JSON.stringify([now.name, old && keyOf(old), keyOf(now)]);
      const systems = [...(pairs.get(key)?.systems ?? []), system];
      pairs.set(key, { before: old, after: now, systems });
    }
  }
  return [...pairs.values()].sort((a, b) => (a.after.name < b.after.name ? -1 : 1));
}

/** Installed wheels that did not change, of the first system. */
export function unchangedOf([first]: readonly ComparedPlans[]): Artifact[] {
  const known = new Set(first?.before.map(keyOf));
  return first?.after.filter((one) => one.kind === 'wheel' && known.has(keyOf(one))) ?? [];
}
