import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { replaceHash } from '../../../src/nix/literal.ts';
import { fakeHash, sriOfText } from '../../../src/system/sri.ts';

const old = sriOfText('old');
const next = sriOfText('next');

/** The position of the last `name` in a text, as Nix counts it. */
function positionOf(text: string, name: string) {
  const before = Buffer.from(text.slice(0, text.lastIndexOf(name)));
  const lines = before.toString('latin1').split('\n');
  return { file: '/x/default.nix', line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

describe('the literal at the position', () => {
  test.each([
    ['a plain binding', `{ hash = "${old}"; }`, `{ hash = "${next}"; }`],
    ['no space at all', `{hash="${old}";}`, `{hash="${next}";}`],
    [
      'comments and lines between',
      `{ hash # a\n = /* b ** */\n  "${old}" ; }`,
      `{ hash # a\n = /* b ** */\n  "${next}" ; }`,
    ],
    [
      'characters of several bytes before it',
      `{ ä = "ü€"; hash = "${old}"; }`,
      `{ ä = "ü€"; hash = "${next}"; }`,
    ],
    ['another line', `{\n  é = 1;\n  hash = "${old}";\n}`, `{\n  é = 1;\n  hash = "${next}";\n}`],
    ['Windows line ends', `{\r\n  hash = "${old}";\r\n}\r\n`, `{\r\n  hash = "${next}";\r\n}\r\n`],
  ])('is replaced: %s', (_, before, after) => {
    expect(replaceHash(before, positionOf(before, 'hash'), old, next)).toBe(after);
  });

  test('is the only one replaced, where the same hash stands elsewhere', () => {
    const before = `{ other.hash = "${old}"; # ${old}\n  hash = "${old}"; }`;
    expect(replaceHash(before, positionOf(before, 'hash'), old, next)).toBe(
      `{ other.hash = "${old}"; # ${old}\n  hash = "${next}"; }`,
    );
  });

  test.each(['x86_64-linux', '"x86_64-linux"'])('may be bound to a system: %s', (name) => {
    const before = `{ hash = { ${name} = "${old}"; aarch64-linux = "${old}"; }; }`;
    expect(replaceHash(before, positionOf(before, name), old, next)).toBe(
      `{ hash = { ${name} = "${next}"; aarch64-linux = "${old}"; }; }`,
    );
  });

  test.each(['""', 'lib.fakeHash', 'pkgs.lib.fakeHash', 'fakeHash'])(
    'may be a hash that is not there yet: %s',
    (value) => {
      const before = `{ hash = ${value}; }`;
      const current = value === '""' ? '' : fakeHash;
      expect(replaceHash(before, positionOf(before, 'hash'), current, next)).toBe(`{ hash = "${next}"; }`);
    },
  );
});

describe('anything else at the position is refused, with the position', () => {
  test.each([
    ['a variable', '{ hash = pinned; }'],
    ['inherit', '{ inherit hash; }'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Nix's, not JavaScript's
    ['interpolation', '{ hash = "sha256-${x}"; }'],
    ['a concatenation', `{ hash = "${old}" + ""; }`],
    ['an indented string', `{ hash = ''${old}''; }`],
    ['another hash than Nix evaluated', `{ hash = "${sriOfText('other')}"; }`],
  ])('%s', (_, text) => {
    expect(() => replaceHash(text, positionOf(text, 'hash'), old, next)).toThrow(
      /default\.nix:1:\d+ .*string literal/,
    );
  });

  test('a position beyond the file', () => {
    expect(() => replaceHash('{ }', { file: '/x.nix', line: 9, column: 1 }, old, next)).toThrow(/x\.nix:9:1/);
    expect(() => replaceHash('{ }', { file: '/x.nix', line: 1, column: 99 }, old, next)).toThrow(
      /x\.nix:1:99/,
    );
  });
});

test('whatever stands around it stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (left, right) => {
      const before = `${left}\nhash = "${old}";${right}`;
      const position = positionOf(`${left}\nhash`, 'hash');
      expect(replaceHash(before, position, old, next)).toBe(`${left}\nhash = "${next}";${right}`);
    }),
    { numRuns: 500 },
  );
});
