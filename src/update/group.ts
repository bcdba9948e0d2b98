import type { PackageConfig } from '../config/types.ts';
import type { Edits } from '../nix/edits.ts';
import type { Updated } from './package.ts';

/**
 * Updates the packages of a group, one after the other, all of them or none.
 * @returns what was done, in that order; the edits are the caller's to keep or undo
 */
export function updateGroup(
  packages: readonly PackageConfig[],
  edits: Edits,
  update: (config: PackageConfig) => Promise<Updated>,
): Promise<Updated[]> {
  return edits.undoOnError(async () => {
    const updated: Updated[] = [];
    for (const config of packages) updated.push(await update(config));
    return updated;
  });
}
