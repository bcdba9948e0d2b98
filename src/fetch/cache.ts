import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';

/** The layout's version; folders of other versions are never looked into. */
const version = 'artifacts-1';
const day = 24 * 60 * 60 * 1000;

/**
 * Downloaded files by digest. Nothing in it is believed: whoever uses a file hashes it again, and what is wrong is thrown
 * out. So several processes may share it, and one that was killed leaves at worst a file in `tmp`.
 */
export interface Cache {
  /** A file with this `algorithm:hex`, where there is something of that name; its bytes are still to be verified. */
  readonly find: (digest: string) => Promise<string | undefined>;
  /** Notes that a file was of use, to the day: that is what `trim` goes by. */
  readonly used: (file: string) => Promise<void>;
  /** A path for a new file, on the same file system as the cache. */
  readonly temporary: () => string;
  /** Takes a file that was verified in, by rename: whoever looks sees all of it or nothing. */
  readonly keep: (file: string, digest: string) => Promise<string>;
  readonly discard: (file: string) => Promise<void>;
  /** Lets the files that were not used for longest leave until at most `bytes` are left. */
  readonly trim: (bytes: number) => Promise<void>;
}

/** The part of a cache's folder that has files of this layout, and nothing else. */
export const artifactsFolder = (root: string): string => path.join(root, version);

/**
 * Opens the cache in a folder, which is made where it is missing.
 * @throws NodeJS.ErrnoException where it can't be written
 */
export async function openCache(root: string): Promise<Cache> {
  const base = artifactsFolder(root);
  const temporaries = path.join(base, 'tmp');
  await mkdir(temporaries, { recursive: true });
  const made = new Map<string, Promise<unknown>>();
  const listed = new Map<string, Promise<ReadonlySet<string>>>();
  const makeFolder = async (folder: string): Promise<void> => {
    const making = made.get(folder) ?? mkdir(folder, { recursive: true });
    made.set(folder, making);
    await making;
    listed.delete(folder);
  };
  return {
    find: async (digest) => {
      const file = placeOf(base, digest);
      if (file === undefined) return undefined;
      const folder = path.dirname(file);
      // One listing instead of a question for each file of a plan: on a new machine there is nothing to ask about.
      const listing = listed.get(folder) ?? namesIn(folder);
      listed.set(folder, listing);
      if (!(await listing).has(path.basename(file))) return undefined;
      return file;
    },
    used: async (file) => {
      const now = Date.now();
      const before = await stat(file).catch(() => undefined);
      if (before && now - before.mtimeMs > day) await utimes(file, now / 1000, now / 1000).catch(() => {});
    },
    temporary: () => path.join(temporaries, `${process.pid}-${randomUUID()}`),
    keep: async (file, digest) => {
      const place = placeOf(base, digest);
      if (place === undefined) return file;
      await makeFolder(path.dirname(place));
      await rename(file, place);
      return place;
    },
    discard: async (file) => {
      listed.delete(path.dirname(file));
      await rm(file, { force: true, recursive: true });
    },
    trim: (bytes) => trim(base, temporaries, bytes),
  };
}

const namesIn = async (folder: string): Promise<ReadonlySet<string>> =>
  new Set(await readdir(folder).catch(() => []));

/** Where a digest's file is; undefined for a text that is no digest, so that a stranger's lock names no other place. */
function placeOf(base: string, digest: string): string | undefined {
  const [, algorithm, hex] = /^(sha256|sha384|sha512):([0-9a-f]{64,128})$/.exec(digest.toLowerCase()) ?? [];
  return algorithm && hex ? path.join(base, algorithm, hex) : undefined;
}

async function trim(base: string, temporaries: string, bytes: number): Promise<void> {
  const files = await list(base);
  const old = Date.now() - day;
  const left = files.filter(({ file, used }) => path.dirname(file) === temporaries && used < old);
  await Promise.all(left.map(({ file }) => rm(file, { force: true })));
  const kept = files
    .filter(({ file }) => path.dirname(file) !== temporaries)
    .sort((a, b) => b.used - a.used || (a.file < b.file ? -1 : 1));
  let sum = 0;
  for (const { file, size } of kept) {
    sum += size;
    if (sum > bytes) await rm(file, { force: true });
  }
}

async function list(base: string): Promise<{ file: string; size: number; used: number }[]> {
  const entries = await readdir(base, { recursive: true, withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name);
        // Another process may trim at the same time.
        const facts = await stat(file).catch(() => undefined);
        return facts && { file, size: facts.size, used: facts.mtimeMs };
      }),
  );
  return found.filter((entry) => entry !== undefined);
}
