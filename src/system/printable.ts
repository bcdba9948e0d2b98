/**
 * The one rule for showing untrusted text. Logs, annotations and streams of the command line apply
 * it when they write.
 *
 * GitHub's runner ends a line at \n, \r or \r\n. It takes `::name …::` after any white space of
 * .NET, and `##[name …]` anywhere in a line, for a command (actions/runner,
 * src/Runner.Common/ActionCommand.cs). Terminals obey control characters, also from U+0080 on.
 * Format characters reorder or hide text.
 */

/** Characters that control a terminal, end a line, reorder text or are invisible. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/** Sequences for colours and cursor of a terminal, which builds print. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with the escape character
const SEQUENCES = /\u001b\[[0-?]*[ -/]*[@-~]/g;
/** Colours of this program (src/cli.ts). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with the escape character
const COLOURS = /(\u001b\[(?:[12]|22|3[0-9])m)/;

export const withoutColours = (text: string): string => text.replace(SEQUENCES, '');

/** One line: control characters and invisible ones become escapes (`\u001b`). */
export function printable(text: string): string {
  return text.replace(UNSEEN, visible);
}

/** A time in milliseconds since 1970 as ISO 8601, in seconds. */
export const timeText = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');

/** Texts in a sentence, at most so many of them: `a, b and 3 more`. */
export function someOf(texts: readonly string[], most: number, separator = ', '): string {
  const more = texts.length > most ? ` and ${texts.length - most} more` : '';
  return texts.slice(0, most).join(separator) + more;
}

/**
 * One line with a space for each run of control or invisible characters, for text without escapes,
 * such as Markdown.
 */
export const withoutUnseen = (text: string): string => text.replace(RUNS, ' ');
const RUNS = new RegExp(`${UNSEEN.source}+`, 'gu');

/** Several lines for a log: line ends and tabs stay, and no line is a runner's command. */
export function harmless(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(SEQUENCES, '')
    .split('\n')
    .map((line) => withoutCommand(line.split('\t').map(printable).join('\t')))
    .join('\n');
}

/** As `harmless`, for a terminal: this program's own colours stay. */
export function harmlessInColour(text: string): string {
  const pieces = text.replace(/\r\n?/g, '\n').split(COLOURS);
  const shown = pieces.map((piece, index) =>
    index % 2 === 1 ? piece : piece.replace(SEQUENCES, '').replace(UNSEEN, keepingLines),
  );
  return shown.join('').split('\n').map(withoutCommand).join('\n');
}

/** A value as JSON with only visible characters, and without a runner's commands. */
export function jsonText(value: unknown, indent?: number): string {
  return (JSON.stringify(value, null, indent) ?? 'null')
    .replace(UNSEEN, (character) => (character === '\n' ? character : escaped(character)))
    .replaceAll('##[', '#\\u0023[');
}

function withoutCommand(line: string): string {
  return line.replace(/##(?=\[)/g, '## ').replace(/^(\s*)::/, '$1| ::');
}

const keepingLines = (character: string): string =>
  character === '\n' || character === '\t' ? character : visible(character);

const visible = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : unit(code);
};

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, index) => unit(character.charCodeAt(index))).join('');

const unit = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`;
