import type { PackageConfig } from '../config/types.ts';
import type { DerivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import type { Checked } from './checked.ts';
import { type Status, statuses } from './outcomes.ts';
import { checkStatus } from './status.ts';
import type { Context } from './types.ts';

/** What a check found of one package, or why it could not be checked at all. */
export type PackageCheck =
  | { readonly name: string; readonly checked: Checked; readonly error?: undefined }
  | { readonly name: string; readonly checked?: undefined; readonly error: UserError };

/**
 * Checks packages one after the other; the others are checked even if one can't be.
 * @param root folder that paths of patches start from
 * @param whereIs where the derivation of a package is
 */
export async function checkPackages(
  packages: readonly PackageConfig[],
  root: string,
  derivationOf: (one: PackageConfig) => Promise<DerivationRef>,
  context: Context,
): Promise<PackageCheck[]> {
  const found: PackageCheck[] = [];
  for (const one of packages) {
    context.stop.throwIfAborted();
    const { name } = one;
    try {
      found.push({ name, checked: await checkStatus(await derivationOf(one), root, context) });
    } catch (error) {
      if (!(error instanceof UserError) || context.stop.aborted) throw error;
      found.push({ name, error });
    }
  }
  return found;
}

/** @returns the worst status; undefined if nothing could be checked */
export function worstOf(checks: readonly PackageCheck[]): Status | undefined {
  return statuses.findLast((status) => checks.some(({ checked }) => checked?.status === status));
}
