import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Position } from '../../../src/nix/answers.ts';
import { literalAt } from '../../../src/nix/literal.ts';
import { mayBe, replaced } from '../../../src/nix/literal-candidates.ts';
import { fakeHash, spellings, sriOf, sriOfText } from '../../../src/system/sri.ts';
import { anyCharacter } from '../../support/any-character.ts';

const old = sriOfText('old');
const next = sriOfText('next');

/** The position of the last `name` in a text, as Nix counts it. */
function positionOf(text: string, name: string) {
  const before = Buffer.from(text.slice(0, text.lastIndexOf(name)));
  const lines = before.toString('latin1').split('\n');
  return { file: '/x/default.nix', line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/**
 * What is written where Nix reports that a hash is bound; undefined if there is no such literal.
 */
function replaceHash(text: string, position: Position, value: string, after: string): string | undefined {
  const literal = literalAt(text, position);
  const isIt = literal && mayBe({ value, algorithm: 'sha256' }, literal);
  return isIt ? replaced(position.file, text, [{ place: literal, value: after }]) : undefined;
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
    ['an indented string', `{ hash = ''${old}''; }`, `{ hash = "${next}"; }`],
    ['the digest alone', `{ sha256 = hash = "${spellings(old)[0]}"; }`, `{ sha256 = hash = "${next}"; }`],
    ['hexadecimal', `{ hash = "${spellings(old)[1]}"; }`, `{ hash = "${next}"; }`],
    ['base32', `{ hash = "sha256:${spellings(old)[2]}"; }`, `{ hash = "${next}"; }`],
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

describe('anything else at the position is not it', () => {
  test.each([
    ['a variable', '{ hash = pinned; }'],
    ['inherit', '{ inherit hash; }'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Nix's, not JavaScript's
    ['interpolation', '{ hash = "sha256-${x}"; }'],
    ['a concatenation', `{ hash = "${old}" + ""; }`],
    ['another hash than Nix evaluated', `{ hash = "${sriOfText('other')}"; }`],
  ])('%s', (_, text) => {
    expect(replaceHash(text, positionOf(text, 'hash'), old, next)).toBeUndefined();
  });

  test('a position beyond the file', () => {
    expect(replaceHash('{ }', { file: '/x.nix', line: 9, column: 1 }, old, next)).toBeUndefined();
    expect(replaceHash('{ }', { file: '/x.nix', line: 1, column: 99 }, old, next)).toBeUndefined();
  });
});

test('whatever stands around it stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), fc.string({ unit: anyCharacter }), (left, right) => {
      const before = `${left}\nhash = "${old}";${right}`;
      const position = positionOf(`${left}\nhash`, 'hash');
      expect(replaceHash(before, position, old, next)).toBe(`${left}\nhash = "${next}";${right}`);
    }),
    { numRuns: 500 },
  );
});

test('four on one line are replaced together, and nothing else', () => {
  const line = (values: readonly string[]): string =>
    `{ hash = { ${values.map((value, at) => `s${at}-linux = ${value};`).join(' ')} }; }`;
  const before = line(['""', '""', 'lib.fakeHash', `"${old}"`]);
  const changes = [0, 1, 2, 3].map((at) => {
    const place = literalAt(before, positionOf(before, `s${at}-linux`));
    if (!place) throw new Error('not found');
    return { place, value: sriOfText(`${at}`) };
  });
  const after = line([0, 1, 2, 3].map((at) => `"${sriOfText(`${at}`)}"`));
  expect(replaced('/x.nix', before, changes)).toBe(after);
});

test('every form of a hash is that hash', () => {
  const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(digest, (bytes) => {
      const sri = `sha256-${Buffer.from(bytes).toString('base64')}`;
      for (const one of spellings(sri))
        expect([one, `sha256:${one}`, `sha256-${one}`].map((form) => sriOf(form))).toEqual([sri, sri, sri]);
    }),
  );
  expect(['', 'x', 'A'.repeat(43), 'g'.repeat(64), 'e'.repeat(52)].map((one) => sriOf(one))).toEqual(
    Array(5).fill(undefined),
  );
});
