import type { PlannedOutput } from './types.ts';
import { type Wheel, wheelsOf } from './wheels.ts';

/** A file of one or more outputs. */
export interface UnionFile {
  readonly wheel: Wheel;
  /** Indexes of the systems whose output has it. */
  readonly outputs: readonly number[];
}

/**
 * The files of all systems' outputs in the order of a NAR: by the bytes of their names. Files with
 * the same name but different bytes are separate entries.
 */
export function unionOf(systems: readonly PlannedOutput[]): UnionFile[] {
  const files = new Map<string, { wheel: Wheel; outputs: number[] }>();
  for (const [index, { artifacts }] of systems.entries()) {
    for (const wheel of wheelsOf(artifacts)) {
      const { filename, hash, url, path } = wheel;
      const key = JSON.stringify([filename, hash ?? [url, path]]);
      const file = files.get(key) ?? { wheel, outputs: [] };
      file.outputs.push(index);
      files.set(key, file);
    }
  }
  // Names are ASCII (see wheelsOf), so code units sort as bytes do.
  return [...files.values()].sort(({ wheel: a }, { wheel: b }) => compare(a.filename, b.filename));
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
