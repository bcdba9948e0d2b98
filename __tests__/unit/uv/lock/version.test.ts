import { describe, expect, test } from '@jest/globals';
import { parseVersion } from '../../../../src/uv/lock/version.ts';

describe('versions', () => {
  test.each([
    ['1.0', '1.0.0'],
    ['1.0', 'v1'],
    ['1.0rc1', '1.0-C.1'],
    ['1.0a0', '1.0alpha'],
    ['1.0.post1', '1.0-1'],
    ['1.0.post4', '1.0-r4'],
    ['1.0.dev0', '1dev'],
    ['0!1', '1'],
    ['1+Ubuntu.01', '1+ubuntu-1'],
    ['007', '7'],
  ])('%s equals %s', (left, right) => expect(parseVersion(left)?.key).toBe(parseVersion(right)?.key));

  test.each([
    ['1.0', '1!1.0'],
    ['1.0', '1.0+local'],
    ['1.0a1', '1.0b1'],
    ['1.0', '1.0.post0'],
    // What a comparison by floating point takes for equal.
    ['99999999999999999998', '99999999999999999999'],
    ['1+1e5', '1+100000'],
  ])('%s differs from %s', (left, right) =>
    expect(parseVersion(left)?.key).not.toBe(parseVersion(right)?.key),
  );

  test.each(['', 'x', '1.', '1..2', '1.0+', '1.0+a_', '1 0', '1.0-', 'latest'])('%p is no version', (text) =>
    expect(parseVersion(text)).toBeUndefined(),
  );

  test('a version has at most 1,000 characters', () => {
    expect(parseVersion(`1${'.0'.repeat(499)}1`)).toBeDefined();
    expect(parseVersion(`1${'.0'.repeat(1_000_000)}1`)).toBeUndefined();
  });
});
