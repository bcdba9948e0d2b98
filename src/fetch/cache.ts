import { randomUUID } from 'node:crypto';
import { statSync, utimesSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Log } from '../system/log.ts';

/** Version of the layout; folders of other versions are not read. */
const version = 'artifacts-1';
const day = 24 * 60 * 60 * 1000;
const algorithms = ['sha256', 'sha384', 'sha512'];

/** The folder inside a cache's root that only contains this layout. */
export const artifactsFolder = (root: string): string => path.join(root, version);

/**
 * Opens the cache in a folder, and creates the folder if it is missing.
 * @throws NodeJS.ErrnoException if it is not writable
 */
export async function openCache(root: string): Promise<ArtifactCache> {
  const cache = new ArtifactCache(artifactsFolder(root));
  const folders = algorithms.map((algorithm) => path.join(cache.folder, algorithm));
  for (const one of [cache.temporaries, ...folders]) await mkdir(one, { recursive: true });
  return cache;
}

/** The user's cache folder; undefined if it is not known. */
export function cacheHome({ XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv): string | undefined {
  const home = XDG_CACHE_HOME || (HOME ? path.join(HOME, '.cache') : '');
  return path.isAbsolute(home) ? home : undefined;
}

/** Opens the cache in the user's folder, or in a temporary one if that is not writable. */
export async function usableCache(
  environment: NodeJS.ProcessEnv,
  log: Pick<Log, 'warning'>,
): Promise<ArtifactCache> {
  const home = cacheHome(environment);
  const temporary = path.join(tmpdir(), `uv-fod-cache-${process.getuid?.() ?? 0}`);
  if (home !== undefined) {
    try {
      return await openCache(path.join(home, 'uv-fod'));
    } catch (error) {
      log.warning(
        `Using ${temporary} as the cache, because ${home} is not usable (${(error as Error).message}).`,
      );
    }
  }
  return openCache(temporary);
}

/**
 * Downloaded files by digest. The files are untrusted: each is verified again when it is read.
 * Processes can share the cache; a killed process leaves at most a file in `tmp`.
 */
export class ArtifactCache {
  readonly folder: string;
  readonly temporaries: string;

  constructor(folder: string) {
    this.folder = folder;
    this.temporaries = path.join(folder, 'tmp');
  }

  /**
   * The file of an `algorithm:hex`, not yet verified; undefined if missing. Sets the file's time
   * to the day of this use, for `trim`.
   */
  take(digest: string | undefined): string | undefined {
    const file = this.pathOf(digest);
    const found = file === undefined ? undefined : statSync(file, { throwIfNoEntry: false });
    if (file === undefined || found === undefined) return undefined;
    const now = Date.now();
    try {
      if (now - found.mtimeMs > day) utimesSync(file, now / 1000, now / 1000);
    } catch {
      // Another process may trim at the same time.
    }
    return file;
  }

  /** A path for a new file, on the file system of the cache. */
  temporary(): string {
    return path.join(this.temporaries, `${process.pid}-${randomUUID()}`);
  }

  /**
   * Path of the verified file of an `algorithm:hex`; undefined for text that is not a digest, so
   * that an untrusted lock names no other path.
   */
  pathOf(digest: string | undefined): string | undefined {
    const [, algorithm = '', hex = ''] = /^(\w+):([0-9a-f]{64,128})$/.exec(digest?.toLowerCase() ?? '') ?? [];
    return algorithms.includes(algorithm) ? path.join(this.folder, algorithm, hex) : undefined;
  }

  /** Evicts the least recently used files until at most `bytes` are left. */
  async trim(bytes: number): Promise<void> {
    const files = await list(this.folder);
    const isTemporary = (file: string): boolean => path.dirname(file) === this.temporaries;
    const old = Date.now() - day;
    for (const { file, used } of files) if (isTemporary(file) && used < old) await rm(file, { force: true });
    const kept = files.filter(({ file }) => !isTemporary(file));
    let sum = 0;
    for (const { file, size } of kept.sort((a, b) => b.used - a.used || (a.file < b.file ? -1 : 1))) {
      sum += size;
      if (sum > bytes) await rm(file, { force: true });
    }
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
