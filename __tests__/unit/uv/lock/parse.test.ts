import { describe, expect, test } from '@jest/globals';
import { UserError } from '../../../../src/system/errors.ts';
import { parseLock } from '../../../../src/uv/lock/parse.ts';
import { HASH, HEADER, lockOf, registryPackage, rootPackage } from './support.ts';

const refusal = (text: string): UserError => {
  try {
    parseLock(text, 'uv.lock');
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('the lock was read');
};

describe('what a lock may hold', () => {
  test('every kind of source', () => {
    const commit = 'A'.repeat(40);
    const sources = [
      ['registry', '{ registry = "https://index.example/simple" }', { kind: 'registry' }],
      ['folder', '{ registry = "../wheels" }', { kind: 'registry-path', path: '../wheels' }],
      [
        'address',
        '{ url = "https://x.example/a.tar.gz", subdirectory = "s" }',
        { kind: 'url', subdirectory: 's' },
      ],
      ['file', '{ path = "a.tar.gz" }', { kind: 'path', path: 'a.tar.gz' }],
      ['tree', '{ directory = "d" }', { kind: 'directory', path: 'd' }],
      ['edit', '{ editable = "." }', { kind: 'editable', path: '.' }],
      ['virt', '{ virtual = "v" }', { kind: 'virtual', path: 'v' }],
      [
        'git',
        `{ git = "https://user:secret@x.example/r?subdirectory=a%2Fb&lfs=true&tag=v1#${commit}" }`,
        {
          kind: 'git',
          url: 'https://x.example/r',
          commit: commit.toLowerCase(),
          subdirectory: 'a/b',
          lfs: true,
          ref: { kind: 'tag', name: 'v1' },
        },
      ],
    ] as const;
    for (const [name, source, expected] of sources) {
      const lock = lockOf(`[[package]]\nname = "${name}"\nversion = "1"\nsource = ${source}\n`);
      expect(lock.packages[0]?.source).toMatchObject(expected);
    }
  });

  test('no revision, unknown keys, `upload_time`, `distribution` and `dependency-groups` of older versions', () => {
    const lock = parseLock(
      `version = 1\nrequires-python = ">=3.11"\nnew = { x = 1 }\n[[distribution]]\nname = "a"\nversion = "1"\ncolour = "red"\nsource = { registry = "https://i.example" }\nsdist = { url = "https://i.example/a-1.tar.gz", upload_time = "2024-01-01T00:00:00Z" }\n[distribution.dependency-groups]\ndev = []\n`,
      'uv.lock',
    );
    expect(lock.revision).toBe(0);
    expect([...(lock.packages[0]?.groups.keys() ?? [])]).toEqual(['dev']);
    expect(lock.packages[0]?.sdist).toEqual({
      url: 'https://i.example/a-1.tar.gz',
      path: undefined,
      hash: undefined,
      size: undefined,
    });
  });

  test('one name at two versions, told apart by version and source', () => {
    const lock = lockOf(
      rootPackage(
        '{ name = "a", version = "2.0", source = { registry = "https://index.example/simple" }, marker = "os_name == \'nt\'" }',
      ),
      registryPackage('a', '1.0'),
      registryPackage('a', '2.0'),
    );
    expect(lock.packages[0]?.dependencies[0]?.package.version).toBe('2.0');
  });

  test('keys that are names of Object.prototype', () => {
    const lock = lockOf(
      registryPackage('constructor'),
      registryPackage(
        'to-string',
        '1',
        '[package.optional-dependencies]\nconstructor = [{ name = "constructor" }]\n',
      ),
    );
    expect(lock.byName.get('constructor')).toHaveLength(1);
    expect(lock.byName.get('valueOf')).toBeUndefined();
    expect(lock.packages[1]?.extras.get('constructor')).toHaveLength(1);
  });
});

describe('what is refused, and where', () => {
  const entry = registryPackage('a');
  test.each([
    ['no version', 'requires-python = ">=3"\n', 'lock-invalid', /'version' is missing/],
    ['version 2', 'version = 2\n', 'lock-version', /format version 2/],
    ['no requires-python', 'version = 1\n', 'lock-invalid', /'requires-python' is missing/],
    [
      'package without a name',
      `${HEADER}[[package]]\nversion = "1"\n`,
      'lock-invalid',
      /uv.lock:4 \(package number 1\): 'name' is missing/,
    ],
    [
      'package without a version',
      `${HEADER}${entry.replace('version = "1.0"\n', '')}`,
      'lock-invalid',
      /uv.lock:4 \(package 'a'\): 'version' is missing/,
    ],
    [
      'package without a source',
      `${HEADER}[[package]]\nname = "a"\nversion = "1"\n`,
      'lock-invalid',
      /'source' is missing/,
    ],
    [
      'a source of no known kind',
      `${HEADER}[[package]]\nname = "a"\nversion = "1"\nsource = { hg = "x" }\n`,
      'lock-invalid',
      /names none of registry/,
    ],
    [
      'a name that is a number',
      `${HEADER}[[package]]\nname = 5\n`,
      'lock-invalid',
      /'name' has to be a string, not a number/,
    ],
    [
      'packages that are no tables',
      `${HEADER}package = ["a"]\n`,
      'lock-invalid',
      /has to hold tables, not a string/,
    ],
    [
      'dependencies that are a string',
      `${HEADER}${registryPackage('a', '1', 'dependencies = "b"')}`,
      'lock-invalid',
      /'dependencies' has to be an array/,
    ],
    [
      'a negative size',
      `${HEADER}${entry.replace('size = 7', 'size = -7')}`,
      'lock-invalid',
      /'size' has to be a whole number/,
    ],
    [
      'a dependency that is not there',
      `${HEADER}${registryPackage('a', '1', 'dependencies = [{ name = "gone" }]')}`,
      'lock-invalid',
      /depends on 'gone', which the lock does not hold/,
    ],
    [
      'a dependency that fits two',
      `${HEADER}${rootPackage('{ name = "a" }')}${entry}${registryPackage('a', '2')}`,
      'lock-invalid',
      /fits 2 packages and names no source/,
    ],
    [
      'a dependency twice',
      `${HEADER}${rootPackage('{ name = "a" }, { name = "a" }')}${entry}`,
      'lock-invalid',
      /is there twice/,
    ],
    ['a package twice', `${HEADER}${entry}${entry}`, 'lock-invalid', /uv.lock:10 .*is there twice/],
    [
      'a marker that does not parse',
      `${HEADER}${registryPackage('a', '1', 'dependencies = [{ name = "a", marker = "os_name == " }]')}`,
      'lock-marker',
      /uv.lock:4 \(package 'a'\): the marker "os_name == " is not one that uv writes, from its column 1 /,
    ],
    [
      'a wheel of another version',
      `${HEADER}${entry.replace('1.0-py3', '1.1-py3')}`,
      'lock-invalid',
      /is not of version 1.0/,
    ],
    [
      'a wheel with no wheel name',
      `${HEADER}${entry.replace('.whl', '.zip')}`,
      'lock-invalid',
      /is not a wheel's file name/,
    ],
    [
      'a file name with a decoded slash',
      `${HEADER}${entry.replace('a-1.0', '..%2Fa-1.0')}`,
      'lock-invalid',
      /no url, path or filename/,
    ],
    [
      'a hash of unknown kind',
      `${HEADER}${entry.replace('sha256:', 'crc32:')}`,
      'lock-invalid',
      /does not begin with one of/,
    ],
    [
      'a hash that is too short',
      `${HEADER}${entry.replace(HASH, HASH.slice(0, -1))}`,
      'lock-invalid',
      /is not 64 hexadecimal digits/,
    ],
    [
      'a git source without a commit',
      `${HEADER}[[package]]\nname = "a"\nversion = "1"\nsource = { git = "https://u:secret@x.example/r#main" }\n`,
      'lock-invalid',
      /does not end in '#'/,
    ],
  ])('%s', (_, text, code, message) => {
    const error = refusal(text);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('secret');
  });

  test('merge conflicts are called by their name', () => {
    const error = refusal(`${HEADER}<<<<<<< HEAD\n[[package]]\n=======\n>>>>>>> other\n`);
    expect(error).toMatchObject({ code: 'merge-conflict', at: { file: 'uv.lock', line: 4 } });
  });

  test('invalid TOML with line and column', () => {
    expect(refusal('version = 1\nname = "open\n')).toMatchObject({ code: 'toml-syntax', at: { line: 2 } });
  });

  test.each([
    ['arrays', `x = ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`],
    ['inline tables', `x = ${'{a='.repeat(10_000)}1${'}'.repeat(10_000)}\n`],
    ['dotted keys', `a${'.a'.repeat(10_000)} = 1\n`],
    ['dotted keys with blanks', `a${' . a'.repeat(10_000)} = 1\n`],
    ['quoted dotted keys', `"!"${'."!"'.repeat(10_000)} = 1\n`],
    ['a header of dotted keys', `[a${'.a'.repeat(10_000)}]\n`],
    ['dotted keys inside of a package', `[[package]]\nname = "a"\nsource${'.a'.repeat(10_000)} = 1\n`],
  ])('10,000 levels of %s', (_, text) => expect(refusal(HEADER + text).code).toBe('toml-syntax'));
});
