// The progress of nix-build, from its messages (src/libmain/shared.cc, printMissing; src/libstore,
// "building '…'", "copying path '…'"; Nix 2.18 to 2.36, Lix).

import type { NixEvent } from './nix-events.ts';

const NAME = /'(?:\/[^'/]+)+\/[a-z0-9]{32}-([^']+?)(?:\.drv)?'/;

/** How much was planned, and how much was started. */
interface Counts {
  builds: number;
  built: number;
  fetches: number;
  fetched: number;
}

/** @returns a function that maps each event to a progress message, if there is a new one */
export function nixProgress(): (event: NixEvent) => string | undefined {
  const counts: Counts = { builds: 0, built: 0, fetches: 0, fetched: 0 };
  return ({ kind, text }) => {
    if (kind === 'begun') return begun(text, counts);
    // Printed by this program inside the build (src/fetch/inside-nix.ts).
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

/** Its number of the total; more may come than were planned. */
const place = (number: number, of: number): string =>
  of < 2 ? '' : ` (${number} of ${Math.max(of, number)})`;
