import { rm } from 'node:fs/promises';
import type { Artifact } from '../uv/plan/artifact.ts';
import type { ArtifactCache } from './cache.ts';
import { download } from './download.ts';
import type { Network } from './network.ts';
import { differenceOf } from './read.ts';
import type { SavedArtifacts } from './runner-cache.ts';
import { asDownload, localFile } from './wheels.ts';

export interface Amount {
  readonly files: number;
  readonly bytes: number;
}

export interface HashTools {
  /** Called only if files have to be downloaded. */
  readonly network: () => Promise<Network>;
  readonly cache: ArtifactCache;
  /** Maximum size of the cache in bytes, with the files of this run. */
  readonly cacheSize: number;
  /** The runner's cache, if available and not disabled. */
  readonly saved?: SavedArtifacts;
  /** Called after each download. */
  readonly onProgress?: (sofar: Amount, all: Amount) => void;
}

/** Files with the same name but different bytes are separate. */
export const idOf = ({ path, hash, url }: Artifact): string => JSON.stringify([path, hash ?? url]);

/** Files of a lock that were verified: cached ones, those of the repository, and downloads. */
export class VerifiedFiles {
  /** By `idOf`. */
  readonly found = new Map<string, string>();
  downloaded: Amount = { files: 0, bytes: 0 };
  readonly #temporary: string[] = [];
  readonly #project: string;
  readonly #tools: HashTools;

  constructor(project: string, tools: HashTools) {
    this.#project = project;
    this.#tools = tools;
  }

  /** @param wheels by `idOf`
   * @throws UserError of `download` and `localFile` */
  async findAll(wheels: ReadonlyMap<string, Artifact>): Promise<void> {
    const missing: [string, Artifact][] = [];
    for (const [id, wheel] of wheels) {
      const file =
        wheel.path === undefined ? await this.cached(wheel) : await localFile(wheel, this.#project);
      if (file === undefined) missing.push([id, wheel]);
      else this.found.set(id, file);
    }
    if (missing.length > 0) await this.#download(missing);
  }

  /** The file in the cache, verified; removes one that is corrupt. */
  async cached({ hash, size }: Artifact): Promise<string | undefined> {
    const { cache } = this.#tools;
    const file = hash === undefined ? undefined : await cache.find(hash);
    if (file === undefined) return undefined;
    if ((await differenceOf(file, { hash, size })) === undefined) {
      await cache.used(file);
      return file;
    }
    await rm(file, { force: true, recursive: true });
    return undefined;
  }

  async #download(missing: readonly [string, Artifact][]): Promise<void> {
    const { cache, cacheSize, network, onProgress } = this.#tools;
    const downloads = missing.map(([, wheel]) => asDownload(wheel, cache.temporary()));
    const bytes = downloads.reduce((sum, { size = 1 << 20 }) => sum + size, 0);
    // A failure to trim does not stop the download.
    await cache.trim(Math.max(0, cacheSize - bytes)).catch(() => {});
    const onDone = async (index: number, size: number): Promise<void> => {
      const { target = '', hash } = downloads[index] ?? {};
      if (hash === undefined) this.#temporary.push(target);
      const file = hash === undefined ? target : await cache.keep(target, hash);
      this.found.set(missing[index]?.[0] ?? '', file);
      this.downloaded = { files: this.downloaded.files + 1, bytes: this.downloaded.bytes + size };
      onProgress?.(this.downloaded, { files: downloads.length, bytes });
    };
    await download(downloads, await network(), onDone);
  }

  async removeTemporary(): Promise<void> {
    for (const file of this.#temporary) await rm(file, { force: true });
  }
}
