import type { PackageConfig } from '../config/types.ts';
import { type Journal, joinEdits, onTop } from '../nix/journal.ts';
import type { Edit } from '../nix/patch.ts';
import type { Refreshed } from './package.ts';
import type { Parts } from './types.ts';

/** What came of packages that belong together: of one package, or of a group. */
export interface RefreshedGroup {
  /** In the order in which they were done. */
  readonly refreshed: readonly Refreshed[];
  /** Of all of them together. They are written; `undo` puts them back, and `keep` settles them. */
  readonly edits: readonly Edit[];
  readonly undo: () => Promise<void>;
  readonly keep: () => Promise<void>;
}

/**
 * Brings the packages of a group up to date, one after the other, all of them or none. One journal holds the edits of all, so that
 * whenever the run is killed, the next one puts back those of the packages that were done as well.
 *
 * @param journal of the checkout
 * @param refresh brings one package up to date, with the parts that it is handed here
 */
export async function refreshGroup(
  packages: readonly PackageConfig[],
  journal: Journal,
  parts: Parts,
  refresh: (config: PackageConfig, parts: Parts) => Promise<Refreshed>,
): Promise<RefreshedGroup> {
  const refreshed: Refreshed[] = [];
  let edits: readonly Edit[] = [];
  const undo = async (): Promise<void> => {
    for (const one of [...refreshed].reverse()) await one.undo();
  };
  try {
    for (const config of packages) {
      const below = edits;
      const now = await refresh(config, { ...parts, journal: async () => onTop(journal, below) });
      refreshed.push(now);
      edits = joinEdits(edits, now.edits);
    }
  } catch (error) {
    await undo();
    throw error;
  }
  return { refreshed, edits, undo, keep: journal.clear };
}
