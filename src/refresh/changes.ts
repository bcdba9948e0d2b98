import { parseLock } from '../lock/index.ts';
import { diffLocks, type LockDiff, type LockEntry, type PackageChange } from '../plan/index.ts';
import type { Log } from '../ports/log.ts';
import type { Update } from '../update/update.ts';
import type { Checkout } from './checkout.ts';

/**
 * What changed in uv.lock since a commit. It tells the reader why the hash moved; it does not decide anything.
 * @returns undefined where the older lock can't be had or read
 */
export async function lockChanges(
  { project, spotted }: Pick<Update, 'project' | 'spotted'>,
  checkout: Checkout,
  before: string | undefined,
  log: Log,
): Promise<LockDiff | undefined> {
  const text = await checkout.textAt(before ?? 'HEAD^', project.lockFile);
  if (text === undefined) {
    log.info(
      `There is no older uv.lock to compare with (${before ?? 'HEAD^'}), so the report names no packages.`,
    );
    return undefined;
  }
  try {
    return diffLocks(
      parseLock(text, `${before ?? 'HEAD^'}:uv.lock`),
      project.lock,
      spotted.map(({ target }) => target),
    );
  } catch (error) {
    log.info(
      `The older uv.lock can't be read (${(error as Error).message}), so the report names no packages.`,
    );
    return undefined;
  }
}

/** Says in the log which packages changed, direct ones first. */
export function tellChanges(diff: LockDiff, log: Log): Promise<void> {
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
