/**
 * Untrusted text as people and runners may get it. It is the one rule for it; logs, annotations and the command line's streams apply it
 * when they write, whatever was put together before.
 *
 * The runner of GitHub ends a line at \n, \r or \r\n. It takes `::name …::` for a command after any white space of .NET, and `##[name …]`
 * anywhere in a line (actions/runner, src/Runner.Common/ActionCommand.cs). Terminals obey control characters, those from U+0080 on
 * as well. Format characters reorder or hide what a reader sees.
 */

/** What is obeyed, ends a line, reorders text or can't be seen. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/** Colours and movements of a terminal, which builds print for people. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with the escape character
const SEQUENCES = /\u001b\[[0-?]*[ -/]*[@-~]/g;
/** Colours of this program (src/cli.ts). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with the escape character
const COLOURS = /(\u001b\[(?:[12]|22|3[0-9])m)/;

export const withoutColours = (text: string): string => text.replace(SEQUENCES, '');

/** One line: characters that are obeyed or can't be seen become visible (`\u001b`), line ends among them. */
export function printable(text: string): string {
  return text.replace(UNSEEN, visible);
}

/** One line with a space for each run of such characters, for text that may hold no escapes, such as Markdown. */
export const withoutUnseen = (text: string): string => text.replace(RUNS, ' ');
const RUNS = new RegExp(`${UNSEEN.source}+`, 'gu');

/** Text of several lines for a log: line ends and tabs stay, and no line is a command. */
export function harmless(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(SEQUENCES, '')
    .split('\n')
    .map((line) => withoutCommand(line.split('\t').map(printable).join('\t')))
    .join('\n');
}

/** The same for a terminal: this program's own colours stay. */
export function harmlessInColour(text: string): string {
  const pieces = text.replace(/\r\n?/g, '\n').split(COLOURS);
  const shown = pieces.map((piece, index) =>
    index % 2 === 1 ? piece : piece.replace(SEQUENCES, '').replace(UNSEEN, keepingLines),
  );
  return shown.join('').split('\n').map(withoutCommand).join('\n');
}

/** JSON whose characters are all seen, and that is no command: the same data. */
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
