import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dataLiteralAt, dataLiterals, pointerPath } from '../../../src/nix/data-literals.ts';

const jsonStringAt = (text: string, pointer: string) => dataLiteralAt(text, 'json', pointerPath(pointer));

describe('a string in JSON, by pointer', () => {
  const text =
    '{ "a": [1, {"b": "x", "c/d": "\\u0041\\"" }, "z"],\n "": {"~": "t"}, "twice": "1", "twice": "2", "n": null }';
  test.each([
    ['/a/1/b', 'x'],
    ['/a/1/c~1d', 'A"'],
    ['/a/2', 'z'],
    ['//~0', 't'],
    ['/a', undefined],
    ['/a/0', undefined],
    ['/a/3', undefined],
    ['/a/01', undefined],
    ['/a/-', undefined],
    ['/n', undefined],
    ['/n/x', undefined],
    ['/a/1/b/c', undefined],
    ['/__proto__', undefined],
    // Of two members of one name Nix takes the last.
    ['/twice', '2'],
  ])('%s', (pointer, value) => {
    expect(jsonStringAt(text, pointer)?.value).toBe(value);
  });

  test('is found in any document, however it is written, and replacing it changes nothing else', () => {
    const json = fc.jsonValue({ maxDepth: 4 });
    const indent = fc.constantFrom(undefined, 1, '\t');
    fc.assert(
      fc.property(json, indent, fc.string(), (value, space, next) => {
        const written = JSON.stringify(value, null, space);
        for (const { pointer, at } of strings(value)) {
          const found = jsonStringAt(written, pointer);
          expect(found?.value).toBe(at());
          if (!found) continue;
          const replaced = `${written.slice(0, found.start)}${JSON.stringify(next)}${written.slice(found.end)}`;
          expect(jsonStringAt(replaced, pointer)?.value).toBe(next);
          expect(replaced.length - written.length).toBe(
            JSON.stringify(next).length - (found.end - found.start),
          );
        }
      }),
    );
  });

  test('a hundred thousand brackets cost no stack', () => {
    const deep = `${'['.repeat(1000)}${']'.repeat(1000)}`;
    expect(jsonStringAt(`{"deep": ${deep}, "x": "y"}`, '/x')?.value).toBe('y');
  });
});

describe('strings of TOML', () => {
  const text = `# "not this" x = "nor this"
title = "a" # "nor this"
"quoted.key" = 'b'
many = ["c", { in = "d" }]
long = """e "inside" \\""""""
raw = '''f 'inside' # no comment'''
big = 9223372036854775807
day = 2026-01-01
[table."with dot".x86_64-linux]
hash = "g\\u0041"
[[list]]
hash = "h"
[[list]]
hash = "i"
`;

  test('are found with the path of their keys, and each can be replaced alone', () => {
    const found = dataLiterals(text, 'toml');
    expect(found.map(({ at, value }) => [at, value])).toEqual([
      ['title', 'a'],
      ['"quoted.key"', 'b'],
      ['many.0', 'c'],
      ['many.1.in', 'd'],
      ['long', 'e "inside" """'],
      ['raw', "f 'inside' # no comment"],
      ['table."with dot".x86_64-linux.hash', 'gA'],
      ['list.0.hash', 'h'],
      ['list.1.hash', 'i'],
    ]);
    for (const { at, start, end } of found) {
      const after = `${text.slice(0, start)}"new"${text.slice(end)}`;
      expect(dataLiterals(after, 'toml').map(({ value }) => value)).toEqual(
        found.map((one) => (one.at === at ? 'new' : one.value)),
      );
    }
  });

  test('of a text that is not TOML are an error', () => {
    expect(() => dataLiterals('a = "b', 'toml')).toThrow(SyntaxError);
    expect(() => dataLiterals('{', 'json')).toThrow(SyntaxError);
  });
});

interface Found {
  readonly pointer: string;
  readonly at: () => string;
}

/** Every string of a value, with its pointer. */
function strings(value: unknown, pointer = ''): Found[] {
  if (typeof value === 'string') return [{ pointer, at: () => value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    strings(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}
