const VERSIONS = ['python_version', 'python_full_version', 'implementation_version'] as const;
const STRINGS = [
  ...(['os_name', 'sys_platform', 'implementation_name', 'platform_python_implementation'] as const),
  ...(['platform_machine', 'platform_release', 'platform_system', 'platform_version'] as const),
] as const;
type VersionVariable = (typeof VERSIONS)[number];
type StringVariable = (typeof STRINGS)[number];

/** The values of the marker variables of PEP 508. */
export type Environment = Readonly<Record<VersionVariable | StringVariable, string>>;

/** The value of `extra == name`; with 'either', its negation is true as well. */
type ExtraValue = (name: string) => boolean | 'either';

type Comparison = (environment: Environment, extra: ExtraValue) => boolean;

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

/** The tokens of a marker; uv writes their spaces and quotes only in this way. */
const WORDS =
  /(?<word>[()]| and | or )|(?<name>\w+) (?<operator>[<>=!~]=|[<>]|in|not in) '(?<value>[^']*)'|'(?<part>[^']*)' (?<contained>in|not in) (?<whole>\w+)/gy;

/**
 * Parses a marker as uv writes it into a lock, with the variable on the left or a text `in` it (uv,
 * crates/uv-pep508/src/marker/tree.rs). Others are refused.
 * @returns the column, from 1, of what is not in that form
 */
export function parseMarker(text: string): Marker | number {
  const program: (Comparison | 'and' | 'or')[] = [];
  const extras = new Set<string>();
  const pending: ('and' | 'or' | '(')[] = [];
  // `and` binds tighter than `or`; both are associative.
  const reduce = (lowest: 'and' | 'or'): void => {
    for (let top = pending.at(-1); top === 'and' || (top === 'or' && lowest === 'or'); top = pending.at(-1)) {
      program.push(top);
      pending.pop();
    }
  };
  let at = 0;
  let isComplete = false;
  for (const { 0: all, groups = {} } of text.matchAll(WORDS)) {
    const { word, name = '', operator = '', value = '', part = '', contained, whole = '' } = groups;
    if (isComplete === (word === '(' || word === undefined)) return at + 1;
    if (word === '(') pending.push('(');
    else if (word === ')') {
      reduce('or');
      if (pending.pop() === undefined) return at + 1;
    } else if (word === undefined) {
      const comparison =
        contained === undefined
          ? compare(name, operator, value, extras)
          : compare(whole, contained.replace('in', 'contains'), part, extras);
      if (comparison === undefined) return at + 1;
      program.push(comparison);
    } else {
      const joint = word === ' and ' ? 'and' : 'or';
      reduce(joint);
      pending.push(joint);
    }
    isComplete = word === ')' || word === undefined;
    at += all.length;
  }
  reduce('or');
  const isRead = at === text.length && isComplete && pending.length === 0;
  return isRead ? { text, program, extras: [...extras] } : at + 1;
}

/** Evaluates a marker; undefined is true. */
export function evaluate(marker: Marker | undefined, environment: Environment, extra: ExtraValue): boolean {
  const stack: boolean[] = [];
  for (const item of marker?.program ?? []) {
    if (typeof item === 'function') {
      stack.push(item(environment, extra));
      continue;
    }
    const [right = true, left = true] = [stack.pop(), stack.pop()];
    stack.push(item === 'and' ? left && right : left || right);
  }
  return stack.pop() ?? true;
}

/** @returns undefined for a comparison that uv does not write */
function compare(name: string, operator: string, value: string, extras: Set<string>): Comparison | undefined {
  if (name === 'extra') {
    if (operator !== '==' && operator !== '!=') return undefined;
    extras.add(value);
    return (_, extra) => {
      const active = extra(value);
      return active === 'either' || active === (operator === '==');
    };
  }
  const version = VERSIONS.find((one) => one === name);
  if (version !== undefined) return compareVersion(version, operator, value);
  const variable = STRINGS.find((one) => one === name);
  return variable && compareString(variable, operator, value);
}

/** Whether an operator holds for an order: negative, 0, positive, or NaN for "unequal". */
const ORDERS = new Map<string, (order: number) => boolean>([
  ['==', (order) => order === 0],
  ['!=', (order) => order !== 0],
  ['<', (order) => order < 0],
  ['<=', (order) => order <= 0],
  ['>', (order) => order > 0],
  ['>=', (order) => order >= 0],
]);

/** Only kernel versions have an order, as text. */
function compareString(variable: StringVariable, operator: string, value: string): Comparison | undefined {
  const isNegated = operator.startsWith('not');
  if (operator.endsWith('in')) return (environment) => value.includes(environment[variable]) !== isNegated;
  if (operator.endsWith('contains'))
    return (environment) => environment[variable].includes(value) !== isNegated;
  const holds = ORDERS.get(operator);
  const isOrdered = variable === 'platform_release' || variable === 'platform_version';
  return (
    holds &&
    (({ [variable]: actual }) => {
      if (actual === value) return holds(0);
      return holds(isOrdered ? (actual < value ? -1 : 1) : Number.NaN);
    })
  );
}

/** Release segments, which alone count (uv, `specifier.only_release()`), and a star. */
const RELEASE = /^(\d+(?:\.\d+)*)(?:(\.\*)|(?:a|b|rc)\d+)?$/;

function compareVersion(variable: VersionVariable, operator: string, value: string): Comparison | undefined {
  const [, digits, star] = RELEASE.exec(value) ?? [];
  const holds = ORDERS.get(operator);
  if (digits === undefined || holds === undefined) return undefined;
  const wanted = releaseOf(digits);
  if (star === undefined) return (environment) => holds(order(releaseOf(environment[variable]), wanted));
  if (operator !== '==' && operator !== '!=') return undefined;
  return (environment) => holds(order(releaseOf(environment[variable]).slice(0, wanted.length), wanted));
}

const releaseOf = (version: string): readonly number[] => version.split('.').map(Number);

/** Compares release segments; missing numbers are 0. */
function order(left: readonly number[], right: readonly number[]): number {
  const length = Math.max(left.length, right.length);
  const differences = Array.from({ length }, (_, index) => (left[index] ?? 0) - (right[index] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}
