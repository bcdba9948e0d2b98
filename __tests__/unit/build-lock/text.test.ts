import { describe, expect, test } from '@jest/globals';
import type { BuildLock } from '../../../src/build-lock/schema.ts';
import { buildLockText, differences, parseBuildLock, unexpectedIn } from '../../../src/build-lock/text.ts';

const sri = `sha256-${'A'.repeat(43)}=`;
const lock: BuildLock = {
  version: 1,
  target: {
    ...{ python: '3.14.8', libc: 'glibc:2.39', packages: [], allPackages: false, extras: [], groups: [] },
    defaultGroups: false,
  },
  systems: {
    'x86_64-linux': {
      ...{ plan: sri, hash: sri, builds: ['a-1', 'b'] },
      environments: {
        'a-1': { wheels: ['c-1-py3-none-any.whl'], builds: [] },
        b: { wheels: [], builds: [] },
      },
    },
  },
  builds: {
    'a-1': {
      ...{ kind: 'sdist', name: 'a', version: '1', filename: 'a-1.tar.gz', hash: sri, requires: ['c'] },
      url: 'https://index.example/a-1.tar.gz',
    },
    b: { kind: 'directory', name: 'b', path: '.', requires: [] },
  },
  wheels: { 'c-1-py3-none-any.whl': { url: 'https://index.example/c.whl', hash: sri } },
};
const text = buildLockText(lock);
const read = (value: string) => parseBuildLock(value, 'uv-fod.lock.json');

describe('a build lock', () => {
  test('with a merge conflict: the error has the line and the command', () => {
    const text = buildLockText(lock).replace(/\n/, '\n<<<<<<< HEAD\n');
    expect(() => parseBuildLock(text, 'x.json')).toThrow(
      expect.objectContaining({
        code: 'merge-conflict',
        message: expect.stringMatching(/^x\.json:\d+ has .*uv-fod update/),
      }),
    );
  });

  test('comes back as it was written, and has no differences', () => {
    expect(read(text)).toEqual(lock);
    expect(differences(text, read(text), lock)).toBe('');
  });

  test.each([
    ['no JSON', '{'],
    ['null', 'null'],
    ['a list', '[]'],
    ['another version', text.replace('"version": 1', '"version": 2')],
    ['9 MB', `${text}${' '.repeat(9e6)}`],
    [
      '50,000 levels',
      text.replace('"version"', `"x": ${'['.repeat(50_000)}${']'.repeat(50_000)}, "version"`),
    ],
    ['quotes without end', `{"a": "${'\\"'.repeat(100_000)}`],
    ['no wheels', text.replace('"wheels": {\n    "c', '"wools": {\n    "c')],
    ['a system that there is not', text.replace('x86_64-linux', 'riscv64-linux')],
    ['a file address', text.replace('https://index.example/c.whl', 'file:///etc/passwd')],
    ['a path as a wheel', text.replaceAll('c-1-py3-none-any.whl', '../c-1-py3-none-any.whl')],
    ['a sha512', text.replace(`"hash": "${sri}"`, '"hash": "sha512-AAAA"')],
    ['an absolute folder', text.replace('"path": "."', '"path": "/etc"')],
    ['a number as a name', text.replace('"name": "a"', '"name": 1')],
    ['a kind that there is not', text.replace('"kind": "sdist"', '"kind": "constructor"')],
    ['requirements that are no list', text.replace(/"requires": \[\n\s+"c"\n\s+\]/, '"requires": "c"')],
    ['__proto__ as a build', text.replace('"b": {\n      "kind"', '"__proto__": {\n      "kind"')],
  ])('%s is refused, and not quoted at length', (_, value) => {
    expect(value).not.toBe(text);
    expect(() => read(value)).toThrow(expect.objectContaining({ code: 'build-lock-invalid' }));
  });

  test.each([
    ['a key at the top', text.replace('"version": 1', '"version": 1, "more": {}')],
    ['__proto__ at the top', text.replace('"version": 1', '"version": 1, "__proto__": {}')],
    ['a key of a wheel', text.replace('"url": "https://index.example/c.whl"', '$&, "then": 1')],
    ['a key of the target', text.replace('"libc"', '"abi": "x", "libc"')],
    ['a key twice', text.replace('"version": 1', '"version": 1, "version": 1')],
  ])('%s is a difference', (_, value) => {
    expect(value).not.toBe(text);
    expect(unexpectedIn(value, read(value))).toBeDefined();
    expect(differences(value, read(value), lock)).not.toBe('');
  });
});
