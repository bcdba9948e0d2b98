import { expect } from '@jest/globals';
import fc from 'fast-check';
import { UserError } from '../../../src/system/errors.ts';

/** Ten thousand cases; a failure prints the seed and the shrunk case. */
export const runs = { numRuns: 10_000, seed: 15 };

/** Values that a field may have instead of its own. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, 0, -1, 1.5, 1e308, '', '0', [], {}, [null], [[]], {
    length: 1,
  }),
  fc.constantFrom(
    '__proto__',
    '../../etc/passwd',
    '.GIT/x',
    '\u0000',
    '\n::error::x',
    'x'.repeat(5000),
    '\ud800',
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Puts other values at some places of a value, takes some away, and adds others. */
export function changed(
  value: unknown,
  changes: readonly { at: number; to: unknown; how: number }[],
): unknown {
  const root: Record<string, unknown> = { value: structuredClone(value) };
  for (const { at, to, how } of changes) {
    const places: [Record<string, unknown>, string][] = [];
    const walk = (object: object): void => {
      for (const key of Object.keys(object)) {
        places.push([object as Record<string, unknown>, key]);
        const inner = (object as Record<string, unknown>)[key];
        if (typeof inner === 'object' && inner !== null) walk(inner);
      }
    };
    walk(root);
    const [object, key] = places[at % places.length] ?? [root, 'value'];
    if (how === 0) delete object[key];
    else if (how === 1) object.another = structuredClone(to);
    else object[key] = structuredClone(to);
  }
  return root.value;
}
const change = fc.record({ at: fc.nat(500), to: odd, how: fc.nat(5) });
export const changes = fc.array(change, { minLength: 1, maxLength: 3 });

/** Success, or one sentence for people; never a defect. */
export async function isTold(body: () => Promise<unknown>): Promise<void> {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.message.length).toBeLessThan(5000);
  }
}
