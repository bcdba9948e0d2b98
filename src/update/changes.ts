import path from 'node:path';
import type { Log } from '../system/log.ts';
import { parseLock } from '../uv/lock/parse.ts';
import { diffLocks, type LockDiff, type LockEntry, type PackageChange } from '../uv/plan/diff.ts';
import type { Older } from './older.ts';
import type { Update } from './update.ts';

/**
 * What changed in uv.lock: it explains why the hash changed, and decides nothing.
 * @returns undefined if the older lock is missing or can't be read
 */
export async function lockChanges(
  { project, states, pinned }: Pick<Update, 'project' | 'states' | 'pinned'>,
  older: Older,
  log: Log,
): Promise<LockDiff | undefined> {
  const file = path.join(older.folder, path.relative(pinned.project, project.lockFile));
  const text = await older.read(file);
  if (text === undefined) {
    log.info(`There is no older uv.lock to compare with (${older.name}), so the report names no packages.`);
    return undefined;
  }
  try {
    return diffLocks(
      parseLock(text, `${older.name}:uv.lock`),
      project.lock,
      states.map(({ target }) => target),
    );
  } catch (error) {
    log.info(
      `The older uv.lock can't be read (${(error as Error).message}), so the report names no packages.`,
    );
    return undefined;
  }
}

/** Logs which packages changed, direct ones first. */
export function logChanges(diff: LockDiff, log: Log): Promise<void> {
  const all = [...diff.added, ...diff.removed, ...diff.changed];
  const ordered = [...all.filter(isDirect), ...all.filter((change) => !isDirect(change))];
  return log.group(
    `uv.lock: ${ordered.length === 1 ? '1 package' : `${ordered.length} packages`} changed`,
    async () => {
      for (const change of ordered) {
        log.info(
          `${change.name} ${versions(change.before)} → ${versions(change.after)}${isDirect(change) ? '' : ' (transitive)'}`,
        );
      }
      for (const { name, filename } of diff.hashOnly)
        log.warning(`${name}: ${filename} has other bytes under the same version.`);
    },
  );
}

const isDirect = ({ relation }: PackageChange): boolean => relation === 'direct';

const versions = (entries: readonly LockEntry[]): string =>
  entries.length === 0 ? '(none)' : entries.map(({ version, source }) => version ?? source ?? '?').join(', ');
