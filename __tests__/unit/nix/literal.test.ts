// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Nix's interpolation
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codeLiterals, stringAt } from '../../../src/nix/code-literals.ts';
import { isHashName, isUnsetHash, literalAt, nixString } from '../../../src/nix/literal.ts';
import { replaced } from '../../../src/nix/literal-candidates.ts';

/** Where Nix would say that `name` is. */
function positionOf(text: string, name: string) {
  const before = text.slice(0, text.indexOf(name)).split('\n');
  return { file: 'x.nix', line: before.length, column: Buffer.byteLength(before.at(-1) ?? '') + 1 };
}

describe('a string literal at a position', () => {
  test.each([
    ['{ version = "1.0"; }', 'version', '1.0'],
    ['{ é = 1; version = "1.0"; }', 'version', '1.0'],
    ['{\n  src.rev\n # why\n = /* old */ "a\\"b\\\\" ; }', 'src', 'a"b\\'],
    ['{ "x86_64-linux" = "h"; }', '"x86', 'h'],
    ['{ version = "\\n\\t\\r\\q"; }', 'version', '\n\t\rq'],
    ['{ version = "$$${x}"; }', 'version', undefined],
    ['{ version = "$${x}$"; }', 'version', '$${x}$'],
    ['{ version = "\\${x}"; }', 'version', '${x}'],
    ['{ version = "${x}"; }', 'version', undefined],
    ['{ inherit version; }', 'version', undefined],
    ['{ version = other; }', 'version', undefined],
    ["{ version = ''1.0''; }", 'version', '1.0'],
    ["{ version = ''  1.0''; }", 'version', '1.0'],
    ["{ version = ''\n1.0''; }", 'version', undefined],
    ["{ version = ''1.0''\\n''; }", 'version', undefined],
    ["{ version = ''${x}''; }", 'version', undefined],
    ['{ version = "unfinished', 'version', undefined],
  ])('%s', (text, name, value) => {
    expect(literalAt(text, positionOf(text, name))?.value).toBe(value);
  });

  test('beyond the file is none', () => {
    expect(literalAt('{ }', { file: 'x', line: 7, column: 1 })).toBeUndefined();
    expect(literalAt('{ }', { file: 'x', line: 1, column: 70 })).toBeUndefined();
  });

  test('what is written is what is read, whatever it says', () => {
    const unit = fc.oneof(
      fc.constantFrom('"', '\\', '$', '{', '}', '\n', '\r', '\t'),
      fc.string({ maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.string({ unit }), fc.string({ unit }), (value, next) => {
        const written = nixString(value);
        expect(stringAt(`${written};`, 0)).toEqual({ end: written.length, value });
        const text = `{ a = "x"; version = ${written}; b = "y"; }`;
        const literal = literalAt(text, positionOf(text, 'version'));
        if (!literal) throw new Error('not found');
        const after = replaced('x.nix', text, [{ place: literal, value: next }]);
        expect(after).toBe(`{ a = "x"; version = ${nixString(next)}; b = "y"; }`);
      }),
    );
  });

  test('all of one value are found, but none in a comment', () => {
    const found = codeLiterals('"a" "ab" a "a" # "a"').filter(({ value }) => value === 'a');
    expect(found.map(({ start }) => start)).toEqual([0, 11]);
  });
});

describe('a hash that is not there yet', () => {
  const fake = `sha256-${'A'.repeat(43)}=`;
  test.each([
    ['{ hash = ""; }', true],
    [`{ hash = "${fake}"; }`, true],
    ['{ hash = lib.fakeHash; }', true],
    ['{ hash = fakeSha256; }', true],
    ['{ hash = lib.fakeHashes; }', false],
    ['{ hash = hashes.x; }', false],
    [`{ hash = "${fake.replace('A=', 'Q=')}"; }`, false],
  ])('%s', (text, is) => {
    const bound = literalAt(text, positionOf(text, 'hash'));
    expect(bound !== undefined && isUnsetHash(bound.value)).toBe(is);
    const unset = codeLiterals(text).filter(({ name, value }) => isHashName(name) && isUnsetHash(value));
    expect(unset).toHaveLength(is ? 1 : 0);
  });

  test('is nothing but zeros', () => {
    expect(['', fake, '0'.repeat(52)].every(isUnsetHash)).toBe(true);
    expect(isUnsetHash('sha256-pVQ34cZYX3hlk6hF1aZ/n32xMqTF4Jmp0G0VGDU7iXc=')).toBe(false);
  });
});
