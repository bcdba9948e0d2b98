/**
 * @returns what was probably meant: the nearest of the allowed words, if at most a third of it
 *   differs
 */
export function nearest(text: string, allowed: readonly string[]): string | undefined {
  const short = text.slice(0, 64).toLowerCase();
  const ranked = allowed
    .map((candidate) => ({ candidate, distance: distance(short, candidate) }))
    .sort((left, right) => left.distance - right.distance);
  const [best] = ranked;
  return best && best.distance <= Math.max(1, Math.floor(best.candidate.length / 3))
    ? best.candidate
    : undefined;
}

/** Levenshtein distance. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [index, character] of [...left].entries()) {
    const next = [index + 1];
    for (let at = 0; at < right.length; at++) {
      const replaced = (row[at] ?? 0) + (character === right[at] ? 0 : 1);
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
