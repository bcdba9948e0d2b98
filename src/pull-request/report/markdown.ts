/**
 * Markdown out of a stranger's text. Names, versions and commit titles come from locks and indexes; none of them may become HTML, a
 * link, a mention that notifies somebody, a reference that leaves a trace in another repository, or a row of its own.
 */

import { printable, withoutUnseen } from '../../system/printable.ts';

// Longer texts are cut: a name of 5,000 characters helps nobody.
const LONGEST = 200;
// Breaks what GitHub would turn into a mention or a reference, unseen.
const BREAK = '\u{200b}';

/** One line without control and format characters, at most `longest` characters long. */
export function plain(value: string, longest = LONGEST): string {
  const line = withoutUnseen(value.slice(0, longest * 8)).trim();
  const characters = [...line];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : line;
}

/** A stranger's text as ordinary words, in a paragraph or a table; cut at `longest` characters. */
export function text(value: string, longest = LONGEST): string {
  return plain(value, longest)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()|~!$]/g, '\\$&')
    .replace(/^[-+=]|(?<=^\d{1,9})[.)](?=\s|$)/, '\\$&')
    .replace(/:\/\//g, `:${BREAK}//`)
    .replace(/www\./gi, `www${BREAK}.`)
    .replace(/::/g, `:${BREAK}:`)
    .replace(/[@#]/g, `$&${BREAK}`)
    .replace(/\bGH-/gi, (word) => `${word}${BREAK}`);
}

/** One line for a title or a commit's message: it calls nobody, refers to nothing and skips no checks (`[skip ci]`). */
export const subject = (value: string): string => plain(value).replace(/[@#[]|\bGH-/gi, `$&${BREAK}`);

/** A stranger's text as code: GitHub looks for no mentions, references or HTML in it. */
export function code(value: string): string {
  const content = plain(value).replaceAll('|', '\\|');
  if (content === '') return '';
  const runs = content.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = content.startsWith('`') || content.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${content}${pad}${fence}`;
}

/** Lines as a block of code; the fence is longer than any run of backticks in them (CommonMark, "Fenced code blocks"). */
export function fenced(lines: string, language = ''): string {
  const content = lines.replace(/\n$/, '').split('\n').map(seen).join('\n');
  const runs = content.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(2, ...runs.map((run) => run.length)) + 1);
  return `${fence}${language}\n${content}\n${fence}`;
}

/** A line as it is, tabs among it, but for characters that are obeyed or can't be seen. */
const seen = (line: string): string => line.split('\t').map(printable).join('\t');

/** The address as it may stand in a link, or undefined: http(s) only, without credentials. */
function safeUrl(url: string): string | undefined {
  if (url.length > 2000 || !URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  if (!['https:', 'http:'].includes(parsed.protocol) || parsed.username !== '' || parsed.password !== '')
    return undefined;
  return parsed.href.replace(
    /[()|<>\\`*_~[\]]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Where GitHub notes that something links to it: in an issue, a pull request and the like. */
const TRACED = /\/(?:issues|pulls?|commits?|discussions)\//;

/** `link`, to an address of our own repository. */
export function ownLink(label: string, url: string | undefined): string {
  const address = url === undefined ? undefined : safeUrl(url);
  return address === undefined || label === '' ? label : `[${label}](${address})`;
}

/** A link on Markdown that is safe already; without the link where the address is none, or linking to it would leave a trace there. */
export function link(label: string, url: string | undefined): string {
  return url === undefined || TRACED.test(url) ? label : ownLink(label, url);
}

/** A table out of cells that are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(/\s*\n\s*/g, ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Content behind a line that opens it. `summary` is ours, never a stranger's. */
export function fold(summary: string, content: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** `1 package`, `2 packages`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join() : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
