import type { PackageConfig } from '../config/types.ts';
import { UserError } from '../system/errors.ts';
import type { SourceFacts } from './facts.ts';
import type { FixedHash } from './fixed-output.ts';
import type { BumpedOutput } from './output-place.ts';

/**
 * The sources whose hashes a bump recomputes: the configuration's, else each that is fetched under
 * a hash.
 */
export function sourceOutputs(
  { sourceHash, hasSource }: Pick<PackageConfig, 'sourceHash' | 'hasSource'>,
  sources: readonly SourceFacts[],
): BumpedOutput[] {
  const key = 'source-hash';
  if (sourceHash) return [{ ...sourceHash, key }];
  const fixed = sources.filter(({ hash }) => hasSource && hash !== null);
  return fixed.map(({ attribute }) => ({ attribute, file: undefined, pointer: undefined, key }));
}

interface BumpedSources {
  /** What messages call the package. */
  readonly attribute: string;
  readonly before: string;
  readonly after: string;
  readonly sources: { readonly before: readonly SourceFacts[]; readonly after: readonly SourceFacts[] };
  readonly hashes: readonly FixedHash[];
}

/**
 * Nix does not fetch again what it has under the same hash, so a version whose source is still that
 * of the old one would be the old one under a new name.
 * @throws UserError `source-unchanged`
 */
export function requireNewSources(change: BumpedSources, { hasSource }: { hasSource: boolean }): void {
  const { attribute, before, after, sources, hashes } = change;
  const recomputed = new Set(hashes.map((one) => one.after));
  for (const now of sources.after) {
    const old = sources.before.find((one) => one.attribute === now.attribute);
    const fix = old && fixFor(old, now, recomputed, hasSource);
    if (fix !== undefined)
      throw new UserError(
        'source-unchanged',
        `'${attribute}' would go from ${before} to ${after} with the source of ${before}: ${fix} Nothing was changed.`,
      );
  }
}

/** @returns undefined if the source is another one, or may stay */
function fixFor(
  old: SourceFacts,
  { attribute, hash, identity }: SourceFacts,
  recomputed: ReadonlySet<string>,
  hasSource: boolean,
): string | undefined {
  const isSame = old.identity === identity;
  const place = `list the place of its tag or revision under 'version-files' in the configuration, such as { attribute = ".src.rev", value = "{tag}" }.`;
  if (hash === null)
    return isSame && hasSource
      ? `'${attribute}' is still ${identity}. Name the fixed-output derivation that it is made from as 'source-hash' (such as ".src.src"), or ${place} If it does not depend on the version, set source-hash = false.`
      : undefined;
  if (old.hash === hash && !recomputed.has(hash))
    return `the hash of '${attribute}', ${hash}, was not recomputed, so Nix would use what it fetched under it before. Name it in the configuration: source-hash = "${attribute}", or another entry of 'also'.`;
  return isSame
    ? `'${attribute}' does not depend on the version, and its hash is ${hash} as before. Write the version into its tag (rev = "v\${version}"), or ${place}`
    : undefined;
}
