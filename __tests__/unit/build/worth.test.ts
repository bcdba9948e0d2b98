import { describe, expect, test } from '@jest/globals';
import { sharesOf } from '../../../src/build/shares.ts';
import { costOf, gainOf, mostBytes, worthKeeping } from '../../../src/build/worth.ts';

const built = (path: string, bytes: number, seconds: number) => ({ path, bytes, seconds });
const names = (kept: readonly { path: string }[]): string[] => kept.map(({ path }) => path);

describe('what each build took', () => {
  test('alone, all of its time', () => {
    const spans = [
      { name: 'a', from: 10, to: 14 },
      { name: 'b', from: 20, to: 21 },
    ];
    expect(Object.fromEntries(sharesOf(spans))).toEqual({ a: 4, b: 1 });
  });

  test('beside others, its share: together they took the time that passed', () => {
    const shares = sharesOf([
      { name: 'long', from: 0, to: 10 },
      { name: 'short', from: 4, to: 6 },
      { name: 'at once', from: 5, to: 5 },
    ]);
    expect(shares.get('long')).toBeCloseTo(9);
    expect(shares.get('short')).toBeCloseTo(1);
    expect(shares.get('at once')).toBe(0);
  });
});

describe('what is worth being kept', () => {
  test('what takes longer to build than to fetch, first what gives most for a byte', () => {
    const kept = worthKeeping([
      built('huge and quick', 400e6, 3),
      built('lxml', 6e6, 20),
      built('xmlsec', 1e6, 12),
    ]);
    expect(names(kept)).toEqual(['xmlsec', 'lxml']);
  });

  test('nothing, where all of it does not make up for asking', () => {
    const quick = [built('a', 1e4, 1), built('b', 1e4, 1)];
    expect(gainOf(quick)).toBeLessThan(0);
    expect(worthKeeping(quick)).toEqual([]);
    expect(worthKeeping([])).toEqual([]);
  });

  test('no more than there is room for: what does not fit is left out, not what comes after it', () => {
    const all = [built('first', 60e6, 600), built('too big', 50e6, 400), built('fits', 30e6, 200)];
    expect(names(worthKeeping(all, 1, 100e6))).toEqual(['first', 'fits']);
    expect(worthKeeping([built('one', mostBytes + 1, 1e5)])).toEqual([]);
  });

  test('less, where the runner’s cache was measured to be slow', () => {
    const wheels = [built('lxml', 6e6, 8), built('big', 200e6, 10)];
    expect(names(worthKeeping(wheels))).toEqual(['lxml', 'big']);
    expect(names(worthKeeping(wheels, 2.5))).toEqual(['lxml']);
    expect(worthKeeping(wheels, 20)).toEqual([]);
    expect(costOf(40e6, 2)).toBe(7);
  });
});
