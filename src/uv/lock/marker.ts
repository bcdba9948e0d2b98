import {
  type Comparison,
  compare,
  type Environment,
  type ExtraValue,
  isList,
  isOperator,
  isVariable,
  type Operand,
} from './comparison.ts';

/** An invalid marker; `column` counts from 1 in the marker's text. */
export class MarkerSyntaxError extends Error {
  readonly column: number;
  constructor(message: string, column: number) {
    super(message);
    this.column = column;
  }
}

/**
 * A marker in reverse Polish notation, so that parsing and evaluation do not recurse: untrusted
 * markers can be nested deeply.
 */
export interface Marker {
  readonly text: string;
  readonly program: readonly (Comparison | 'and' | 'or')[];
  /** Names after `extra ==`; in a lock these are uv's encoded conflict items. */
  readonly extras: readonly string[];
}

/**
 * Parses a PEP 508 marker, without the `;`.
 * @throws MarkerSyntaxError
 */
export function parseMarker(text: string): Marker {
  const scanner = new Scanner(text);
  const extras = new Set<string>();
  const program: (Comparison | 'and' | 'or')[] = [];
  const pending: ('and' | 'or' | '(')[] = [];
  const reduce = (until: (top: 'and' | 'or' | '(') => boolean): void => {
    for (let top = pending.at(-1); top !== undefined && !until(top); top = pending.at(-1)) {
      pending.pop();
      if (top !== '(') program.push(top);
    }
  };
  for (;;) {
    while (scanner.take(/\s*(\()/y)) pending.push('(');
    program.push(scanner.comparison(extras));
    while (scanner.take(/\s*(\))/y)) {
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
  return { text, program, extras: [...extras] };
}

/**
 * Evaluates a marker; undefined is true. `ignored and x` is `x`, and a marker of ignored
 * comparisons is true.
 */
export function evaluate(marker: Marker | undefined, environment: Environment, extra: ExtraValue): boolean {
  const stack: (boolean | undefined)[] = [];
  for (const item of marker?.program ?? []) {
    if (typeof item === 'function') {
      stack.push(item(environment, extra));
      continue;
    }
    const right = stack.pop();
    const left = stack.pop();
    if (left === undefined || right === undefined) stack.push(left ?? right);
    else stack.push(item === 'and' ? left && right : left || right);
  }
  return stack.pop() ?? true;
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

  /** Takes what the first group of a sticky pattern matches. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    this.#at += found?.[0].length ?? 0;
    return found?.[1];
  }

  /** `and`, `or`, or undefined at the end of the text. */
  connective(): 'and' | 'or' | undefined {
    const word = this.take(/\s*(and|or)(?=[\s(]|$)/y);
    if (word === 'and' || word === 'or') return word;
    if (this.#next() === '') return undefined;
    throw this.error(`expected 'and', 'or' or the end, found ${this.#found()}`);
  }

  comparison(extras: Set<string>): Comparison {
    const [leftColumn, left] = [this.#column(), this.#operand()];
    const operator = this.#operator();
    const [rightColumn, right] = [this.#column(), this.#operand()];
    if (isList(left)) throw this.error(`${left.text} has to stand on the right of 'in'`, leftColumn);
    if (isList(right) && left.quoted && !operator.endsWith('in'))
      throw this.error(`${right.text} takes only 'in' and 'not in'`, rightColumn);
    return compare(left, operator, right, extras);
  }

  #operand(): Operand {
    const quoted = this.take(/\s*("[^"]*"|'[^']*')/y);
    if (quoted !== undefined) return { quoted: true, text: quoted.slice(1, -1) };
    const column = this.#column();
    const quote = this.#next();
    if (quote === '"' || quote === "'") throw this.error(`a string is not closed with ${quote}`, column);
    const text = this.take(/\s*([^\s><=!~)]+)/y);
    if (text !== undefined && isVariable(text)) return { quoted: false, text };
    const found = text === undefined ? this.#found() : `'${text}'`;
    throw this.error(`expected a quoted string or a marker variable, found ${found}`, column);
  }

  #operator(): string {
    const column = this.#column();
    const symbol = this.take(/\s*([<=>~!]+)/y);
    const word = symbol ?? this.take(/\s*(in(?=[\s'"])|not\s+in)/y)?.replace(/\s+/, ' ');
    if (word !== undefined && (word.endsWith('in') || isOperator(word))) return word;
    const found = word === undefined ? this.#found() : `'${word}'`;
    throw this.error(`expected a comparison such as '>=' or 'not in', found ${found}`, column);
  }

  /** The column of the next word. */
  #column(): number {
    this.take(/\s*()/y);
    return this.#at + 1;
  }

  /** The next character of a word; empty at the end. */
  #next(): string {
    return this.#text[this.#column() - 1] ?? '';
  }

  #found(): string {
    return this.#next() === '' ? 'the end' : `'${this.#text.slice(this.#at, this.#at + 20)}'`;
  }
}
