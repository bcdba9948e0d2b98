import { printable, withoutColours } from './printable.ts';

/** Lines that are shown, and characters of each: what a person reads before they open the whole log. */
const MOST = 20;
const WIDEST = 300;
/** Bytes of a log's end that are looked at. */
const LOOKED_AT = 256 * 1024;

/**
 * The last lines of a failing program's log that matter. Where Nix quotes the end of a failed build with `>` (2.18 to 2.36: `last 10 log
 * lines:`, `Last 25 log lines:`) it is that quotation: what follows it only counts the builds that could not begin. Elsewhere they are the
 * last lines that are not empty.
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
