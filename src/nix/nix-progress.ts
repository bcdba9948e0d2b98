// How far nix-build is, out of what it prints. The words are those of Nix 2.18 to 2.36 and of Lix (src/libmain/shared.cc, printMissing;
// src/libstore's "building '…'" and "copying path '…'"); without the progress bar, which is a terminal's.

import type { NixEvent } from './nix-events.ts';

const NAME = /'(?:\/[^'/]+)+\/[a-z0-9]{32}-([^']+?)(?:\.drv)?'/;

/** What has to be done, and what was begun of it. */
interface Counts {
  builds: number;
  built: number;
  fetches: number;
  fetched: number;
}

/** @returns a function that takes each event of Nix's log and returns what is new of how far it is */
export function nixProgress(): (event: NixEvent) => string | undefined {
  const counts: Counts = { builds: 0, built: 0, fetches: 0, fetched: 0 };
  return ({ kind, text }) => {
    if (kind === 'begun') return begun(text, counts);
    // What this program's own fetch prints in the build (src/fetch/inside-nix.ts).
    if (kind === 'printed') return /^uv-fod: (\d+ of \d+ wheels, [\d.]+ MB)/.exec(text)?.[1];
    const planned = /^(?:these (\d{1,9})|this) (derivations?|paths?) will be (?:built|fetched)/.exec(text);
    if (!planned) return undefined;
    const number = Number(planned[1] ?? 1);
    if (planned[2]?.startsWith('d')) counts.builds += number;
    else counts.fetches += number;
    return undefined;
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
