import { describe, expect, test } from '@jest/globals';
import { indexOfLock } from '../../../src/release/index-page.ts';
import { parseLock } from '../../../src/uv/lock/parse.ts';
import { HEADER, registryPackage, rootPackage } from '../uv/lock/support.ts';

const at = (index: string, name: string): string =>
  registryPackage(name).replace(/registry = "[^"]*"/, `registry = "https://${index}.example/simple"`);
const lock = (...packages: readonly string[]) =>
  parseLock(HEADER + rootPackage('{ name = "a" }') + packages.join(''), 'uv.lock');

describe('the index of a lock', () => {
  const several = lock(at('main', 'a'), at('other', 'b'), at('main', 'c'));

  test('is the one that the package itself is from, by whatever spelling', () => {
    expect(indexOfLock(several, 'B')).toBe('https://other.example/simple');
  });

  test('is the one of most packages for a package that the lock does not hold', () => {
    expect(indexOfLock(several, 'zope.interface')).toBe('https://main.example/simple');
  });

  test('is unknown where nothing is from an index', () => {
    expect(indexOfLock(lock(at('main', 'a')), 'b')).toBe('https://main.example/simple');
    expect(indexOfLock(parseLock(HEADER + rootPackage(''), 'uv.lock'), 'b')).toBeUndefined();
  });
});
