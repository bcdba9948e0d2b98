import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { narLength, narPadding, narStrings, sri } from '../nix/nar.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import { type DeclaredTarget, manifestText } from '../uv/plan/manifest.ts';
import type { ArtifactCache } from './cache.ts';
import { download } from './download.ts';
import type { Network } from './network.ts';
import { differenceOf, readPieces } from './read.ts';
import { keyOf, restore, type SavedArtifacts, save } from './runner-cache.ts';
import { asDownload, localFile, type Wheel, wheelsOf } from './wheels.ts';

/** One system's fixed-output derivation: its declared target and its plan. */
export interface PlannedOutput {
  readonly target: DeclaredTarget;
  readonly artifacts: readonly Artifact[];
}

export interface OutputHash {
  readonly system: string;
  /** SRI sha256 of the output's NAR. */
  readonly hash: string;
  /** Wheels in it. */
  readonly files: number;
}

export interface HashResult {
  /** In the order of the requested systems. */
  readonly hashes: readonly OutputHash[];
  /** Downloaded files; the others are from the cache or the repository. */
  readonly downloaded: Amount;
}

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

/**
 * Computes the hashes of fixed-output derivations without Nix: those that `nix hash path` prints
 * for the output of `fetchWheels`. Every file is verified first: cached ones, those of the
 * repository, and downloads before they enter the cache.
 *
 * @param project folder of uv.lock, for wheels in the repository
 * @throws UserError of `download` and `localFile`
 */
export async function hashOutputs(
  systems: readonly PlannedOutput[],
  project: string,
  tools: HashTools,
): Promise<HashResult> {
  const outputs = systems.map((one) => ({ ...one, wheels: wheelsOf(one.artifacts) }));
  const distinct = new Map(outputs.flatMap(({ wheels }) => wheels.map((wheel) => [idOf(wheel), wheel])));
  const cacheable = [...distinct.values()].filter(({ path, hash }) => path === undefined && hash);
  const key = keyOf(cacheable);
  const restored = tools.saved && cacheable.length > 0 ? await restore(tools.saved, key) : key;
  const files = new VerifiedFiles(project, tools);
  try {
    await files.findAll(distinct);
    const hashes: OutputHash[] = [];
    for (const { target, artifacts, wheels } of outputs) {
      const hash = await outputHash(manifestText(artifacts, target), wheels, files.found);
      hashes.push({ system: target.system, hash, files: wheels.length });
    }
    if (tools.saved && restored !== key) {
      // As much again of other locks, since branches alternate.
      await tools.cache.trim(2 * cacheable.reduce((sum, { size = 0 }) => sum + size, 0));
      await save(tools.saved, key);
    }
    return { hashes, downloaded: files.downloaded };
  } finally {
    await files.removeTemporary();
  }
}

/** Files with the same name but different bytes are separate. */
const idOf = ({ path, hash, url }: Wheel): string => JSON.stringify([path, hash ?? url]);

class VerifiedFiles {
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

  /** @param wheels by `idOf` */
  async findAll(wheels: ReadonlyMap<string, Wheel>): Promise<void> {
    const missing: [string, Wheel][] = [];
    for (const [id, wheel] of wheels) {
      const file =
        wheel.path === undefined ? await this.#cached(wheel) : await localFile(wheel, this.#project);
      if (file === undefined) missing.push([id, wheel]);
      else this.found.set(id, file);
    }
    if (missing.length > 0) await this.#download(missing);
  }

  /** Removes a cached file that is corrupt. */
  async #cached({ hash, size }: Wheel): Promise<string | undefined> {
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

  async #download(missing: readonly [string, Wheel][]): Promise<void> {
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

/** @returns the SRI hash of the output's NAR, whose format is described in src/nix/nar.ts */
async function outputHash(
  manifest: string,
  wheels: readonly Wheel[],
  files: ReadonlyMap<string, string>,
): Promise<string> {
  const nar = createHash('sha256');
  const write = (...texts: string[]): void => void nar.update(narStrings(...texts));
  write('nix-archive-1', '(', 'type', 'directory');
  write('entry', '(', 'name', 'manifest.json', 'node', '(', 'type', 'regular');
  write('contents', manifest, ')', ')');
  write('entry', '(', 'name', 'wheels', 'node', '(', 'type', 'directory');
  for (const wheel of wheels) {
    write('entry', '(', 'name', wheel.filename, 'node', '(', 'type', 'regular', 'contents');
    let length = 0;
    const begin = (size: number): void => {
      length = size;
      nar.update(narLength(size));
    };
    for await (const piece of readPieces(files.get(idOf(wheel)) ?? '', begin)) nar.update(piece);
    nar.update(narPadding(length));
    write(')', ')');
  }
  // Closes the folder `wheels`, its entry, and the root.
  write(')', ')', ')');
  return sri(nar);
}
