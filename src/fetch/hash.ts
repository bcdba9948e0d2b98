import { UserError } from '../system/errors.ts';
import type { Artifact } from '../uv/plan/index.ts';
import { manifestText } from '../uv/plan/manifest.ts';
import { Archives } from './archives.ts';
import { download } from './download.ts';
import { localFile } from './local.ts';
import { keyOf, restore, save } from './saved.ts';
import type { Amount, HashResult, HashTools, PlannedOutput } from './types.ts';
import { type UnionFile, unionOf } from './union.ts';
import { asDownload, localChanged, localMissing } from './wheels.ts';

/**
 * Computes the hashes of fixed-output derivations without Nix: what `fetchWheels` would write and `nix hash path` would then print, for
 * all systems in one pass over their files. What two systems share is fetched, read and verified once.
 *
 * Files come from the cache if it has them and are verified again even so; what is downloaded is verified before it enters the cache.
 *
 * @param project folder of uv.lock, for wheels that lie beside it
 * @throws UserError as `download` and `localFile` do, and `cache-unusable`
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
    // This lock's artifacts, and as much of earlier ones': branches take turns.
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
      // The cache has something else under that name.
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

/** Downloads that go on while files are archived. */
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

  /** @returns for each artifact where it is once it has come and was verified */
  start<A extends Artifact>(artifacts: readonly A[]): ReadonlyMap<A, Promise<string>> {
    if (artifacts.length === 0) return new Map();
    const waiting = artifacts.map((artifact) => ({ artifact, ...Promise.withResolvers<string>() }));
    const running = this.#download(artifacts, (index, file) => waiting[index]?.resolve(file));
    running.catch((error: unknown) => {
      for (const { promise, reject } of waiting) {
        // Only the first of them is waited for.
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
    // A cache that can't be trimmed is no reason to stop.
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

  /** Ends what still runs, and waits until it has ended. */
  async end(): Promise<void> {
    this.#controller.abort();
    await Promise.allSettled(this.#running);
    await Promise.all(this.#temporary.map((file) => this.#tools.cache.discard(file)));
  }
}

const unusable = (): UserError =>
  new UserError(
    'cache-unusable',
    'Files of the cache change while they are read. Delete its folder (uv-fod in XDG_CACHE_HOME), or see whether the disk is sound.',
  );
