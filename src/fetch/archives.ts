import { createHash, type Hash } from 'node:crypto';
import { narLength, narPadding, narStrings, sri } from '../nix/nar.ts';
import { readPieces } from './read.ts';

/** One file of `wheels/` in one or more outputs. */
interface ArchivedFile {
  readonly name: string;
  /** `algorithm:hex`, if the lock has one. */
  readonly digest: string | undefined;
  /** Indexes of the outputs that have it. */
  readonly outputs: readonly number[];
}

/**
 * Hashes the Nix archives of outputs of `fetchWheels` in one pass over their files. The format is
 * described in src/nix/nar.ts.
 */
export class Archives {
  readonly #open: Hash[];

  /** @param manifests text of each output's `manifest.json` */
  constructor(manifests: readonly string[]) {
    this.#open = manifests.map(begin);
  }

  /**
   * Adds the next file, in the order of the names' bytes. The digest is of the bytes that are
   * archived.
   * @returns false if the digest is wrong; the file was not added then
   * @throws UserError `artifact-too-large`; NodeJS.ErrnoException if it is not readable
   */
  async add({ name, digest, outputs }: ArchivedFile, file: string): Promise<boolean> {
    const [algorithm = 'sha256', expected] = digest?.split(':') ?? [];
    const declared = createHash(algorithm);
    const head = narStrings('entry', '(', 'name', name, 'node', '(', 'type', 'regular', 'contents');
    const nars = outputs.map((output) => (this.#open[output] as Hash).copy().update(head));
    let length = 0;
    const isWhole = await readPieces(
      file,
      name,
      (size) => {
        length = size;
        for (const nar of nars) nar.update(narLength(size));
      },
      (piece) => {
        if (expected !== undefined) declared.update(piece);
        for (const nar of nars) nar.update(piece);
      },
    );
    if (!isWhole || (expected !== undefined && declared.digest('hex') !== expected.toLowerCase()))
      return false;
    const tail = Buffer.concat([narPadding(length), narStrings(')', ')')]);
    for (const [index, nar] of nars.entries()) this.#open[outputs[index] as number] = nar.update(tail);
    return true;
  }

  /** @returns the SRI hash of each output */
  finish(): string[] {
    // Closes the folder `wheels`, its entry, and the root.
    return this.#open.map((nar) => sri(nar.update(narStrings(')', ')', ')'))));
  }
}

function begin(manifest: string): Hash {
  const nar = createHash('sha256');
  nar.update(narStrings('nix-archive-1', '(', 'type', 'directory'));
  nar.update(narStrings('entry', '(', 'name', 'manifest.json', 'node', '(', 'type', 'regular'));
  nar.update(narStrings('contents', manifest, ')', ')'));
  nar.update(narStrings('entry', '(', 'name', 'wheels', 'node', '(', 'type', 'directory'));
  return nar;
}
