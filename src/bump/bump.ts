import type { FixedOutput, PackageConfig, TagPattern, VersionPlace } from '../config/types.ts';
import { type Journal, onTop } from '../nix/journal.ts';
import type { Edit } from '../nix/patch.ts';
import { type DerivationRef, folderOf } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import type { Run } from '../system/run.ts';
import type { Bench } from './bench.ts';
import { Changes, type ReadText } from './changes.ts';
import { type PackageFacts, packageFacts } from './facts.ts';
import { type FixedHash, refresh } from './fixed-output.ts';
import { bumpVersion, type Names } from './version.ts';

/** What a bump is handed. */
export interface BumpParts {
  readonly run: Run;
  readonly log: Log;
  readonly read: ReadText;
  /** Opens the journal of the repository that a folder is in. */
  readonly journal: (dir: string) => Promise<Journal>;
}

export interface BumpRequest {
  readonly derivation: DerivationRef;
  /** The checkout: nothing outside of it is changed. Absolute, without symlinks. */
  readonly root: string;
  readonly config: Pick<PackageConfig, 'versionFiles' | 'sourceHash' | 'hasSource' | 'also' | 'releases'>;
  /** The version to go to; undefined: only the fixed outputs are made again, somebody has changed the version already. */
  readonly to: Names | undefined;
}

export interface Bump {
  readonly before: string;
  readonly after: string;
  /** In the order in which they were made: the source first. */
  readonly hashes: readonly FixedHash[];
  /** What has changed in files; it is written, `undo` puts it back, and `keep` settles it. */
  readonly edits: readonly Edit[];
  readonly undo: () => Promise<void>;
  readonly keep: () => Promise<void>;
  /** For the run's next step, in place of `BumpParts.journal`: what that writes down comes on top of the bump. */
  readonly journal: () => Promise<Journal>;
}

/**
 * What a package is at now, for choosing where it goes.
 * @param known what Nix was asked already, its revision with it; Nix is asked for these alone where that can't be had, so that what is wrong
 *   with the dependencies does not count here
 */
export async function currentOf(
  derivation: DerivationRef,
  run: Run,
  known?: Promise<Pick<PackageFacts, 'version' | 'revision'> | undefined>,
): Promise<{ version: string; revision?: string }> {
  const { version, revision } = (await known) ?? (await packageFacts(derivation, run));
  return { version, ...(revision === null ? {} : { revision }) };
}

/**
 * Bumps a package: its version wherever it stands, then the source's hash, then each further fixed output in the order of
 * the configuration, each built twice. Nix reads every step off the disk; where one fails all files are as they were.
 *
 * @throws UserError of `bumpVersion` and `refresh`
 */
export async function bumpTo(request: BumpRequest, { run, log, read, journal }: BumpParts): Promise<Bump> {
  const { derivation, root, config, to } = request;
  const opened = await journal(folderOf(derivation));
  const changes = new Changes(read, opened);
  try {
    const facts = await packageFacts(derivation, run);
    if (to && isNew(to, facts)) await toVersion(request, facts, to, run, changes);
    const hashes: FixedHash[] = [];
    const files = [facts.position?.file, facts.file, derivation.file];
    const bench: Bench = { derivation, root, files, run, log, changes };
    for (const output of outputsOf(config, facts)) hashes.push(await refresh(output, bench));
    const after = to?.version ?? facts.version;
    const edits = changes.edits();
    const settle = { undo: () => changes.undo(), keep: () => changes.keep() };
    return {
      before: facts.version,
      after,
      hashes,
      edits,
      ...settle,
      journal: async () => onTop(opened, edits),
    };
  } catch (error) {
    await changes.undo();
    throw error;
  }
}

function isNew({ version, revision }: Names, facts: PackageFacts): boolean {
  return version !== facts.version || (revision !== undefined && revision !== facts.revision);
}

/** Where a revision stands when nothing else is said: in the source's own argument. */
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
  { derivation, root, config }: BumpRequest,
  facts: PackageFacts,
  to: Names,
  run: Run,
  changes: Changes,
): Promise<void> {
  if (facts.version === '')
    throw new UserError(
      'version-missing',
      `'${derivation.attribute}' has no version, so there is none to change. Give the derivation a 'version'.`,
    );
  const pattern = tagPattern(config.releases);
  const tag = (version: string): string | undefined =>
    pattern && `${pattern.prefix}${version}${pattern.suffix}`;
  await bumpVersion(
    {
      ...{ derivation, root, facts, places: placesOf(to, facts, config) },
      before: { version: facts.version, tag: tag(facts.version), revision: facts.revision ?? undefined },
      after: { ...to, tag: to.tag ?? tag(to.version) },
    },
    run,
    changes,
  );
}

function tagPattern(releases: PackageConfig['releases']): TagPattern | undefined {
  const source = releases?.source;
  return source && 'tag' in source ? source.tag : undefined;
}

/** The source first: everything else is made from it. */
function outputsOf(
  { sourceHash, hasSource, also }: BumpRequest['config'],
  facts: PackageFacts,
): FixedOutput[] {
  const own: FixedOutput = { attribute: '.src', file: undefined, pointer: undefined };
  const source = sourceHash ?? (hasSource && facts.hasFetchedSource ? own : undefined);
  return source ? [source, ...also] : [...also];
}
