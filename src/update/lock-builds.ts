import { approveBuildLock } from '../build-lock/addresses.ts';
import type { Confirmation } from '../build-lock/confirm.ts';
import { renewBuildLock, type SystemPlan } from '../build-lock/renew.ts';
import type { SourceReader } from '../build-lock/sources.ts';
import { buildLockText, sameData, strangeIn } from '../build-lock/text.ts';
import type { BuildLock } from '../build-lock/types.ts';
import { applyEdits } from '../nix/apply.ts';
import type { Pinned } from '../nix/evaluate.ts';
import { introduce } from '../nix/git-index.ts';
import type { Journal } from '../nix/journal.ts';
import { type Edit, replaceHash } from '../nix/patch.ts';
import type { DerivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';
import type { Project, ReadText, TomlTable } from '../uv/lock/index.ts';
import type { Spotted } from './compare.ts';
import { askBackends } from './dynamic.ts';
import type { SystemHash } from './hashes.ts';
import type { Parts, Update } from './types.ts';

/** What is known once plans are made. */
export interface Planned {
  readonly project: Project;
  /** The build lock of the checkout, which a pull request may have written. */
  readonly before: { readonly text: string; readonly lock: BuildLock } | undefined;
  /** That of the base, which decides what is kept. */
  readonly base: BuildLock | undefined;
  readonly settings: TomlTable;
  readonly confirmation: Confirmation;
  readonly spotted: Spotted[];
}

/** What is known once hashes are there as well. */
export interface Locking extends Planned {
  readonly pinned: Pinned;
  readonly hashes: readonly SystemHash[];
  readonly lockFile: string;
  readonly journal: Journal;
  /** Hashes are not new, so neither is what they were made from. */
  readonly keepsPlans: boolean;
}

type Settled = Pick<Update, 'undo' | 'keep' | 'edits'>;

/** Renews the build lock and writes it with the hashes; then asks the backends that are new, and renews it with their answers. */
export async function lockBuilds(
  derivation: DerivationRef,
  locking: Locking,
  parts: Parts,
): Promise<Settled> {
  const { pinned, base, journal } = locking;
  const buildLock = await parts.log.group('Build lock', async () => {
    const made = await renew(locking, parts);
    await approveBuildLock(made, parts.checkHost);
    const { builds, wheels } = made;
    parts.log.info(`${count(builds)} to build, with ${count(wheels)} wheels as build requirements`);
    return made;
  });
  const edits = await editsFor({ ...locking, buildLock }, parts.read);
  if (edits.length === 0) return untouched;
  parts.stop.throwIfAborted();
  for (const { file } of edits) await parts.mayWrite?.(file);
  const settled = await apply(derivation, edits, journal, parts.run);
  try {
    const dynamic = await askBackends(derivation, pinned.system, buildLock, base, parts.run, parts.log);
    if (dynamic.size === 0) return { edits, ...settled };
    // Edits are made out of what files are without any.
    await settled.undo();
    const renewed = await renew(locking, parts, dynamic);
    await approveBuildLock(renewed, parts.checkHost);
    const again = await editsFor({ ...locking, buildLock: renewed }, parts.read);
    if (again.length === 0) return untouched;
    return { edits: again, ...(await apply(derivation, again, journal, parts.run)) };
  } catch (error) {
    await settled.undo();
    throw error;
  }
}

const untouched: Settled = { edits: [], undo: async () => {}, keep: async () => {} };

const count = (record: Readonly<Record<string, unknown>>): number => Object.keys(record).length;

/** Writes the edits where Nix sees them: on disk, and for a flake in git's index. */
async function apply(
  derivation: DerivationRef,
  edits: readonly Edit[],
  journal: Journal,
  run: Run,
): Promise<Pick<Update, 'undo' | 'keep'>> {
  await journal.write(edits);
  const putBack = await applyEdits(edits);
  try {
    const forget = await introduce(derivation, edits, run);
    const undo = async (): Promise<void> => {
      await putBack();
      await forget();
      await journal.clear();
    };
    return { undo, keep: journal.clear };
  } catch (error) {
    await putBack();
    await journal.clear();
    throw error;
  }
}

async function renew(
  { pinned, project, spotted, hashes, before, base, settings, confirmation, keepsPlans }: Locking,
  parts: Parts,
  dynamic?: ReadonlyMap<string, readonly string[]>,
): Promise<BuildLock> {
  const [first] = pinned.systems;
  if (!first)
    throw new UserError('not-uv-fod', 'The derivation has a hash for no system; give fetchUvDeps one.');
  const { system: _, ...target } = first.target;
  const systems = spotted.map(
    ({ target, artifacts, plan }, index): SystemPlan => ({
      target,
      artifacts,
      plan: keepsPlans ? (before?.lock.systems[target.system]?.plan ?? '') : plan,
      hash: hashes[index]?.after ?? '',
    }),
  );
  const given = { project, settings, target, systems, base, confirmation };
  return renewBuildLock(
    { ...given, ...(dynamic ? { dynamic: (key) => dynamic.get(key) } : {}) },
    readerOf(pinned.project, parts),
  );
}

/** @param project folder of uv.lock */
export const readerOf = (
  project: string,
  {
    read,
    scratch,
    network,
    contact: run,
    checkHost,
  }: Pick<Parts, 'read' | 'scratch' | 'network' | 'contact' | 'checkHost'>,
): SourceReader => ({ project, read, scratch, network, run, ...(checkHost ? { checkHost } : {}) });

interface Found extends Pick<Planned, 'spotted' | 'before'> {
  readonly hashes: readonly SystemHash[];
  readonly lockFile: string;
  readonly buildLock: BuildLock;
}

/** The hash's literal in each file that holds one, and the build lock; nothing where nothing moved. */
async function editsFor(
  { spotted, hashes, lockFile, before, buildLock }: Found,
  read: ReadText,
): Promise<Edit[]> {
  const edits = new Map<string, Edit>();
  for (const [index, { pinned }] of spotted.entries()) {
    const { before: old, after } = hashes[index] ?? { before: '', after: '' };
    const { file } = pinned.position;
    if (old === after) continue;
    const text = edits.get(file)?.after ?? (await read(file));
    if (text === undefined)
      throw new UserError('file-missing', `${file}, where the hash stands, can't be read.`);
    // One literal replaced by another of one line: positions of further hashes in the same line would move, lines do not.
    edits.set(file, {
      file,
      before: edits.get(file)?.before ?? text,
      after: replaceHash(text, pinned.position, old, after),
    });
  }
  if (!before || !isSame(before, buildLock)) {
    edits.set(lockFile, { file: lockFile, before: before?.text, after: buildLockText(buildLock) });
  }
  return [...edits.values()];
}

/** The same data in any order of keys, with nothing else that a reader could see. */
export const isSame = (written: NonNullable<Planned['before']>, made: BuildLock): boolean =>
  sameData(written.lock, made) && strangeIn(written.text, written.lock) === undefined;
