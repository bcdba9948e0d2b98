import { describe, expect, test } from '@jest/globals';
import { changedLiterals, codeLiterals } from '../../../src/nix/code-literals.ts';

const code = `{ pkgs ? import <nixpkgs> { }, old ? "0.9" }:
let version = "1.0"; # "in a comment"
in rec {
  uvDeps = uv-fod.fetchUvDeps { hash = { x86_64-linux = lib.fakeHash; aarch64-linux = "sha256-x"; }; };
  small = buildUvEnv rec {
    pname = "small"; /* "in another" */
    src = fetchgit { rev = "v\${version}"; url = http://a.example/b''c; hash = ""; };
    postInstall = ''
      echo "version = \\"1.0\\"" \${f "inner" ''x''} ''$ "'''"
    '';
    meta.mainProgram = with lib; if 1 == 2 then "a" else "b";
  };
}
`;

describe('literals of Nix code', () => {
  test('are those of the code, with what they are bound to and what is around them', () => {
    const found = codeLiterals(code).map(({ start, end, name, within }) => [
      code.slice(start, end),
      name,
      within.slice(0, -1).join(' '),
    ]);
    expect(found).toEqual([
      ['"0.9"', 'old', ''],
      ['"1.0"', 'version', ''],
      ['lib.fakeHash', 'x86_64-linux', 'uvDeps fetchUvDeps hash'],
      ['"sha256-x"', 'aarch64-linux', 'uvDeps fetchUvDeps hash'],
      ['"small"', 'pname', 'small buildUvEnv'],
      ['""', 'hash', 'small buildUvEnv src fetchgit'],
      ['"a"', 'mainProgram', 'small buildUvEnv meta'],
      ['"b"', 'mainProgram', 'small buildUvEnv meta'],
    ]);
  });

  test.each([
    ['nothing', code, []],
    ['a version', code.replace('"1.0"', '"1.1"'), ['1.1']],
    ['a hash where none was', code.replace('lib.fakeHash', '"sha256-y"'), ['sha256-y']],
    [
      'two literals',
      code.replace('"sha256-x"', '"sha256-z"').replace('hash = ""', 'hash = "q"'),
      ['sha256-z', 'q'],
    ],
  ])('compared with a text that changes %s', (_, after, values) => {
    expect(changedLiterals(code, after)?.map((one) => one.after)).toEqual(values);
  });

  test.each([
    ['a comment', code.replace('in a comment', 'in the comment')],
    ['what is in an indented string', code.replace('echo', 'curl')],
    ['what is in an interpolation', code.replace('"inner"', '"outer"')],
    ['an interpolated string', code.replace('"v$', '"w$')],
    ['a name', code.replace('pname', 'qname')],
    ['a space', code.replace('rec {', 'rec  {')],
    ['a line end', code.replaceAll('\n', '\r\n')],
    ['what follows', `${code} `],
    ['a literal by code', code.replace('"1.0"', 'builtins.readFile ./x')],
    ['a literal by one with an interpolation', code.replace('"1.0"', `"\${x}"`)],
    ['a literal by one with an escape', code.replace('"1.0"', '"\\n"')],
    ['a literal by two', code.replace('"1.0"', '"1.0" + "x"')],
  ])('none are compared with a text that changes %s', (_, after) => {
    expect(after).not.toBe(code);
    expect(changedLiterals(code, after)).toBeUndefined();
  });
});
