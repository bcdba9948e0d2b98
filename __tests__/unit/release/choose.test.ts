import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ReleaseRules } from '../../../src/config/types.ts';
import { chooseHead, chooseRelease, eligible } from '../../../src/release/choose.ts';
import type { Release } from '../../../src/release/types.ts';
import { fits, orders } from '../../../src/uv/version-order.ts';

const plain: ReleaseRules = {
  order: 'pep440',
  prereleases: false,
  range: undefined,
  ignore: [],
  minimumAge: 0,
  step: 'newest',
};
const day = 86_400_000;
const now = Date.parse('2026-06-01T00:00:00Z');
const of = (...versions: string[]): Release[] => versions.map((version) => ({ version }));

function chosen(candidates: readonly Release[], current: string, rules: Partial<ReleaseRules> = {}) {
  const choice = chooseRelease(candidates, { version: current }, { ...plain, ...rules }, now);
  return choice.kind === 'release' ? choice.release.version : choice.reason;
}

describe('the release to go to', () => {
  const authentik = of(
    '2026.2.0',
    '2025.12.4',
    '2026.5.0',
    '2026.5.0rc1',
    '2026.10.0',
    '2026.8.0',
    'not-one',
  );

  test.each<[string, Partial<ReleaseRules>, string]>([
    ['2026.2.0', {}, '2026.10.0'],
    ['2026.2.0', { step: 'next' }, '2026.5.0'],
    ['2026.2.0', { step: 'next', prereleases: true }, '2026.5.0rc1'],
    ['2026.2.0', { range: '<2026.8' }, '2026.5.0'],
    ['2026.2.0', { range: '~=2026.2.0' }, 'held-back'],
    ['2026.2.0', { ignore: ['2026.10.*'] }, '2026.8.0'],
    ['2026.2.0', { ignore: ['*'] }, 'held-back'],
    ['2026.10.0', {}, 'current'],
    ['2027.1', {}, 'current'],
    ['2026.10', {}, 'current'],
  ])('from %s with %j is %s', (current, rules, expected) => {
    expect(chosen(authentik, current, rules)).toBe(expected);
  });

  test.each<[string, Partial<ReleaseRules>, string]>([
    ['1.2.3', {}, '2.0.0'],
    ['1.2.3', { range: '^1.0.0' }, '1.10.0'],
    ['1.2.3', { prereleases: true }, '2.1.0-rc.1'],
    ['2.0.0', {}, 'held-back'],
  ])('by semver from %s with %j is %s', (current, rules, expected) => {
    const candidates = of('1.2.3', '1.10.0', '1.9.9', '2.0.0', '2.1.0-rc.1', '3.0');
    expect(chosen(candidates, current, { order: 'semver', ...rules })).toBe(expected);
  });

  test('is no pre-release by its publisher, whatever its version says', () => {
    expect(chosen([{ version: '2.0', isPrerelease: true }], '1.0')).toBe('held-back');
    expect(chosen([{ version: '2.0', isPrerelease: true }], '1.0', { prereleases: true })).toBe('2.0');
  });

  test('has the age that is asked for, to the millisecond; without a date it has none', () => {
    const age = { minimumAge: 3 * day };
    const candidates = [
      { version: '1.1', date: now - 3 * day },
      { version: '1.2', date: now - 3 * day + 1 },
      { version: '1.3' },
    ];
    expect(chosen(candidates, '1.0', age)).toBe('1.1');
    const none = chooseRelease(candidates.slice(1), { version: '1.0' }, { ...plain, ...age }, now);
    expect(none).toMatchObject({
      reason: 'held-back',
      text: 'Nothing newer than 1.0 may be taken: 1.2 is too young before 2026-06-01T00:00:00Z; 1.3 has no date, so that its age is not known.',
    });
  });

  test('needs a current version that is one', () => {
    expect(() => chosen(authentik, 'unstable')).toThrow("version 'unstable' is not one of PEP 440");
  });

  test('of a branch is its head, when it is another commit and old enough', () => {
    const head = { version: '0-unstable-2026-05-31', revision: 'b'.repeat(40), date: now - day };
    const at = (revision: string, minimumAge = 0) =>
      chooseHead(head, { version: '0', revision }, { ...plain, minimumAge }, now);
    expect(at('a'.repeat(40))).toMatchObject({ kind: 'release', release: head });
    expect(at('b'.repeat(40))).toMatchObject({ kind: 'none', reason: 'current' });
    expect(at('a'.repeat(40), 2 * day)).toMatchObject({ kind: 'none', reason: 'held-back' });
  });
});

describe('for any releases', () => {
  const number = fc.integer({ min: 0, max: 12 });
  const version = fc
    .tuple(number, number, fc.constantFrom('', 'rc1', 'a2', '.dev3', '.post1'))
    .map(([major, minor, suffix]) => `${major}.${minor}${suffix}`);
  const release = fc.record(
    { version, date: fc.integer({ min: now - 9 * day, max: now }), isPrerelease: fc.boolean() },
    { requiredKeys: ['version'] },
  );
  const rules = fc.record({
    order: fc.constant('pep440' as const),
    prereleases: fc.boolean(),
    range: fc.constantFrom(undefined, '<6', '>=2,!=3.*', '~=4.1'),
    ignore: fc.array(fc.constantFrom('1.*', '*rc1', '7.7'), { maxLength: 2 }),
    minimumAge: fc.constantFrom(0, 3 * day),
    step: fc.constantFrom('newest' as const, 'next' as const),
  });
  const compare = orders.pep440.compare;

  test('the choice is newer, keeps every rule, and does not depend on the order of the list', () => {
    fc.assert(
      fc.property(fc.array(release), version, rules, (releases, current, rule) => {
        const choice = chooseRelease(releases, { version: current }, rule, now);
        const turned = chooseRelease(releases.toReversed(), { version: current }, rule, now);
        if (choice.kind === 'none') return expect(turned.kind).toBe('none');
        const { release: taken } = choice;
        expect(releases).toContain(taken);
        expect(compare(taken.version, current)).toBeGreaterThan(0);
        if (rule.minimumAge > 0) expect(taken.date ?? now).toBeLessThanOrEqual(now - rule.minimumAge);
        if (!rule.prereleases)
          expect([taken.isPrerelease ?? false, /rc|a|dev/.test(taken.version)]).toEqual([false, false]);
        expect(rule.ignore.some((pattern) => fits(taken.version, pattern))).toBe(false);
        expect(turned.kind === 'release' && compare(turned.release.version, taken.version)).toBe(0);
      }),
    );
  });

  test('steps, taken one by one, end where the newest is, and pass everything that may be taken', () => {
    fc.assert(
      fc.property(fc.array(release), version, rules, (releases, current, rule) => {
        const newest = chooseRelease(releases, { version: current }, { ...rule, step: 'newest' }, now);
        const passed: string[] = [];
        for (let at = current; ; ) {
          const step = chooseRelease(releases, { version: at }, { ...rule, step: 'next' }, now);
          if (step.kind === 'none') break;
          at = step.release.version;
          passed.push(at);
        }
        expect(passed.at(-1)).toBe(newest.kind === 'release' ? passed.at(-1) : undefined);
        if (newest.kind === 'release') expect(compare(passed.at(-1) ?? '0', newest.release.version)).toBe(0);
        const may = eligible(releases, { version: current }, rule).filter(
          ({ date }) => rule.minimumAge === 0 || (date !== undefined && now - date >= rule.minimumAge),
        );
        expect(passed).toHaveLength(new Set(may.map(({ version: one }) => one)).size);
      }),
    );
  });

  test('a pattern with stars fits what the same regular expression does', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.') });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*') });
    fc.assert(
      fc.property(text, pattern, (some, stars) => {
        const expression = new RegExp(`^${stars.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
        expect(fits(some, stars)).toBe(expression.test(some));
      }),
    );
  });
});
