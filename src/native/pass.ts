import { createHash, type Hash } from 'node:crypto';
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

/** The archives of all outputs in one pass over their files, in order. */
export interface Pass {
  /** Index of the file whose turn it is; as many as there are files at the end. */
  readonly turn: () => number;
  /** Begins that file, anew where it was begun before: what came of it then is forgotten. */
  readonly begin: (size: number) => void;
  readonly update: (bytes: Uint8Array) => void;
  /** Ends it. @throws Error where as many bytes did not come as were said */
  readonly end: () => void;
  /** Leaves it out: there will be no hashes. */
  readonly skip: () => void;
  /** @returns the SRI of each output; undefined where a file was left out */
  readonly finish: () => readonly string[] | undefined;
}

/** Begins a pass. The NAR format is described in src/hash/nar.ts. */
export function startPass({ manifests, files }: PassPlan): Pass {
  const nars = manifests.map(beginNar);
  let [turn, size, came] = [0, 0, 0];
  let isWhole = true;
  /** The archives that hold the file: as they were before it, and with what came of it. */
  let open: { readonly output: number; readonly hash: Hash }[] = [];
  return {
    turn: () => turn,
    begin: (bytes) => {
      const file = files[turn];
      if (!file) throw new Error(`there is no file ${turn} in this pass`);
      [size, came] = [bytes, 0];
      const head = narStrings('entry', '(', 'name', file.name, 'node', '(', 'type', 'regular', 'contents');
      open = file.outputs.flatMap((output) => {
        const nar = nars[output];
        return nar ? [{ output, hash: nar.copy().update(head).update(narLength(bytes)) }] : [];
      });
    },
    update: (bytes) => {
      came += bytes.length;
      for (const { hash } of open) hash.update(bytes);
    },
    end: () => {
      if (came !== size) throw new Error(`${came} of ${size} bytes of ${files[turn]?.name} came`);
      const tail = Buffer.concat([narPadding(size), narStrings(')', ')')]);
      for (const { output, hash } of open) nars[output] = hash.update(tail);
      open = [];
      turn += 1;
    },
    skip: () => {
      isWhole = false;
      open = [];
      turn += 1;
    },
    finish: () => {
      if (turn !== files.length) throw new Error(`the pass ended after ${turn} of ${files.length} files`);
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

/** @returns a hash of the digest's own algorithm, and whether what it came to is that digest; for no digest, that all is right */
export function startDigest(digest: string | undefined): {
  readonly update: (bytes: Uint8Array) => void;
  readonly isRight: () => boolean;
} {
  if (digest === undefined) return { update: () => {}, isRight: () => true };
  const [algorithm = '', expected = ''] = digest.split(':');
  const hash = createHash(algorithm);
  return {
    update: (bytes) => void hash.update(bytes),
    isRight: () => hash.digest('hex') === expected.toLowerCase(),
  };
}
