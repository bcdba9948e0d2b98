import { code, fold, text } from './markdown.ts';

/** Limits: characters that are read, lines that are quoted, characters of a line. */
const READ = 20_000;
const LINES = 80;
const WIDEST = 400;

/**
 * Release notes as a folded quotation. Only headings, lists and code of the untrusted Markdown are
 * kept; the rest becomes plain words, without mentions, references or links.
 */
export function notesSection(notes: string | undefined): string {
  if (notes === undefined) return '';
  const lines = notes
    .slice(0, READ)
    // Drops comments.
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => line.trimEnd());
  const flat = quote(lines)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');
  if (flat === '') return '';
  const quoted = flat.split('\n');
  const cut = quoted.length > LINES || notes.length > READ;
  const shown = cut ? [...quoted.slice(0, LINES), '', '…'] : quoted;
  return fold('Release notes', shown.map((line) => `> ${line}`.trimEnd()).join('\n'));
}

function quote(lines: readonly string[]): string[] {
  let isCode = false;
  return lines.map((line) => {
    if (/^\s*(?:```|~~~)/.test(line)) {
      isCode = !isCode;
      return '';
    }
    // Code line by line, so that no fence is left open.
    if (isCode) return line.trim() === '' ? '' : `${code(line)}<br>`;
    return ordinary(line);
  });
}

function ordinary(line: string): string {
  const heading = /^ {0,3}#{1,6}\s+(.*)$/.exec(line)?.[1];
  if (heading !== undefined) {
    const title = words(heading.replace(/(?<![\s#])[\s#]+$/, ''));
    return title === '' ? '' : `\n**${title}**\n`;
  }
  const [, indent = '', , item] = /^( {0,12})([-*+]|\d{1,3}[.)])\s+(.*)$/.exec(line) ?? [];
  if (item === undefined) return words(line);
  const shown = words(item);
  // A dash alone makes a heading of the line above it.
  return shown === '' ? '' : `${'  '.repeat(Math.min(Math.floor(indent.length / 2), 3))}- ${shown}`;
}

/** The visible words of inline Markdown. */
function words(line: string): string {
  const seen = line
    .slice(0, 4 * WIDEST)
    .replace(/!?\[([^[\]]{0,300})\]\([^()\s]{0,500}\)/g, '$1')
    .replace(/\*\*|__|`/g, '')
    .replace(/<\/?[a-z][^<>]{0,300}>/gi, '');
  return text(seen, WIDEST);
}
