/**
 * Markdown from untrusted text, such as names and versions of locks and indexes. It must not become
 * HTML, a link, a mention, a reference to another repository, or a table row.
 */

import { printable, withoutUnseen } from '../../system/printable.ts';

// Characters.
const LONGEST = 200;
// Invisible; prevents mentions and references.
const BREAK = '\u{200b}';

/** One line without control and format characters, at most `longest` characters long. */
export function plain(value: string, longest = LONGEST): string {
  const line = withoutUnseen(value.slice(0, longest * 8)).trim();
  const characters = [...line];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : line;
}

/** Untrusted text for a paragraph or a table, cut at `longest` characters. */
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

/** One line for a title or a commit message, without mentions, references or `[skip ci]`. */
export const subject = (value: string): string => plain(value).replace(/[@#[]|\bGH-/gi, `$&${BREAK}`);

/** Untrusted text as code, in which GitHub ignores mentions, references and HTML. */
export function code(value: string): string {
  const content = plain(value).replaceAll('|', '\\|');
  if (content === '') return '';
  const runs = content.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = content.startsWith('`') || content.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${content}${pad}${fence}`;
}

/**
 * Lines as a block of code; the fence is longer than any run of backticks in them (CommonMark,
 * "Fenced code blocks").
 */
export function fenced(lines: string, language = ''): string {
  const content = lines.replace(/\n$/, '').split('\n').map(seen).join('\n');
  const runs = content.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(2, ...runs.map((run) => run.length)) + 1);
  return `${fence}${language}\n${content}\n${fence}`;
}

/** A line with tabs, without control and invisible characters. */
const seen = (line: string): string => line.split('\t').map(printable).join('\t');

/** A URL that is safe in a link: http(s) without credentials; otherwise undefined. */
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

/** Pages on which GitHub shows a link to them as a reference. */
const TRACED = /\/(?:issues|pulls?|commits?|discussions)\//;

/** A link to our own repository. */
export function ownLink(label: string, url: string | undefined): string {
  const address = url === undefined ? undefined : safeUrl(url);
  return address === undefined || label === '' ? label : `[${label}](${address})`;
}

/**
 * A link; only its label if the URL is unsafe or would create a reference. The label is safe
 * Markdown.
 */
export function link(label: string, url: string | undefined): string {
  return url === undefined || TRACED.test(url) ? label : ownLink(label, url);
}

/** A table; its cells are safe Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(/\s*\n\s*/g, ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Folded content; `summary` is trusted. */
export function fold(summary: string, content: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** `1 package`, `2 packages`. */
export function count(number: number, noun: string): string {
  return `${String(number).replace(/\B(?=(?:\d{3})+$)/g, ',')} ${noun}${number === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join() : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
