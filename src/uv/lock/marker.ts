import {
  INVERTED,
  type MarkerOperator,
  MarkerScanner,
  type Operand,
  STRING_VARIABLES,
  type StringVariable,
  VERSION_VARIABLES,
  type VersionVariable,
} from './marker-words.ts';
import { normalizeName } from './names.ts';
import { parseVersion } from './version.ts';

export { MarkerSyntaxError, type StringVariable, type VersionVariable } from './marker-words.ts';

/** One comparison of a marker, prepared for evaluation. */
export type MarkerTerm =
  | {
      readonly kind: 'version';
      readonly variable: VersionVariable;
      readonly operator: MarkerOperator | '~=' | '==*' | '!=*';
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
      readonly operator: MarkerOperator;
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
 * A marker in reverse Polish notation, so that parsing and evaluation do not recurse: untrusted
 * markers can be nested deeply. Empty: always true.
 */
export interface Marker {
  readonly text: string;
  readonly program: readonly (MarkerTerm | 'and' | 'or')[];
  /** Names after `extra ==`; in a lock these are uv's encoded conflict items. */
  readonly extras: readonly string[];
}

/**
 * Parses a PEP 508 marker, without the `;`. As in uv (crates/uv-pep508/src/marker/parse.rs),
 * comparisons that make no sense (two strings, `~=` on a string, an invalid version) are ignored.
 * @throws MarkerSyntaxError
 */
export function parseMarker(text: string): Marker {
  const scanner = new MarkerScanner(text);
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

/** Removes ignored comparisons: `ignored and x` is `x`; a marker without others is true. */
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

function readTerm(scanner: MarkerScanner): MarkerTerm | undefined {
  const left = scanner.operand();
  const operator = scanner.operator();
  const right = scanner.operand();
  if (isList(left)) throw scanner.error(`${left.text} has to stand on the right of 'in'`, left.column);
  if (isList(right)) {
    if (!left.quoted) return undefined;
    if (operator !== 'in' && operator !== 'not in')
      throw scanner.error(`${right.text} takes only 'in' and 'not in'`, right.column);
    // `extras` and `dependency_groups` exist in pylock.toml (PEP 751) only; in a lock both are
    // empty.
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

/** uv compares release segments only (`specifier.only_release()`). */
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

function isComparison(operator: string): operator is MarkerOperator {
  return INVERTED.has(operator);
}
