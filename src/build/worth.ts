/** A store path that was built: what it weighs, in bytes, and what building it took, in seconds. */
export interface Built {
  readonly path: string;
  readonly bytes: number;
  readonly seconds: number;
}

/** Bytes of one entry: a repository has 10 GB for all that its workflows keep (GitHub's "Dependency caching", usage limits). */
export const mostBytes = 512 * 1024 ** 2;

/** Seconds that less time must be needed, before an entry is worth being written. */
export const leastGain = 3;

/**
 * Seconds to take paths out of the runner's cache: the service is asked, an archive comes in and is unpacked, Nix reads it into its
 * store. A guess, as is that of artifacts, until `slower` was measured.
 * @param slower how many times the guess it took
 */
export const costOf = (bytes: number, slower = 1): number =>
  slower * (bytes === 0 ? 0.5 : 2.5 + bytes / 40e6);

/** Seconds that a run is better off for taking these paths, and not building them. */
export const gainOf = (built: readonly Built[], slower = 1): number =>
  total(built, 'seconds') - costOf(total(built, 'bytes'), slower);

export const total = (built: readonly Built[], what: 'bytes' | 'seconds'): number =>
  built.reduce((sum, one) => sum + one[what], 0);

/**
 * The paths that are worth being kept: each gives back more time than its bytes cost, first those that give most for a byte, as
 * many as there is room for; none where all of them don't make up for asking.
 */
export function worthKeeping(built: readonly Built[], slower = 1, most = mostBytes): Built[] {
  const rate = ({ seconds, bytes }: Built): number => seconds / Math.max(1, bytes);
  const perByte = (costOf(2e9, slower) - costOf(1e9, slower)) / 1e9;
  const kept: Built[] = [];
  let room = most;
  for (const one of built.filter((each) => rate(each) > perByte).sort((a, b) => rate(b) - rate(a))) {
    if (one.bytes > room) continue;
    room -= one.bytes;
    kept.push(one);
  }
  return gainOf(kept, slower) > 0 ? kept : [];
}
