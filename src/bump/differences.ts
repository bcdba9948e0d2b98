import type { Stats } from 'node:fs';
import { lstat, open, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';

/** A path that differs between two trees. */
export interface Difference {
  /** From the trees' root; empty for the root itself. */
  readonly path: string;
  readonly how:
    | 'only in the first'
    | 'only in the second'
    | 'other kind'
    | 'other bytes'
    | 'other size'
    | 'other target'
    | 'other x bit';
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
    const [one, other] = await Promise.all([stat(left), stat(right)]);
    const how = await differ(left, one, right, other);
    if (how !== undefined) found.push({ path: at, how });
    else if (one?.isDirectory()) open.push(...(await names(left, right)).map((name) => path.join(at, name)));
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const stat = (file: string): Promise<Stats | undefined> => lstat(file).catch(() => undefined);

async function names(left: string, right: string): Promise<string[]> {
  const [one, other] = await Promise.all([readdir(left), readdir(right)]);
  return [...new Set([...one, ...other])].sort().reverse();
}

async function differ(
  left: string,
  one: Stats | undefined,
  right: string,
  other: Stats | undefined,
): Promise<Difference['how'] | undefined> {
  if (!one || !other) return one ? 'only in the first' : 'only in the second';
  if (kindOf(one) !== kindOf(other)) return 'other kind';
  if (one.isSymbolicLink())
    return (await readlink(left)) === (await readlink(right)) ? undefined : 'other target';
  if (!one.isFile()) return undefined;
  if (one.size !== other.size) return 'other size';
  if ((one.mode & 0o100) !== (other.mode & 0o100)) return 'other x bit';
  return (await sameBytes(left, right)) ? undefined : 'other bytes';
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'folder';
  return stats.isSymbolicLink() ? 'symlink' : 'file';
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
