import { UserError } from '../system/errors.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import { manifestText } from '../uv/plan/manifest.ts';
import { Archives } from './archives.ts';
import { download } from './download.ts';
import { localFile } from './local.ts';
import { keyOf, restore, save } from './runner-cache.ts';
import type { Amount, HashResult, HashTools, PlannedOutput } from './types.ts';
import { type UnionFile, unionOf } from './union.ts';
import { asDownload, localChanged, localMissing } from './wheels.ts';

/**
 * Computes the hashes of fixed-output derivations without Nix: those that `nix hash path` prints
 * for the output of `fetchWheels`. One pass over the files of all systems; shared ones are read
 * once.
 *
 * Cached files are verified again; downloads are verified before they enter the cache.
 *
 * @param project folder of uv.lock, for wheels in the repository
 * @throws UserError `cache-unusable`, and errors of `download` and `localFile`
 */
export async function hashOutputs(
  systems: readonly PlannedOutput[],
  project: string,
  tools: HashTools,
): Promise<HashResult> {
  const files = unionOf(systems);
  if (!tools.saved) return hashFiles(systems, files, project, tools);
  const remote = files.flatMap(({ wheel }) => (wheel.path === undefined && wheel.hash ? [wheel] : []));
  const key = keyOf(remote.map(({ hash = '' }) => hash));
  const found = remote.length > 0 ? await restore(tools.saved, key) : key;
  const result = await hashFiles(systems, files, project, tools);
  if (found !== key) {
    // As much again of other locks, since branches alternate.
    await tools.cache.trim(2 * remote.reduce((sum, { size = 0 }) => sum + size, 0));
    await save(tools.saved, key);
  }
  return result;
}

async function hashFiles(
  systems: readonly PlannedOutput[],
  files: readonly UnionFile[],
  project: string,
  tools: HashTools,
): Promise<HashResult> {
  const archives = new Archives(systems.map(({ artifacts, target }) => manifestText(artifacts, target)));
  const found = await Promise.all(
    files.map(async ({ wheel }) => {
      if (wheel.path !== undefined) return localFile(wheel, project);
      return wheel.hash === undefined ? undefined : tools.cache.find(wheel.hash);
    }),
  );
  const downloads = new Downloads(tools);
  try {
    const missing = files.flatMap(({ wheel }, index) => (found[index] === undefined ? [wheel] : []));
    const coming = downloads.start(missing);
    for (const [index, item] of files.entries()) {
      const { wheel, outputs } = item;
      const file = found[index] ?? (await coming.get(wheel)) ?? '';
      const archived = { name: wheel.filename, digest: wheel.hash, outputs };
      if (await archives.add(archived, file)) {
        if (wheel.path === undefined && found[index] !== undefined) await tools.cache.used(file);
        continue;
      }
      if (wheel.path !== undefined)
        throw wheel.hash === undefined ? localMissing(wheel) : localChanged(wheel);
      // The cached file is corrupt.
      await tools.cache.discard(file);
      if (!(await archives.add(archived, (await downloads.start([wheel]).get(wheel)) ?? '')))
        throw unusable();
    }
    const hashes = archives.finish();
    return { hashes: systems.map(describe(hashes)), downloaded: downloads.sofar };
  } finally {
    await downloads.end();
  }
}

const describe =
  (hashes: readonly string[]) =>
  ({ target, artifacts }: PlannedOutput, index: number) => ({
    system: target.system,
    hash: hashes[index] ?? '',
    files: artifacts.filter(({ kind }) => kind === 'wheel').length,
  });

/** Downloads that run while files are archived. */
class Downloads {
  sofar: Amount = { files: 0, bytes: 0 };
  #all: Amount = { files: 0, bytes: 0 };
  readonly #controller = new AbortController();
  readonly #running: Promise<void>[] = [];
  readonly #temporary: string[] = [];
  readonly #tools: HashTools;

  constructor(tools: HashTools) {
    this.#tools = tools;
  }

  /** @returns for each artifact the path of its verified file */
  start<A extends Artifact>(artifacts: readonly A[]): ReadonlyMap<A, Promise<string>> {
    if (artifacts.length === 0) return new Map();
    const waiting = artifacts.map((artifact) => ({ artifact, ...Promise.withResolvers<string>() }));
    const running = this.#download(artifacts, (index, file) => waiting[index]?.resolve(file));
    running.catch((error: unknown) => {
      for (const { promise, reject } of waiting) {
        // Only the first rejection is awaited.
        promise.catch(() => {});
        reject(error);
      }
    });
    this.#running.push(running);
    return new Map(waiting.map(({ artifact, promise }) => [artifact, promise]));
  }

  async #download(
    artifacts: readonly Artifact[],
    onFile: (index: number, file: string) => void,
  ): Promise<void> {
    const { cache, cacheSize, network, onProgress } = this.#tools;
    const files = artifacts.map((artifact) => asDownload(artifact, cache.temporary()));
    const expected = files.reduce((sum, { size = 1 << 20 }) => sum + size, 0);
    this.#all = { files: this.#all.files + files.length, bytes: this.#all.bytes + expected };
    // A failure to trim does not stop the download.
    await cache.trim(Math.max(0, cacheSize - expected)).catch(() => {});
    const onDone = async (index: number, size: number): Promise<void> => {
      const { target = '', hash } = files[index] ?? {};
      if (hash === undefined) this.#temporary.push(target);
      onFile(index, hash === undefined ? target : await cache.keep(target, hash));
      this.sofar = { files: this.sofar.files + 1, bytes: this.sofar.bytes + size };
      onProgress?.(this.sofar, this.#all);
    };
    await download(files, await network(), onDone, this.#controller.signal);
  }

  /** Cancels running downloads, and waits for their end. */
  async end(): Promise<void> {
    this.#controller.abort();
    await Promise.allSettled(this.#running);
    await Promise.all(this.#temporary.map((file) => this.#tools.cache.discard(file)));
  }
}

const unusable = (): UserError =>
  new UserError(
    'cache-unusable',
    'Files in the cache change while they are read. Delete its folder (uv-fod in XDG_CACHE_HOME), or check the disk for errors.',
  );
