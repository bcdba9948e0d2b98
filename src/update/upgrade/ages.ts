import { type Advice, adviceKey, askIndexes, type Locked } from '../../release/advice.ts';
import type { Lock, LockedPackage } from '../../uv/lock/types.ts';
import type { Context } from '../types.ts';

/** As many as one call of `askIndexes` asks about. */
const AT_ONCE = 100;

/** What the indexes say about releases; each is asked once. */
export class Ages {
  readonly #fetchText: Context['fetchText'];
  readonly #known = new Map<string, Advice | undefined>();
  /** What was not answered, and why, as parts of a sentence. */
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
   * When the last of a release's files was uploaded, in milliseconds since 1970; undefined if the
   * index does not say it of each.
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
 * Whether a lock itself says that all files of a package are old enough. That is a claim: it only
 * decides whom to ask, uv reads the times of the index.
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
