import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'smol-toml';
import { locateKeys, pathKey } from '../../../src/config/locate.ts';
import { nearest } from '../../../src/system/suggest.ts';

const text = `# [no.header]
top = """
[inside] "quoted\\" = 1
""" # comment = 1

[[package]]
attribute = 'a = "b"'
list = [
  { file = "x", deep.er = 1 }, # [y]
  "]",
]

[package.releases]
"quoted key" = 1979-05-27T07:32:00Z

[[package]]
  attribute = ''''two''''
after = 1
`;

describe('positions of keys', () => {
  const found = locateKeys(text);
  test.each([
    [['top'], 2, 1],
    [['package', 0], 6, 3],
    [['package', 0, 'attribute'], 7, 1],
    [['package', 0, 'list', 0], 9, 3],
    [['package', 0, 'list', 0, 'file'], 9, 5],
    [['package', 0, 'list', 0, 'deep', 'er'], 9, 17],
    [['package', 0, 'list', 1], 10, 3],
    [['package', 0, 'releases'], 13, 2],
    [['package', 0, 'releases', 'quoted key'], 14, 1],
    [['package', 1], 16, 3],
    [['package', 1, 'attribute'], 17, 3],
    [['package', 1, 'after'], 18, 1],
  ])('%j', (path, line, column) => {
    expect(found.get(pathKey(path))).toEqual({ line, column });
  });

  test('there are no others', () => {
    expect(found.size).toBe(13);
  });
});

describe('of any document', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,5}$/);
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(new Date(0)));
  const { table } = fc.letrec<{ table: object; value: unknown }>((tie) => ({
    table: fc.dictionary(name, tie('value'), { maxKeys: 4, depthIdentifier: 'toml' }),
    value: fc.oneof(
      { depthSize: 'small', depthIdentifier: 'toml' },
      leaf,
      fc.array(leaf, { maxLength: 3 }),
      fc.array(tie('table'), { maxLength: 3, depthIdentifier: 'toml' }),
      tie('table'),
    ),
  }));

  test('every key is found on a line that has it', () => {
    fc.assert(
      fc.property(table, (document) => {
        const written = stringify(document);
        const lines = written.split('\n');
        for (const [path, { line, column }] of locateKeys(written)) {
          const last = (JSON.parse(path) as (string | number)[]).at(-1);
          if (typeof last === 'string')
            expect(lines[line - 1]?.slice(column - 1)).toMatch(new RegExp(`^(\\w.*)?${last}`));
        }
        const found = locateKeys(written);
        for (const path of pathsOf(document)) expect([path, found.has(pathKey(path))]).toEqual([path, true]);
      }),
    );
  });

  test('and of text that is none, it comes to an end', () => {
    const unit = fc.constantFrom(...'[]{}="\'.,# \na1\\');
    fc.assert(fc.property(fc.string({ unit }), (text) => void locateKeys(text)));
  });
});

/** Paths of everything that is bound to a value and is no table. */
function pathsOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null || value instanceof Date) return [path];
  if (Array.isArray(value) && value.length === 0) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

test('the nearest key, or none where nothing is near', () => {
  const keys = ['attribute', 'releases', 'group'];
  expect(nearest('atribute', keys)).toBe('attribute');
  expect(nearest('release', keys)).toBe('releases');
  expect(nearest('whatever', keys)).toBeUndefined();
});
