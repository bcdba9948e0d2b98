// Which lines of a log are commands to the runner of GitHub, by its own rules: actions/runner,
// src/Runner.Common/ActionCommand.cs (TryParseV2, TryParse),
// src/Runner.Worker/ActionCommandManager.cs and Handlers/OutputManager.cs. It is stricter than
// act's.

/** Names that the runner registers; it compares them without regard to case. */
const registered = new Set(
  'set-output save-state add-mask add-path add-matcher remove-matcher debug notice warning error group endgroup echo set-env internal-set-repo-path stop-commands'.split(
    ' ',
  ),
);

export interface RunnerCommand {
  readonly name: string;
  readonly line: string;
}

/** Lines as .NET's StreamReader.ReadLine ends them. */
export const runnerLines = (log: string): string[] => log.split(/\r\n|\r|\n/);

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: they are white space to the runner
/** The white space of .NET (Char.IsWhiteSpace), U+0085 among it. */
const WHITE = /^[\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: until here
/**
 * What .NET's StartsWith and IndexOf with a text skip, as they compare by culture (ICU's ignorable
 * characters).
 */
const IGNORED = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cc}]/gu;

/** The commands of a log. */
export function runnerCommands(log: string): RunnerCommand[] {
  return runnerLines(log).flatMap((line) => {
    const name = commandOf(line);
    return name === undefined ? [] : [{ name, line }];
  });
}

/**
 * @returns the name of the command that a line is, if the runner would take it for one however it
 * compares
 */
function commandOf(line: string): string | undefined {
  for (const one of [line, line.replace(IGNORED, ''), line.replace(WHITE, '').replace(IGNORED, '')]) {
    const name = secondForm(one) ?? firstForm(one);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** `::name properties::data` after white space. */
function secondForm(line: string): string | undefined {
  const trimmed = line.replace(WHITE, '');
  const end = trimmed.startsWith('::') ? trimmed.indexOf('::', 2) : -1;
  return end < 0 ? undefined : registeredName(trimmed.slice(2, end));
}

/** `##[name properties]data` anywhere. */
function firstForm(line: string): string | undefined {
  const start = line.indexOf('##[');
  const end = start < 0 ? -1 : line.indexOf(']', start);
  return end < 0 ? undefined : registeredName(line.slice(start + 3, end));
}

function registeredName(info: string): string | undefined {
  const name = (info.split(' ')[0] ?? '').toLowerCase();
  return registered.has(name) ? name : undefined;
}

/**
 * Characters that a terminal obeys, or that reorder or hide what a reader sees; our own line ends
 * and tabs are not among them.
 */
export const unseen = (text: string): string[] =>
  text.match(/(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu) ?? [];
