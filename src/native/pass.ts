import { createHash, type Hash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { narLength, narPadding, narStrings, sri } from '../hash/nar.ts';

/** One file of `wheels/`, in at least one of the outputs. */
export interface PassFile {
  readonly name: string;
  /** `algorithm:hex` that the bytes must have, where the lock says one. */
  readonly digest: string | undefined;
  /** Indexes of the outputs that hold it. */
  readonly outputs: readonly number[];
}

/** Outputs as `fetchWheels` writes them: `manifest.json` and, sorted by the names' bytes, the files of `wheels/`. */
export interface PassPlan {
  readonly manifests: readonly string[];
  readonly files: readonly PassFile[];
}

/** One pass over the files of all outputs, in order. Plain data in and out, so that it can run in a thread. */
export interface Pass {
  /**
   * Reads the next file, or takes its bytes, once: for its digest and for the NAR of each output that holds it.
   * @returns whether it is there and what its digest says
   */
  readonly next: (source: string | Uint8Array) => boolean;
  /** @returns the SRI of each output; undefined where a file was not right, and then the pass has to be run again */
  readonly finish: () => readonly string[] | undefined;
}

const buffer = Buffer.allocUnsafeSlow(256 * 1024);

/** Begins a pass. The NAR format is described in src/hash/nar.ts. */
export function startPass(plan: PassPlan): Pass {
  const nars = plan.manifests.map(beginNar);
  let at = 0;
  let isWhole = true;
  return {
    next: (source) => {
      const item = plan.files[at++];
      if (!item) throw new Error(`there is no file ${at} in this pass`);
      // After a wrong file only digests are of use: they tell which others are wrong, too.
      const into = isWhole ? item.outputs.flatMap((output) => nars[output] ?? []) : [];
      const isRight =
        typeof source === 'string' ? readInto(source, item, into) : takeInto(source, item, into);
      isWhole &&= isRight;
      return isRight;
    },
    finish: () => {
      if (at !== plan.files.length)
        throw new Error(`the pass ended after ${at} of ${plan.files.length} files`);
      if (!isWhole) return undefined;
      // The ends of: the folder `wheels`, its entry, the root.
      for (const nar of nars) nar.update(narStrings(')', ')', ')'));
      return nars.map(sri);
    },
  };
}

function beginNar(manifest: string): Hash {
  const nar = createHash('sha256');
  nar.update(narStrings('nix-archive-1', '(', 'type', 'directory'));
  nar.update(narStrings('entry', '(', 'name', 'manifest.json', 'node', '(', 'type', 'regular'));
  nar.update(narStrings('contents', manifest, ')', ')'));
  nar.update(narStrings('entry', '(', 'name', 'wheels', 'node', '(', 'type', 'directory'));
  return nar;
}

function readInto(file: string, item: PassFile, nars: readonly Hash[]): boolean {
  const descriptor = open(file);
  if (descriptor === undefined) return false;
  try {
    const stat = fstatSync(descriptor);
    return stat.isFile() && entryInto(item, nars, stat.size, (hashes) => readAll(descriptor, hashes));
  } finally {
    closeSync(descriptor);
  }
}

const takeInto = (bytes: Uint8Array, item: PassFile, nars: readonly Hash[]): boolean =>
  entryInto(item, nars, bytes.length, (hashes) => {
    for (const hash of hashes) hash.update(bytes);
    return bytes.length;
  });

/** @param contents feeds the hashes with the file's bytes, and says how many they were */
function entryInto(
  item: PassFile,
  nars: readonly Hash[],
  size: number,
  contents: (hashes: readonly Hash[]) => number,
): boolean {
  const [algorithm = 'sha256', expected] = item.digest?.split(':') ?? [];
  const digest = expected === undefined ? undefined : createHash(algorithm);
  const begin = narStrings('entry', '(', 'name', item.name, 'node', '(', 'type', 'regular', 'contents');
  for (const nar of nars) nar.update(begin).update(narLength(size));
  if (contents(digest ? [digest, ...nars] : nars) !== size) return false;
  const end = Buffer.concat([narPadding(size), narStrings(')', ')')]);
  for (const nar of nars) nar.update(end);
  return digest?.digest('hex') === expected?.toLowerCase();
}

function open(file: string): number | undefined {
  try {
    // A pipe that a lock names as a file would otherwise wait for somebody to write to it.
    return openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}

function readAll(descriptor: number, hashes: readonly Hash[]): number {
  let size = 0;
  for (;;) {
    const count = readSync(descriptor, buffer, 0, buffer.length, null);
    if (count === 0) return size;
    const bytes = count === buffer.length ? buffer : buffer.subarray(0, count);
    for (const hash of hashes) hash.update(bytes);
    size += count;
  }
}
