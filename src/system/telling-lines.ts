import { printable, withoutColours } from './printable.ts';

/** Lines to show, and characters of each. */
const MOST = 20;
const WIDEST = 300;
/** Bytes at the end of a log that are searched. */
const LOOKED_AT = 256 * 1024;

/**
 * The relevant last lines of a failed program's log: Nix's quotation of a failed build with `>`
 * (2.18 to 2.36), or else the last lines that are not empty. What follows the quotation only counts
 * builds that could not start.
 *
 * @returns one line each, without control characters
 */
export function tellingLines(log: string): string[] {
  const lines = withoutColours(log.slice(-LOOKED_AT))
    .split(/\r\n|[\r\n]/)
    .map((line) => line.trimEnd());
  const last = lines.findLastIndex((line) => QUOTED.test(line));
  const first = lines.findLastIndex((line, index) => index < last && !QUOTED.test(line)) + 1;
  const block = last < 0 ? lines : lines.slice(first, last + 1).map((line) => line.replace(/^\s+> ?/, ''));
  return block
    .filter((line) => line.trim() !== '')
    .slice(-MOST)
    .map((line) => cut(printable(line.replaceAll('\t', '  '))));
}

const QUOTED = /^\s+>(?: |$)/;

const cut = (line: string): string => {
  const characters = [...line.slice(0, 2 * WIDEST)];
  return characters.length > WIDEST ? `${characters.slice(0, WIDEST - 1).join('')}…` : line;
};
