// How far nix-build is, out of what it prints. The words are those of Nix 2.18 to 2.36 and of Lix (src/libmain/shared.cc, printMissing;
// src/libstore's "building '…'" and "copying path '…'"); without the progress bar, which is a terminal's.

const NAME = /'(?:\/[^'/]+)+\/[a-z0-9]{32}-([^']+?)(?:\.drv)?'/;

/** What has to be done, and what was begun of it. */
interface Counts {
  builds: number;
  built: number;
  fetches: number;
  fetched: number;
}

/** @returns a function that takes each line of stderr and gives what to tell of it; undefined where it tells nothing new */
export function nixProgress(): (line: string) => string | undefined {
  const counts: Counts = { builds: 0, built: 0, fetches: 0, fetched: 0 };
  return (line) => {
    const planned = /^(?:these (\d+)|this) (derivations?|paths?) will be (?:built|fetched)/.exec(line);
    if (planned) {
      const number = Number(planned[1] ?? 1);
      if (planned[2]?.startsWith('d')) counts.builds += number;
      else counts.fetches += number;
      return undefined;
    }
    // What this program's own fetch says inside of the build (src/nix-side/fetch.ts).
    const ours = /^uv-fod: (\d+ of \d+ wheels, [\d.]+ MB)/.exec(line)?.[1];
    return ours ?? begun(line, counts);
  };
}

function begun(line: string, counts: Counts): string | undefined {
  const verb = /^(building|checking outputs of|copying path) '/.exec(line)?.[1];
  const name = verb && NAME.exec(line)?.[1];
  if (!name) return undefined;
  if (verb === 'copying path') return `fetching ${name}${place(++counts.fetched, counts.fetches)}`;
  return `building ${name}${place(++counts.built, counts.builds)}`;
}

/** Which of how many; more may come than were announced. */
const place = (number: number, of: number): string =>
  of < 2 ? '' : ` (${number} of ${Math.max(of, number)})`;
