import { mismatches } from '../nix/failure.ts';
import type { NixResult } from '../nix/nix-build.ts';
import { UserError } from '../system/errors.ts';
import type { Drift } from './drift.ts';

// Why a fixed-output derivation gives no hash.

/** The error for a hash that differs between two runs. */
export const notReproducible = (attribute: string, { hashes, text }: Drift): UserError =>
  new UserError(
    'not-reproducible',
    `'${attribute}' gave two hashes in two runs, ${hashes.join(' and ')}, so neither is worth anything: a later build would fail. ${text} Make it fetch the same bytes each time (no times, no logs, no caches in its output), then run this again; or accept hashes that nobody can verify, with allow-drift = true. Nothing was changed.`,
  );

/** The error for an output that refers to the store (Nix, "must not reference store paths"). */
export function referencesStore(what: string, { errors, relayed, stderr }: NixResult): UserError | undefined {
  const reason = [...errors, ...relayed].find((text) =>
    /must not reference store paths|illegal path references in fixed-output/.test(text),
  );
  if (reason === undefined) return undefined;
  const line = reason
    .replace(/^error: /, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 400);
  return new UserError(
    'store-references',
    `${what} cannot be a fixed-output derivation: ${line.replace(/\.$/, '')}. Keep paths of the store out of its output: dontFixup = true (or dontPatchShebangs), no links to the interpreter, wheels instead of an environment; and do the rest in a second derivation. Nothing was changed.`,
    { log: stderr },
  );
}

/** The error for a build that failed because another fixed-output derivation has a wrong hash. */
export function outOfOrder(attribute: string, { errors, relayed, stderr }: NixResult): UserError | undefined {
  const [other] = mismatches([...errors, ...relayed]);
  if (other === undefined) return undefined;
  const name = other.drv.replace(/^.*\/[a-z0-9]{32}-/, '').replace(/\.drv$/, '');
  return new UserError(
    'output-order',
    `'${attribute}' needs another fixed-output derivation whose hash is wrong now, ${name} (Nix printed ${other.got}). List that one before '${attribute}' under 'also' in the configuration. Nothing was changed.`,
    { log: stderr },
  );
}
