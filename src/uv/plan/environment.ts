import type { Marker, MarkerTerm, StringVariable, VersionVariable } from '../lock/marker.ts';
import { compareRelease } from '../lock/version.ts';
import type { Target } from './target.ts';

/** The values of a target's marker variables. */
export interface Environment {
  readonly strings: Readonly<Record<StringVariable, string>>;
  readonly versions: Readonly<Record<VersionVariable, readonly number[]>>;
}

/** The value of `extra == name`; with 'either', its negation is true as well. */
type ExtraValue = (name: string) => boolean | 'either';

/**
 * The marker variables of CPython on a target. Kernel release and version are empty, as with
 * `uv --python-platform`.
 */
export function environmentOf(target: Target): Environment {
  const darwin = target.system.endsWith('-darwin');
  const machine = target.system.startsWith('x86_64') ? 'x86_64' : darwin ? 'arm64' : 'aarch64';
  const full = target.python.split('.').map(Number);
  return {
    strings: {
      os_name: 'posix',
      sys_platform: darwin ? 'darwin' : 'linux',
      platform_machine: machine,
      platform_python_implementation: 'CPython',
      platform_release: '',
      platform_system: darwin ? 'Darwin' : 'Linux',
      platform_version: '',
      implementation_name: 'cpython',
    },
    versions: { python_version: full.slice(0, 2), python_full_version: full, implementation_version: full },
  };
}

/** Evaluates a marker; undefined and the empty marker are true. */
export function evaluate(marker: Marker | undefined, environment: Environment, extra: ExtraValue): boolean {
  if (marker === undefined || marker.program.length === 0) return true;
  const stack: boolean[] = [];
  for (const item of marker.program) {
    if (item === 'and' || item === 'or') {
      const right = stack.pop() ?? false;
      const left = stack.pop() ?? false;
      stack.push(item === 'and' ? left && right : left || right);
    } else {
      stack.push(evaluateTerm(item, environment, extra));
    }
  }
  return stack.pop() ?? true;
}

function evaluateTerm(term: MarkerTerm, environment: Environment, extra: ExtraValue): boolean {
  switch (term.kind) {
    case 'constant':
      return term.value;
    case 'extra': {
      const active = extra(term.name);
      return active === 'either' || active !== term.negated;
    }
    case 'version':
      return compareVersion(environment.versions[term.variable], term);
    case 'version-list':
      return inVersionList(environment.versions[term.variable], term);
    case 'substring': {
      const actual = environment.strings[term.variable];
      const found = term.direction === 'inside' ? term.value.includes(actual) : actual.includes(term.value);
      return found !== term.negated;
    }
    case 'string':
      return compareString(environment.strings[term.variable], term);
  }
}

/** Compares release segments only (uv, release_specifier_to_range). */
function compareVersion(actual: readonly number[], term: MarkerTerm & { kind: 'version' }): boolean {
  const order = compareRelease(actual, term.release);
  switch (term.operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '~=':
      return order >= 0 && hasPrefix(actual, term.release.slice(0, -1));
    case '==*':
      return hasPrefix(actual, term.release);
    case '!=*':
      // `python_version` has two numbers; uv evaluates such a comparison to false.
      return (
        !hasPrefix(actual, term.release) && !(term.variable === 'python_version' && isTooLong(term.release))
      );
  }
}

function inVersionList(actual: readonly number[], term: MarkerTerm & { kind: 'version-list' }): boolean {
  if (term.variable === 'python_version' && term.releases.some(isTooLong)) return false;
  return term.releases.some((release) => compareRelease(actual, release) === 0) !== term.negated;
}

function isTooLong(release: readonly number[]): boolean {
  return release.slice(2).some((number) => number !== 0);
}

function hasPrefix(actual: readonly number[], prefix: readonly number[]): boolean {
  return prefix.every((number, index) => (actual[index] ?? 0) === number);
}

/**
 * Only kernel versions have an order, as text; else `<` and `>` are false, `<=` and `>=` mean
 * equal.
 */
function compareString(actual: string, term: MarkerTerm & { kind: 'string' }): boolean {
  const ordered = term.variable === 'platform_release' || term.variable === 'platform_version';
  switch (term.operator) {
    case '==':
      return actual === term.value;
    case '!=':
      return actual !== term.value;
    case '<':
      return ordered && actual < term.value;
    case '<=':
      return ordered ? actual <= term.value : actual === term.value;
    case '>':
      return ordered && actual > term.value;
    case '>=':
      return ordered ? actual >= term.value : actual === term.value;
  }
}
