import { lstat, open, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';

/** A path that differs between two trees. */
export interface Difference {
  /** From the trees' root; empty for the root itself. */
  readonly path: string;
  readonly how: string;
}

/** Most differences that are listed. */
const MAX_FOUND = 200;
const CHUNK = 1 << 20;

/**
 * Compares two files or folders by what a Nix archive holds: names, kinds, bytes, targets of
 * symlinks, the x bit.
 * @returns the first 200 differences, sorted by path
 */
export async function differences(first: string, second: string): Promise<Difference[]> {
  const found: Difference[] = [];
  const open: string[] = [''];
  for (let at = open.pop(); at !== undefined && found.length < MAX_FOUND; at = open.pop()) {
    const [left, right] = [path.join(first, at), path.join(second, at)];
    const how = await differ(left, right);
    if (how !== undefined) found.push({ path: at, how });
    else if ((await lstat(left)).isDirectory()) {
      const names = new Set([...(await readdir(left)), ...(await readdir(right))]);
      open.push(
        ...[...names]
          .sort()
          .reverse()
          .map((name) => path.join(at, name)),
      );
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** How two paths differ, without what is in them if both are folders. */
async function differ(left: string, right: string): Promise<string | undefined> {
  const [one, other] = await Promise.all([left, right].map((file) => lstat(file).catch(() => undefined)));
  if (!one || !other) return one ? 'only in the first' : 'only in the second';
  if (one.isFile() !== other.isFile() || one.isDirectory() !== other.isDirectory()) return 'other kind';
  if (one.isSymbolicLink())
    return (await readlink(left)) === (await readlink(right)) ? undefined : 'other target';
  if (!one.isFile()) return undefined;
  if (one.size !== other.size) return 'other size';
  if ((one.mode & 0o100) !== (other.mode & 0o100)) return 'other x bit';
  return (await sameBytes(left, right)) ? undefined : 'other bytes';
}

/** Both files have the same size. */
async function sameBytes(left: string, right: string): Promise<boolean> {
  await using one = await open(left);
  await using other = await open(right);
  const [a, b] = [Buffer.alloc(CHUNK), Buffer.alloc(CHUNK)];
  for (;;) {
    const [{ bytesRead: read }, { bytesRead: same }] = await Promise.all([one.read(a), other.read(b)]);
    if (read !== same || !a.subarray(0, read).equals(b.subarray(0, same))) return false;
    if (read === 0) return true;
  }
}
