import type { Hash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { UserError } from '../system/errors.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import { download } from './download.ts';
import type { Amount, HashTools } from './hash-tools.ts';
import { differenceOf } from './read.ts';
import { asDownload, localFile } from './wheels.ts';

/** Identifies a file. Files with the same name but different bytes have different ids. */
export const idOf = ({ path, hash, url }: Artifact): string => JSON.stringify([path, hash ?? url]);

/** Verified files of a lock: from the cache, the repository, and downloads. */
export class VerifiedFiles {
  /** Paths of files, by `idOf`. */
  readonly found = new Map<string, string>();
  downloaded: Amount = { files: 0, bytes: 0 };
  /** Files in the cache that are yet to be verified, by `idOf`. */
  readonly #unverified = new Set<string>();
  /** The end of each download, by `idOf`; then the end of all. */
  readonly #arrivals = new Map<string, PromiseWithResolvers<void>>();
  #downloading: Promise<void> = Promise.resolve();
  readonly #temporary: string[] = [];
  readonly #project: string;
  readonly #tools: HashTools;

  constructor(project: string, tools: HashTools) {
    this.#project = project;
    this.#tools = tools;
  }

  /**
   * @param wheels by `idOf`
   * @param wanted with 'when archived', `addTo` verifies cached files while it archives them, and
   *   waits for downloads
   * @throws UserError of `download` and `localFile`
   */
  async findAll(
    wheels: ReadonlyMap<string, Artifact>,
    wanted: 'now' | 'when archived' = 'now',
  ): Promise<void> {
    const missing: [string, Artifact][] = [];
    for (const [id, wheel] of wheels) {
      const isLater = wanted === 'when archived' && wheel.path === undefined;
      if (isLater) this.#unverified.add(id);
      const file = isLater ? this.#tools.cache.take(wheel.hash) : await this.#verified(wheel);
      if (file === undefined) missing.push([id, wheel]);
      else this.found.set(id, file);
    }
    this.#startDownload(missing);
    if (wanted === 'now') await this.#downloading;
  }

  #verified(wheel: Artifact): Promise<string | undefined> {
    return wheel.path === undefined ? this.cached(wheel) : localFile(wheel, this.#project);
  }

  /** The verified file in the cache; a corrupt file is removed. */
  async cached(wheel: Artifact): Promise<string | undefined> {
    const file = this.#tools.cache.take(wheel.hash);
    if (file === undefined || (await differenceOf(file, wheel)) === undefined) return file;
    await rm(file, { force: true, recursive: true });
    return undefined;
  }

  /**
   * Adds a file to an archive. A corrupt file in the cache is downloaded again.
   * @returns the longer archive; the given one must not be used any more
   */
  async addTo(archive: Hash, wheel: Artifact): Promise<Hash> {
    const id = idOf(wheel);
    // A cached file has no entry in `#arrivals`.
    await Promise.race([this.#arrivals.get(id)?.promise, this.#downloading]);
    const file = this.found.get(id) ?? '';
    const isVerified = !this.#unverified.has(id);
    const longer = archive.copy();
    const difference = await differenceOf(file, isVerified ? {} : wheel, longer);
    if (difference === undefined) {
      this.#unverified.delete(id);
      return longer;
    }
    if (isVerified) throw changedMeanwhile(file, difference);
    await rm(file, { force: true, recursive: true });
    await this.#downloading;
    this.#startDownload([[id, wheel]]);
    return this.addTo(archive, wheel);
  }

  #startDownload(missing: readonly [string, Artifact][]): void {
    if (missing.length === 0) return;
    for (const [id] of missing) this.#arrivals.set(id, Promise.withResolvers());
    this.#downloading = this.#download(missing);
    // Callers that wait for the downloads get the error.
    this.#downloading.catch(() => {});
  }

  async #download(missing: readonly [string, Artifact][]): Promise<void> {
    const { cache, cacheSize, network, onProgress } = this.#tools;
    const downloads = missing.map(([, wheel]) =>
      asDownload(wheel, cache.pathOf(wheel.hash) ?? cache.temporary(), cache.temporary()),
    );
    const bytes = downloads.reduce((sum, { size = 1 << 20 }) => sum + size, 0);
    // A failure to trim does not stop the download.
    await cache.trim(Math.max(0, cacheSize - bytes)).catch(() => {});
    const onDone = (index: number, size: number): void => {
      const { target = '', hash } = downloads[index] ?? {};
      if (hash === undefined) this.#temporary.push(target);
      const [id = ''] = missing[index] ?? [];
      this.found.set(id, target);
      this.#unverified.delete(id);
      this.downloaded = { files: this.downloaded.files + 1, bytes: this.downloaded.bytes + size };
      onProgress?.(this.downloaded, { files: downloads.length, bytes });
      this.#arrivals.get(id)?.resolve();
    };
    await download(downloads, await network(), onDone);
  }

  async removeTemporary(): Promise<void> {
    await this.#downloading.catch(() => {});
    for (const file of this.#temporary) await rm(file, { force: true });
  }
}

const changedMeanwhile = (file: string, difference: string): UserError =>
  new UserError(
    'artifact-changed',
    `${file} changed after it was verified: ${difference}. Run this again when nothing else writes there.`,
  );
