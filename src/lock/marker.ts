import { normalizeName } from './names.ts';
import { parseVersion } from './version.ts';

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
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** One comparison of a marker, already in the form in which it is evaluated. */
export type MarkerTerm =
  | {
      readonly kind: 'version';
      readonly variable: VersionVariable;
      readonly operator: Comparison | '~=' | '==*' | '!=*';
      readonly release: readonly number[];
    }
  | {
      readonly kind: 'version-list';
      readonly variable: VersionVariable;
      readonly negated: boolean;
      readonly releases: readonly (readonly number[])[];
    }
  | {
      readonly kind: 'string';
      readonly variable: StringVariable;
      readonly operator: Comparison;
      readonly value: string;
    }
  | {
      /** `variable in 'value'` (`inside`), or `'value' in variable` (`contains`). */
      readonly kind: 'substring';
      readonly variable: StringVariable;
      readonly direction: 'inside' | 'contains';
      readonly negated: boolean;
      readonly value: string;
    }
  | { readonly kind: 'extra'; readonly name: string; readonly negated: boolean }
  | { readonly kind: 'constant'; readonly value: boolean };

/**
 * A marker in reverse Polish order: terms push their value, 'and' and 'or' take two and push one. No tree, so that
 * neither parsing nor evaluating recurses, however deep a stranger nests parentheses. Empty: always true.
 */
export interface Marker {
  readonly text: string;
  readonly program: readonly (MarkerTerm | 'and' | 'or')[];
  /** Names after `extra ==`; in a lock these are uv's encoded conflict items. */
  readonly extras: readonly string[];
}

/** Thrown for text that is not a marker; `column` counts from 1 inside the marker's own text. */
export class MarkerSyntaxError extends Error {
  readonly column: number;
  constructor(message: string, column: number) {
    super(message);
    this.column = column;
  }
}

const VERSION_VARIABLES: ReadonlySet<string> = new Set<VersionVariable>([
  'python_version',
  'python_full_version',
  'implementation_version',
]);

/** PEP 508's variables and the older spellings that PEP 345 and setuptools had for them. */
const STRING_VARIABLES = new Map<string, StringVariable>([
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

const INVERTED = new Map<string, Comparison>([
  ['==', '=='],
  ['!=', '!='],
  ['<', '>'],
  ['<=', '>='],
  ['>', '<'],
  ['>=', '<='],
]);

type Operand = { readonly quoted: boolean; readonly text: string; readonly column: number };

/**
 * Parses a PEP 508 marker (without the `;`) the way uv does, crates/uv-pep508/src/marker/parse.rs: a comparison that
 * makes no sense (two strings, `~=` on a string, a version that is none) is left out of its `and` or `or`.
 * Throws MarkerSyntaxError.
 */
export function parseMarker(text: string): Marker {
  const scanner = new Scanner(text);
  const program: (MarkerTerm | 'and' | 'or' | undefined)[] = [];
  const pending: ('and' | 'or' | '(')[] = [];
  const reduce = (until: (top: 'and' | 'or' | '(') => boolean): void => {
    for (let top = pending.at(-1); top !== undefined && !until(top); top = pending.at(-1)) {
      pending.pop();
      if (top !== '(') program.push(top);
    }
  };
  for (;;) {
    while (scanner.take('(')) pending.push('(');
    program.push(readTerm(scanner));
    while (scanner.take(')')) {
      reduce((top) => top === '(');
      if (pending.pop() === undefined) throw scanner.error("there is a ')' without its '('");
    }
    const word = scanner.connective();
    if (word === undefined) break;
    // `and` binds tighter than `or`; both are associative, so equal ones are reduced from the left.
    reduce((top) => top === '(' || (word === 'and' && top === 'or'));
    pending.push(word);
  }
  if (pending.includes('(')) throw scanner.error("a '(' is not closed");
  reduce(() => false);
  return finish(text, program);
}

/** Takes ignored comparisons out of the program: `ignored and x` is `x`, and nothing but ignored ones is true. */
function finish(text: string, raw: readonly (MarkerTerm | 'and' | 'or' | undefined)[]): Marker {
  const program: (MarkerTerm | 'and' | 'or')[] = [];
  const present: boolean[] = [];
  const extras = new Set<string>();
  for (const item of raw) {
    if (item === 'and' || item === 'or') {
      const right = present.pop() ?? false;
      const left = present.pop() ?? false;
      if (left && right) program.push(item);
      present.push(left || right);
    } else {
      if (item !== undefined) program.push(item);
      if (item?.kind === 'extra') extras.add(item.name);
      present.push(item !== undefined);
    }
  }
  return { text, program, extras: [...extras] };
}

function readTerm(scanner: Scanner): MarkerTerm | undefined {
  const left = scanner.operand();
  const operator = scanner.operator();
  const right = scanner.operand();
  if (isList(left)) throw scanner.error(`${left.text} has to stand on the right of 'in'`, left.column);
  if (isList(right)) {
    if (!left.quoted) return undefined;
    if (operator !== 'in' && operator !== 'not in')
      throw scanner.error(`${right.text} takes only 'in' and 'not in'`, right.column);
    // `extras` and `dependency_groups` exist in pylock.toml (PEP 751) only; in a lock both are empty.
    return { kind: 'constant', value: operator === 'not in' };
  }
  if (left.quoted === right.quoted) return undefined;
  return left.quoted
    ? buildTerm(right.text, invert(operator), left.text, false)
    : buildTerm(left.text, operator, right.text, true);
}

function isList(operand: Operand): boolean {
  return !operand.quoted && (operand.text === 'extras' || operand.text === 'dependency_groups');
}

function invert(operator: string): string {
  if (operator === 'in') return 'contains';
  if (operator === 'not in') return 'not contains';
  return INVERTED.get(operator) ?? operator;
}

function buildTerm(
  variable: string,
  operator: string,
  value: string,
  starAllowed: boolean,
): MarkerTerm | undefined {
  if (variable === 'extra') return extraTerm(operator, value);
  const string = STRING_VARIABLES.get(variable);
  if (string !== undefined) return stringTerm(string, operator, value);
  return isVersionVariable(variable) ? versionTerm(variable, operator, value, starAllowed) : undefined;
}

function extraTerm(operator: string, value: string): MarkerTerm | undefined {
  if (operator !== '==' && operator !== '!=') return undefined;
  const name = normalizeName(value);
  return name === undefined
    ? { kind: 'constant', value: false }
    : { kind: 'extra', name, negated: operator === '!=' };
}

function stringTerm(variable: StringVariable, operator: string, value: string): MarkerTerm | undefined {
  const negated = operator.startsWith('not ');
  if (operator === 'in' || operator === 'not in')
    return { kind: 'substring', variable, direction: 'inside', negated, value };
  if (operator === 'contains' || operator === 'not contains')
    return { kind: 'substring', variable, direction: 'contains', negated, value };
  return isComparison(operator) ? { kind: 'string', variable, operator, value } : undefined;
}

/** uv compares release segments only (`specifier.only_release()`), so that is all that is kept. */
function versionTerm(
  variable: VersionVariable,
  operator: string,
  value: string,
  starAllowed: boolean,
): MarkerTerm | undefined {
  if (operator === 'in' || operator === 'not in') {
    const versions = value.split(/\s+/).filter((part) => part !== '');
    const releases = versions.map((part) => parseVersion(part)?.release);
    if (!releases.every((release) => release !== undefined)) return undefined;
    return { kind: 'version-list', variable, negated: operator === 'not in', releases };
  }
  const star = starAllowed && value.trim().endsWith('.*');
  const version = parseVersion(star ? value.trim().slice(0, -2) : value);
  if (version === undefined) return undefined;
  const release = version.release;
  if (star) {
    // A star follows a release segment and goes with == and != only.
    if (!version.isPlainRelease && !/^\s*v?\d+!/.test(value)) return undefined;
    if (operator !== '==' && operator !== '!=') return undefined;
    return { kind: 'version', variable, operator: `${operator}*`, release };
  }
  if (operator === '~=')
    return release.length < 2 ? undefined : { kind: 'version', variable, operator, release };
  if (version.key !== version.publicKey && operator !== '==' && operator !== '!=') return undefined;
  return isComparison(operator) ? { kind: 'version', variable, operator, release } : undefined;
}

function isVersionVariable(name: string): name is VersionVariable {
  return VERSION_VARIABLES.has(name);
}

function isComparison(operator: string): operator is Comparison {
  return INVERTED.has(operator);
}

/** Reads the words of a marker from left to right. */
class Scanner {
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
