import type { PackageConfig, VersionPlace } from '../config/types.ts';
import type { NixAnswer } from '../nix/answers.ts';
import type { Edits } from '../nix/edits.ts';
import { ask } from '../nix/expression.ts';
import type { DerivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import type { BumpContext, BumpedOutput } from './context.ts';
import { warnOfOldVersion } from './left-over.ts';
import { type BumpedHashes, bumpOutputs } from './outputs.ts';
import { bumpVersion, type Names } from './version.ts';

type PackageFacts = NixAnswer<'packageFacts'>;
type SourceFacts = NixAnswer<'sources'>[number];

export interface BumpRequest {
  readonly derivation: DerivationRef;
  /** Absolute path of the checkout, without symlinks. Nothing outside of it is changed. */
  readonly root: string;
  readonly config: Pick<PackageConfig, 'versionFiles' | 'sourceHash' | 'hasSource' | 'also' | 'releases'>;
  /**
   * The new version; undefined: only the fixed-output derivations are updated, because the
   * version was changed by hand.
   */
  readonly to: Names | undefined;
}

/** The result of a bump; the source's hash is the first of `hashes`. */
export interface Bump extends BumpedHashes {
  readonly before: string;
  readonly after: string;
}

/**
 * Bumps a package: first its version, then the source's hash, then each further fixed-output
 * derivation in the order of the configuration, each built twice. Each change is written to disk
 * at once, because Nix reads it from there in the next step.
 *
 * @param edits records the changes; if this fails, the caller has to undo them
 * @throws UserError of `bumpVersion`, `bumpOutputs` and `requireNewSources`
 */
export async function bumpTo(
  request: BumpRequest,
  edits: Edits,
  { run, log, scratch, keepsDrifting }: Pick<BumpContext, 'run' | 'log' | 'scratch' | 'keepsDrifting'>,
): Promise<Bump> {
  const { derivation, root, config, to } = request;
  const facts = await ask(derivation, 'packageFacts', run);
  const mark = edits.mark;
  const context: BumpContext = { derivation, root, run, log, edits, scratch, keepsDrifting };
  const sources = await ask(derivation, 'sources', run);
  const next = to && isNew(to, facts) ? to : undefined;
  if (next) await toVersion(config, facts, next, context);
  const outputs: BumpedOutput[] = [
    // The source first, because the other derivations are built from it.
    ...sourceOutputs(config, sources),
    ...config.also.map((one) => ({ ...one, key: 'also' as const })),
  ];
  const computed = await bumpOutputs(outputs, facts.system, context);
  const bump = { before: facts.version, after: to?.version ?? facts.version, ...computed };
  if (next) {
    const now = await ask(derivation, 'sources', run);
    requireNewSources(derivation.attribute, bump, [sources, now], config.hasSource);
    const changed = edits.since(mark).map(({ file }) => file);
    await warnOfOldVersion(bump.before, changed, context);
  }
  return bump;
}

function isNew({ version, revision }: Names, facts: PackageFacts): boolean {
  return version !== facts.version || (revision !== undefined && revision !== facts.revision);
}

/** The default place of a revision: an argument of the source. */
const sourceRevision: VersionPlace = { kind: 'nix', attribute: '.src.rev', value: '{revision}' };

function placesOf(
  to: Names,
  facts: PackageFacts,
  { versionFiles }: BumpRequest['config'],
): readonly VersionPlace[] {
  const hasRevision = versionFiles.some((place) =>
    (place.kind === 'text' ? place.pattern : place.value).includes('{revision}'),
  );
  if (to.revision === undefined || facts.revision === null || hasRevision) return versionFiles;
  return [sourceRevision, ...versionFiles];
}

async function toVersion(
  config: BumpRequest['config'],
  facts: PackageFacts,
  to: Names,
  context: BumpContext,
): Promise<void> {
  if (facts.version === '')
    throw new UserError(
      'version-missing',
      `'${context.derivation.attribute}' has no version that could be changed. Give the derivation a 'version'.`,
    );
  const source = config.releases?.source;
  const tag = (version: string): string | undefined =>
    source && 'tag' in source ? `${source.tag.prefix}${version}${source.tag.suffix}` : undefined;
  const { version, revision } = facts;
  const before = { version, tag: tag(version), revision: revision ?? undefined };
  const after = { ...to, tag: to.tag ?? tag(to.version) };
  await bumpVersion({ facts, places: placesOf(to, facts, config), before, after }, context);
}

/**
 * The sources whose hashes a bump recomputes: the configured one, otherwise each source that has a
 * hash.
 */
function sourceOutputs(
  { sourceHash, hasSource }: Pick<PackageConfig, 'sourceHash' | 'hasSource'>,
  sources: readonly SourceFacts[],
): BumpedOutput[] {
  const key = 'source-hash';
  if (sourceHash) return [{ ...sourceHash, key }];
  const fixed = sources.filter(({ hash }) => hasSource && hash !== null);
  return fixed.map(({ attribute }) => ({ attribute, key }));
}

/**
 * Requires that the sources changed. Nix does not fetch again if the hash is the same, so the new
 * version would be built from the old source.
 * @param sources the sources before and after the change of the version
 * @throws UserError `source-unchanged`
 */
function requireNewSources(
  attribute: string,
  { before, after, hashes }: Bump,
  sources: readonly [before: readonly SourceFacts[], after: readonly SourceFacts[]],
  hasSource: boolean,
): void {
  const recomputed = new Set(hashes.map((one) => one.after));
  for (const now of sources[1]) {
    const old = sources[0].find((one) => one.attribute === now.attribute);
    const fix = old && fixFor(old, now, recomputed, hasSource);
    if (fix !== undefined)
      throw new UserError(
        'source-unchanged',
        `'${attribute}' would go from ${before} to ${after} with the source of ${before}: ${fix} Nothing was changed.`,
      );
  }
}

/** @returns how to fix an unchanged source; undefined if it changed, or may stay the same */
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
