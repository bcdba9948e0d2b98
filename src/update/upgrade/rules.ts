import * as pep440 from '@renovatebot/pep440';
import type { LockRules, NameRange } from '../../config/types.ts';
import { fits, orders } from '../../uv/version-order.ts';

/** A specifier that versions have to meet, and what is wrong with those that do not. */
interface Bound {
  readonly range: string;
  readonly why: string;
}

/**
 * The bounds that the rules set for a package.
 * @param locked its versions in the lock; empty if it is not in the lock
 */
function boundsOf(
  name: string,
  locked: readonly string[],
  { ignore, pin, largest }: Pick<LockRules, 'ignore' | 'pin' | 'largest'>,
): Bound[] {
  const about = ({ name: pattern }: NameRange): boolean => fits(name, pattern);
  const ignored = ignore.filter(about).flatMap(({ range }): Bound[] => {
    if (range !== undefined) return [{ range: opposite(range), why: `is ignored (${range})` }];
    return locked.length === 0 ? [] : [{ range: exactly(locked), why: 'is ignored' }];
  });
  const pinned = pin
    .filter(about)
    .flatMap(({ range }): Bound[] => (range === undefined ? [] : [{ range, why: `is not in ${range}` }]));
  const step = nextStep(locked, largest);
  return [...ignored, ...pinned, ...(step === undefined ? [] : [step])];
}

/** All bounds as one specifier; undefined if every version is allowed. */
export function specifierOf(...given: Parameters<typeof boundsOf>): string | undefined {
  const bounds = boundsOf(...given).map(({ range }) => range);
  return bounds.length === 0 ? undefined : bounds.join(',');
}

/** Why the rules refuse a version, as text after the version; undefined if they allow it. */
export function refusalOf(version: string, ...given: Parameters<typeof boundsOf>): string | undefined {
  return boundsOf(...given).find(({ range }) => !orders.pep440.satisfies(version, range))?.why;
}

/** The specifier for these versions and all between them: a lock may have several (forks). */
export function exactly(versions: readonly string[]): string {
  const sorted = versions.toSorted(orders.pep440.compare);
  const [first = '', last = first] = [sorted[0], sorted.at(-1)];
  return first === last ? `==${first}` : `>=${first},<=${last}`;
}

const opposites: Readonly<Record<string, string>> = {
  ...{ '==': '!=', '!=': '==', '>=': '<', '<': '>=', '>': '<=', '<=': '>' },
};

/** The versions that a single comparison leaves out. */
function opposite(range: string): string {
  const [, operator = '', version = ''] = /^(==|!=|>=|<=|<|>)\s*(.+)$/.exec(range) ?? [];
  return `${opposites[operator] ?? '!='}${version}`;
}

/** The first version that is too large a step from the newest locked one. */
function nextStep(locked: readonly string[], largest: LockRules['largest']): Bound | undefined {
  const newest = locked.toSorted(orders.pep440.compare).at(-1);
  const parts = newest === undefined ? null : pep440.explain(newest);
  if (parts === null || largest === 'major') return undefined;
  const epoch = parts.epoch === 0 ? '' : `${parts.epoch}!`;
  const [major = 0, minor = 0] = parts.release;
  return largest === 'minor'
    ? { range: `<${epoch}${major + 1}`, why: 'is a major update' }
    : { range: `<${epoch}${major}.${minor + 1}`, why: 'is more than a patch' };
}
