import { UserError } from '../ports/errors.ts';
import type { BuildLock } from './types.ts';

/** Name of the build lock where the derivation does not say another. */
export const buildLockName = 'uv-fod.lock.json';

/** @returns whether two values are the same data, in whatever order their keys are */
export function sameData(left: unknown, right: unknown): boolean {
  return JSON.stringify(left, sortedKeys) === JSON.stringify(right, sortedKeys);
}

/** The build lock's text: keys sorted, two spaces, so that a change of one build is a change of few lines. */
export function buildLockText(lock: BuildLock): string {
  return `${JSON.stringify(lock, sortedKeys, 2)}\n`;
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Reads a build lock.
 * @throws UserError `build-lock-invalid`
 */
export function parseBuildLock(text: string, file: string): BuildLock {
  const remedy = `Delete ${file} and run 'uv-fod lock' to make it again.`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError(
      'build-lock-invalid',
      `${file} is not JSON (${(cause as Error).message}). ${remedy}`,
      { at: { file }, cause },
    );
  }
  const lock = value as Partial<BuildLock> | null;
  if (lock?.version !== 1) {
    throw new UserError(
      'build-lock-invalid',
      `${file} is no build lock of version 1 (its version is ${JSON.stringify(lock?.version)}). ${remedy}`,
      { at: { file } },
    );
  }
  for (const key of ['target', 'systems', 'builds', 'wheels'] as const) {
    if (typeof lock[key] !== 'object' || lock[key] === null) {
      throw new UserError('build-lock-invalid', `${file} lacks '${key}'. ${remedy}`, { at: { file } });
    }
  }
  return lock as BuildLock;
}
