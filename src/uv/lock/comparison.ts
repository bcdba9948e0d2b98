import { normalizeName } from './names.ts';
import { compareRelease, parseVersion } from './version.ts';

const VERSION_VARIABLES = ['python_version', 'python_full_version', 'implementation_version'] as const;
const STRING_VARIABLES = [
  ...(['os_name', 'sys_platform', 'implementation_name', 'platform_python_implementation'] as const),
  ...(['platform_machine', 'platform_release', 'platform_system', 'platform_version'] as const),
] as const;
type VersionVariable = (typeof VERSION_VARIABLES)[number];
type StringVariable = (typeof STRING_VARIABLES)[number];

/** The values of the marker variables of PEP 508. */
export type Environment = Readonly<Record<VersionVariable | StringVariable, string>>;

/** Variables by their names, also by those of PEP 345 and setuptools. */
const VARIABLES = new Map<string, VersionVariable | StringVariable>([
  ...[...VERSION_VARIABLES, ...STRING_VARIABLES].map((name) => [name, name] as const),
  ['os.name', 'os_name'],
  ['sys.platform', 'sys_platform'],
  ['platform.machine', 'platform_machine'],
  ['platform.version', 'platform_version'],
  ['platform.python_implementation', 'platform_python_implementation'],
  ['python_implementation', 'platform_python_implementation'],
]);

/** The value of `extra == name`; with 'either', its negation is true as well. */
export type ExtraValue = (name: string) => boolean | 'either';

/** Evaluates one comparison; undefined: it has no meaning and is ignored, as in uv. */
export type Comparison = (environment: Environment, extra: ExtraValue) => boolean | undefined;

/** An operand of a comparison: a quoted string or the name of a variable. */
export interface Operand {
  readonly quoted: boolean;
  readonly text: string;
}

/** `extras` and `dependency_groups` exist only in pylock.toml (PEP 751); a lock has neither. */
export const isList = ({ quoted, text }: Operand): boolean =>
  !quoted && (text === 'extras' || text === 'dependency_groups');

export const isVariable = (text: string): boolean =>
  text === 'extra' || isList({ quoted: false, text }) || VARIABLES.has(text);

const IGNORED: Comparison = () => undefined;

/**
 * Prepares a comparison. As in uv (crates/uv-pep508/src/marker/parse.rs), those that make no sense
 * (two strings, `~=` on a string, an invalid version) are ignored.
 * @param extras receives the name of a compared extra
 */
export function compare(left: Operand, operator: string, right: Operand, extras: Set<string>): Comparison {
  if (left.quoted === right.quoted) return IGNORED;
  if (isList(right)) return () => operator === 'not in';
  const [variable, value] = left.quoted ? [right.text, left.text] : [left.text, right.text];
  if (variable === 'extra') return extraComparison(operator, value, extras);
  const name = VARIABLES.get(variable);
  const directed = left.quoted ? inverted(operator) : operator;
  const version = VERSION_VARIABLES.find((one) => one === name);
  if (version !== undefined) return versionComparison(version, directed, value, right.quoted);
  return name === undefined
    ? IGNORED
    : (environment) => compareString(name, environment[name], directed, value);
}

/** The operator with its sides exchanged. */
function inverted(operator: string): string {
  if (operator.endsWith('in')) return operator.replace('in', 'contains');
  return operator.replace(/[<>]/, (sign) => (sign === '<' ? '>' : '<'));
}

function extraComparison(operator: string, value: string, extras: Set<string>): Comparison {
  if (operator !== '==' && operator !== '!=') return IGNORED;
  const name = normalizeName(value);
  if (name === undefined) return () => false;
  extras.add(name);
  return (_, extra) => {
    const active = extra(name);
    return active === 'either' || active === (operator === '==');
  };
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

export const isOperator = (text: string): boolean => text === '~=' || ORDERS.has(text);

/** Only kernel versions have an order, as text. */
function compareString(
  variable: string,
  actual: string,
  operator: string,
  value: string,
): boolean | undefined {
  if (operator.endsWith('in')) return value.includes(actual) !== operator.startsWith('not');
  if (operator.endsWith('contains')) return actual.includes(value) !== operator.startsWith('not');
  const ordered = variable === 'platform_release' || variable === 'platform_version';
  const unequal = ordered ? (actual < value ? -1 : 1) : Number.NaN;
  return ORDERS.get(operator)?.(actual === value ? 0 : unequal);
}

/** Compares release segments only (uv, `specifier.only_release()`, release_specifier_to_range). */
function versionComparison(
  variable: VersionVariable,
  operator: string,
  value: string,
  starAllowed: boolean,
): Comparison {
  const order = (environment: Environment, release: readonly number[]): number =>
    compareRelease(releaseOf(environment[variable]), release);
  const hasPrefix = (environment: Environment, prefix: readonly number[]): boolean =>
    compareRelease(releaseOf(environment[variable]).slice(0, prefix.length), prefix) === 0;
  // uv evaluates some comparisons of `python_version`, which has two numbers, with more to false.
  const isTooLong = (release: readonly number[]): boolean =>
    variable === 'python_version' && release.slice(2).some((number) => number !== 0);
  if (operator === 'in' || operator === 'not in') {
    const words = value.split(/\s+/).filter((word) => word !== '');
    const releases = words.map((word) => parseVersion(word)?.release);
    if (!releases.every((release) => release !== undefined)) return IGNORED;
    if (releases.some(isTooLong)) return () => false;
    return (environment) =>
      releases.some((release) => order(environment, release) === 0) === (operator === 'in');
  }
  const star = starAllowed && value.trim().endsWith('.*');
  const version = parseVersion(star ? value.trim().slice(0, -2) : value);
  if (version === undefined) return IGNORED;
  const { release } = version;
  if (star) {
    // A star follows a release segment and goes with == and != only.
    const isRelease = version.isPlainRelease || /^\s*v?\d+!/.test(value);
    if (!isRelease || (operator !== '==' && operator !== '!=')) return IGNORED;
    if (operator === '==') return (environment) => hasPrefix(environment, release);
    return (environment) => !hasPrefix(environment, release) && !isTooLong(release);
  }
  if (operator === '~=') {
    if (release.length < 2) return IGNORED;
    return (environment) => order(environment, release) >= 0 && hasPrefix(environment, release.slice(0, -1));
  }
  const isLocal = version.key !== version.publicKey;
  const holds = isLocal && operator !== '==' && operator !== '!=' ? undefined : ORDERS.get(operator);
  return holds === undefined ? IGNORED : (environment) => holds(order(environment, release));
}

const releaseOf = (version: string): readonly number[] => version.split('.').map(Number);
