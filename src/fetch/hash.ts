import { createHash } from 'node:crypto';
import { narStrings, sri } from '../nix/nar.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import { type DeclaredTarget, manifestText } from '../uv/plan/manifest.ts';
import type { Amount, HashTools } from './hash-tools.ts';
import { keyOf, restore, save } from './runner-cache.ts';
import { idOf, VerifiedFiles } from './verified-files.ts';
import { type Wheel, wheelsOf } from './wheels.ts';

/** One system's fixed-output derivation: its declared target and its plan. */
export interface PlannedOutput {
  readonly target: DeclaredTarget;
  readonly artifacts: readonly Artifact[];
}

export interface OutputHash {
  readonly system: string;
  /** SRI sha256 of the output's NAR. */
  readonly hash: string;
  /** Number of wheels in the output. */
  readonly files: number;
}

export interface HashResult {
  /** Hashes in the order of the requested systems. */
  readonly hashes: readonly OutputHash[];
  /** Downloaded files; the others are from the cache or the repository. */
  readonly downloaded: Amount;
}

/**
 * Computes the hashes of fixed-output derivations without Nix: the same as `nix hash path` prints
 * for the output of `fetchWheels`. Every file is verified first: cached files, files of the
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
    await files.findAll(distinct, 'when archived');
    const hashes: OutputHash[] = [];
    for (const { target, artifacts, wheels } of outputs) {
      const hash = await outputHash(manifestText(artifacts, target), wheels, files);
      hashes.push({ system: target.system, hash, files: wheels.length });
    }
    if (tools.saved && restored !== key) {
      // Keep the same amount for other locks, because runs of different branches alternate.
      await tools.cache.trim(2 * cacheable.reduce((sum, { size = 0 }) => sum + size, 0));
      await save(tools.saved, key);
    }
    return { hashes, downloaded: files.downloaded };
  } finally {
    await files.removeTemporary();
  }
}

/** @returns the SRI hash of the output's NAR, whose format is described in src/nix/nar.ts */
async function outputHash(manifest: string, wheels: readonly Wheel[], files: VerifiedFiles): Promise<string> {
  let nar = createHash('sha256');
  const write = (...texts: string[]): void => void nar.update(narStrings(...texts));
  write('nix-archive-1', '(', 'type', 'directory');
  write('entry', '(', 'name', 'manifest.json', 'node', '(', 'type', 'regular');
  write('contents', manifest, ')', ')');
  write('entry', '(', 'name', 'wheels', 'node', '(', 'type', 'directory');
  for (const wheel of wheels) {
    write('entry', '(', 'name', wheel.filename, 'node', '(', 'type', 'regular', 'contents');
    nar = await files.addTo(nar, wheel);
    write(')', ')');
  }
  // Closes the folder `wheels`, its entry, and the root.
  write(')', ')', ')');
  return sri(nar);
}
