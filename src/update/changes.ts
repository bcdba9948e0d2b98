import path from 'node:path';
import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import { parseLock } from '../uv/lock/parse.ts';
import type { ReadText } from '../uv/lock/project.ts';
import { loadProject, type Project } from '../uv/lock/project.ts';
import { wheelBytes } from '../uv/plan/artifact.ts';
import { diffLocks, type LockDiff, type LockEntry, type PackageChange } from '../uv/plan/diff.ts';
import type { DeclaredTarget } from '../uv/plan/manifest.ts';
import { planProject } from '../uv/plan/plan.ts';
import { parseTarget } from '../uv/plan/target.ts';

/** The project as it was before. */
export interface Older {
  /** Folder of uv.lock. */
  readonly folder: string;
  readonly read: ReadText;
  /** What messages call it. */
  readonly name: string;
}

/** What changed in uv.lock. It explains why the hash changed, and decides nothing. */
export interface Changes {
  readonly diff?: LockDiff;
  /** Bytes of the wheels for the first target before; not set if that can't be planned any more. */
  readonly bytesBefore?: number;
}

/** @returns nothing if the older lock is missing or can't be read */
export async function changesSince(
  older: Older,
  project: Project,
  targets: readonly DeclaredTarget[],
  log: Log,
): Promise<Changes> {
  const text = await older.read(path.join(older.folder, path.basename(project.lockFile)));
  if (text === undefined) {
    log.info(`There is no older uv.lock to compare with (${older.name}), so the report names no packages.`);
    return {};
  }
  const diff = await ifPossible('The older uv.lock', log, async () =>
    diffLocks(parseLock(text, `${older.name}:uv.lock`), project.lock, targets.map(parseTarget)),
  );
  const [first] = targets;
  if (!diff || !first) return {};
  const bytesBefore = await ifPossible('The older download', log, async () => {
    const before = await loadProject(older.folder, older.read);
    return wheelBytes(planProject(before, parseTarget(first), first));
  });
  return { diff, ...(bytesBefore === undefined ? {} : { bytesBefore }) };
}

async function ifPossible<T>(what: string, log: Log, step: () => Promise<T>): Promise<T | undefined> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.info(`${what} is not compared: ${error.message}`);
    return undefined;
  }
}

/** Names in a title. */
const SHOWN = 8;

/** Logs which packages changed, direct ones first. */
export function logChanges(diff: LockDiff, log: Log): Promise<void> {
  const all = [...diff.added, ...diff.removed, ...diff.changed];
  const ordered = [...all.filter(isDirect), ...all.filter((change) => !isDirect(change))];
  const names = ordered.map(({ name }) => name);
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  const list = names.length === 0 ? '' : ` (${names.slice(0, SHOWN).join(', ')}${more})`;
  return log.group(
    `uv.lock: ${names.length === 1 ? '1 package' : `${names.length} packages`} changed${list}`,
    async () => {
      for (const change of ordered) {
        log.info(
          `${change.name} ${versions(change.before)} → ${versions(change.after)}${isDirect(change) ? '' : ' (transitive)'}`,
        );
      }
      for (const { name, filename, change } of diff.hashOnly)
        if (change === 'other-bytes')
          log.warning(`${name}: ${filename} has other bytes under the same version.`);
        else log.info(`${name}: ${filename}: ${digestTexts[change]}.`);
    },
  );
}

/** Changes of a lock's digests that say nothing of the bytes. */
const digestTexts = {
  'digest-added': 'uv.lock now has its digest',
  'digest-removed': 'uv.lock no longer has its digest',
  'other-algorithm': 'uv.lock has its digest by another algorithm',
};

const isDirect = ({ relation }: PackageChange): boolean => relation === 'direct';

const versions = (entries: readonly LockEntry[]): string =>
  entries.length === 0 ? '(none)' : entries.map(({ version, source }) => version ?? source ?? '?').join(', ');
