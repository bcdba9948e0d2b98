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

/** Words of a marker: parentheses, strings, operators, names; anything else is an error. */
const WORDS = /[()]|"[^"]*"|'[^']*'|[<>=~!]+|[^\s<>=~!()"']+|\S/g;

/**
 * Parses a PEP 508 marker, without the `;`.
 * @throws MarkerSyntaxError
 */
export function parseMarker(text: string): Marker {
  const words = new Words(text);
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
    while (words.take('(')) pending.push('(');
    program.push(words.comparison(extras));
    while (words.next === ')') {
      reduce((top) => top === '(');
      if (pending.pop() === undefined) throw words.error("there is a ')' without its '('");
      words.take(')');
    }
    const joint = words.take('and', 'or');
    if (joint === undefined) break;
    // `and` binds tighter than `or`; both are associative, so equal ones are reduced from the left.
    reduce((top) => top === '(' || (joint === 'and' && top === 'or'));
    pending.push(joint);
  }
  if (words.next !== '') throw words.unexpected("'and', 'or' or the end");
  if (pending.includes('(')) throw words.error("a '(' is not closed");
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

/** The words of a marker, from left to right. */
class Words {
  readonly #words: readonly { readonly 0: string; readonly index: number }[];
  readonly #length: number;
  #at = 0;

  constructor(text: string) {
    this.#words = [...text.matchAll(WORDS)];
    this.#length = text.length;
  }

  /** The next word; empty at the end. */
  get next(): string {
    return this.#words[this.#at]?.[0] ?? '';
  }

  /** Takes the next word if it is one of these. */
  take<const T extends string>(...wanted: readonly T[]): T | undefined {
    const found = wanted.find((one) => one === this.next);
    if (found !== undefined) this.#at += 1;
    return found;
  }

  /** An error at a word, the next one if not given. */
  error(message: string, at = this.#at): MarkerSyntaxError {
    return new MarkerSyntaxError(message, (this.#words[at]?.index ?? this.#length) + 1);
  }

  unexpected(expected: string): MarkerSyntaxError {
    return this.error(`expected ${expected}, found ${this.next === '' ? 'the end' : `'${this.next}'`}`);
  }

  comparison(extras: Set<string>): Comparison {
    const start = this.#at;
    const [left, operator, right] = [this.#operand(), this.#operator(), this.#operand()];
    if (isList(left)) throw this.error(`${left.text} has to stand on the right of 'in'`, start);
    if (isList(right) && left.quoted && !operator.endsWith('in'))
      throw this.error(`${right.text} takes only 'in' and 'not in'`, this.#at - 1);
    return compare(left, operator, right, extras);
  }

  #operand(): Operand {
    const word = this.next;
    if (word === '"' || word === "'") throw this.error(`a string is not closed with ${word}`);
    const quoted = /^["']/.test(word);
    if (!quoted && !isVariable(word)) throw this.unexpected('a quoted string or a marker variable');
    this.#at += 1;
    return { quoted, text: quoted ? word.slice(1, -1) : word };
  }

  #operator(): string {
    const isNotIn = this.next === 'not' && this.#words[this.#at + 1]?.[0] === 'in';
    const word = isNotIn ? 'not in' : this.next;
    if (!isNotIn && word !== 'in' && !isOperator(word))
      throw this.unexpected("a comparison such as '>=' or 'not in'");
    this.#at += isNotIn ? 2 : 1;
    return word;
  }
}
