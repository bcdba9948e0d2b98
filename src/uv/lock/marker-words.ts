/** Environment variables whose value is a version. */
export type VersionVariable = 'python_version' | 'python_full_version' | 'implementation_version';
/** Environment variables whose value is a string. */
export type StringVariable =
  | 'os_name'
  | 'sys_platform'
  | 'platform_machine'
  | 'platform_python_implementation'
  | 'platform_release'
  | 'platform_system'
  | 'platform_version'
  | 'implementation_name';
export type MarkerOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** An invalid marker; `column` counts from 1 in the marker's text. */
export class MarkerSyntaxError extends Error {
  readonly column: number;
  constructor(message: string, column: number) {
    super(message);
    this.column = column;
  }
}

/** PEP 508's variables with versions. */
export const VERSION_VARIABLES: ReadonlySet<string> = new Set<VersionVariable>([
  'python_version',
  'python_full_version',
  'implementation_version',
]);

/** PEP 508's variables, and their older spellings in PEP 345 and setuptools. */
export const STRING_VARIABLES = new Map<string, StringVariable>([
  ['os_name', 'os_name'],
  ['os.name', 'os_name'],
  ['sys_platform', 'sys_platform'],
  ['sys.platform', 'sys_platform'],
  ['platform_machine', 'platform_machine'],
  ['platform.machine', 'platform_machine'],
  ['platform_python_implementation', 'platform_python_implementation'],
  ['platform.python_implementation', 'platform_python_implementation'],
  ['python_implementation', 'platform_python_implementation'],
  ['platform_release', 'platform_release'],
  ['platform_system', 'platform_system'],
  ['platform_version', 'platform_version'],
  ['platform.version', 'platform_version'],
  ['implementation_name', 'implementation_name'],
]);

/** Each comparison with its sides exchanged. */
export const INVERTED = new Map<string, MarkerOperator>([
  ['==', '=='],
  ['!=', '!='],
  ['<', '>'],
  ['<=', '>='],
  ['>', '<'],
  ['>=', '<='],
]);

/** One side of a comparison: a quoted string or a variable's name. */
export type Operand = { readonly quoted: boolean; readonly text: string; readonly column: number };

/** Reads the words of a marker from left to right. */
export class MarkerScanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  error(message: string, column = this.#at + 1): MarkerSyntaxError {
    return new MarkerSyntaxError(message, column);
  }

  take(character: '(' | ')'): boolean {
    this.#match(/\s*/y);
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  /** `and`, `or`, or undefined at the end of the text. */
  connective(): 'and' | 'or' | undefined {
    this.#match(/\s*/y);
    if (this.#at === this.#text.length) return undefined;
    const word = this.#match(/(?:and|or)(?=[\s(]|$)/y);
    if (word === 'and' || word === 'or') return word;
    throw this.error(`expected 'and', 'or' or the end, found ${this.#next()}`);
  }

  operand(): Operand {
    this.#match(/\s*/y);
    const column = this.#at + 1;
    const quote = this.#text[this.#at];
    if (quote === '"' || quote === "'") {
      const end = this.#text.indexOf(quote, this.#at + 1);
      if (end < 0) throw this.error(`a string is not closed with ${quote}`, column);
      const text = this.#text.slice(this.#at + 1, end);
      this.#at = end + 1;
      return { quoted: true, text, column };
    }
    const text = this.#match(/[^\s><=!~)]*/y);
    const known = text === 'extra' || text === 'extras' || text === 'dependency_groups';
    if (!known && !STRING_VARIABLES.has(text) && !VERSION_VARIABLES.has(text))
      throw this.error(
        `expected a quoted string or a marker variable, found ${text === '' ? this.#next() : `'${text}'`}`,
        column,
      );
    return { quoted: false, text, column };
  }

  operator(): string {
    this.#match(/\s*/y);
    const column = this.#at + 1;
    const symbol = this.#match(/[<=>~!]+/y);
    if (symbol === '~=' || INVERTED.has(symbol)) return symbol;
    if (symbol === '') {
      if (this.#match(/in(?=[\s'"])/y) !== '') return 'in';
      if (this.#match(/not\s+in/y) !== '') return 'not in';
    }
    throw this.error(
      `expected a comparison such as '>=' or 'not in', found ${symbol === '' ? this.#next() : `'${symbol}'`}`,
      column,
    );
  }

  #next(): string {
    const rest = this.#text.slice(this.#at, this.#at + 20);
    return rest === '' ? 'the end' : `'${rest}'`;
  }

  #match(sticky: RegExp): string {
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }
}
