import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What an entry of the runner's cache says of itself, beside the binary cache in it. Nothing but what is worth saving follows from it. */
export interface Notes {
  /** Seconds that building each path took. */
  readonly seconds: ReadonlyMap<string, number>;
  /** How many times the guess (`costOf`) taking an entry took, when it was last measured. */
  readonly slower: number;
}

export const noNotes: Notes = { seconds: new Map(), slower: 1 };

const file = 'uv-fod.json';
const version = 1;

/** @returns notes of an entry; empty ones where it has none, or another version's */
export async function readNotes(folder: string): Promise<Notes> {
  try {
    const { size } = await stat(path.join(folder, file));
    // What no size is known of (a device that somebody linked to) would be read without end.
    const text = size > 0 && size < 4e6 ? await readFile(path.join(folder, file), 'utf8') : '';
    const found = JSON.parse(text) as Record<string, unknown>;
    const seconds = found.version === version ? Object.entries(found.seconds as object) : [];
    const slower = between(found.slower, 0.2, 20) ?? 1;
    return { slower, seconds: new Map(seconds.map(([name, value]) => [name, between(value, 0, 1e5) ?? 0])) };
  } catch {
    return noNotes;
  }
}

export async function writeNotes(folder: string, { seconds, slower }: Notes): Promise<void> {
  const text = JSON.stringify({ version, slower, seconds: Object.fromEntries(seconds) });
  await writeFile(path.join(folder, file), `${text}\n`);
}

const between = (value: unknown, least: number, most: number): number | undefined =>
  typeof value === 'number' && value >= least ? Math.min(value, most) : undefined;

/** Those of the paths that a binary cache in a folder says it has. */
export async function pathsIn(folder: string, wanted: readonly string[]): Promise<string[]> {
  const names = new Set(await readdir(folder));
  return wanted.filter((one) => names.has(`${path.basename(one).slice(0, 32)}.narinfo`));
}

/** Bytes of the archives of a binary cache in a folder. */
export async function bytesIn(folder: string): Promise<number> {
  const nars = path.join(folder, 'nar');
  const names = await readdir(nars).catch(() => []);
  const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(nars, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

export async function emptyFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}

/** What entries are called: the same set of paths before another of the same package, before another package's. */
export interface Keys {
  /** Begins the key of an entry; what follows tells writes apart, because no entry is ever written again. */
  readonly own: string;
  readonly restore: readonly string[];
}

/**
 * @param system that paths are built for
 * @param paths that have to be built and outlast a bump
 */
export function keysOf(system: string, attribute: string, paths: readonly string[]): Keys {
  const all = `uv-fod-builds-${version}-${system}-`;
  const scope = `${all}${digest([attribute])}-`;
  const own = `${scope}${digest([...paths].sort())}-`;
  return { own, restore: [own, scope, all] };
}

const digest = (lines: readonly string[]): string =>
  createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
