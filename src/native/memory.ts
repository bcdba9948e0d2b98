/** Counts what is held in memory, by whatever tells one thing from another. */
export interface Memory {
  /** @returns whether there is room; then it is taken */
  readonly add: (key: number, bytes: number) => boolean;
  readonly remove: (key: number) => void;
}

/** @param most bytes */
export function memoryFor(most: number): Memory {
  const held = new Map<number, number>();
  let sum = 0;
  return {
    add: (key, bytes) => {
      if (sum + bytes > most) return false;
      held.set(key, bytes);
      sum += bytes;
      return true;
    },
    remove: (key) => {
      sum -= held.get(key) ?? 0;
      held.delete(key);
    },
  };
}
