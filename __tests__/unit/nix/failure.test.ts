import { describe, expect, test } from '@jest/globals';
import { failureText, mismatches } from '../../../src/nix/failure.ts';
import { fakeHash, sriOfText } from '../../../src/system/sri.ts';

const got = sriOfText('got');
const drv = '/nix/store/00000000000000000000000000000000-deps.drv';
const expected = [{ drv, got }];

// The words of Nix 2.34 were seen in a run; those of Lix are from its source
// (src/libstore/build/local-derivation-goal.cc).
describe('hash mismatches', () => {
  test('as Nix says it', () => {
    const text = `error: hash mismatch in fixed-output derivation '${drv}':\n         specified: ${fakeHash}\n            got:    ${got}\n`;
    expect(mismatches([text])).toEqual(expected);
  });

  test('as Lix says it, with an address and two paths', () => {
    const text = [
      `error: hash mismatch in fixed-output derivation '${drv}':`,
      '    likely URL: https://files.index.example/a.whl',
      `     specified: ${fakeHash}`,
      `           got: ${got}`,
      ' expected path: /nix/store/11111111111111111111111111111111-deps',
      '      got path: /nix/store/22222222222222222222222222222222-deps',
    ].join('\n');
    expect(mismatches([text])).toEqual(expected);
  });

  test('one each, of several errors', () => {
    const one = `error: hash mismatch in fixed-output derivation '${drv}':\n specified: ${fakeHash}\n    got:    ${got}\n`;
    expect(mismatches([one, one])).toEqual([...expected, ...expected]);
    expect(mismatches([one + one])).toEqual([]);
  });

  test("not in a builder's own words, nor in an address of several lines", () => {
    expect(mismatches([`deps> got:    ${got}\n       > I got: version 1.2.3\n got: ${got}\n`])).toEqual([]);
    const address = `x\n specified: ${fakeHash}\n got: ${fakeHash}`;
    const text = `error: hash mismatch in fixed-output derivation '${drv}':\n likely URL: ${address}\n specified: ${fakeHash}\n got:    ${got}`;
    expect(mismatches([text])).toEqual([]);
  });
});

describe('the cause of a failure', () => {
  test('is the innermost error, without the trace', () => {
    const text =
      "error:\n       … while evaluating the attribute 'x'\n         at /a.nix:1:1:\n\n       error: undefined variable 'y'\n       at /a.nix:1:3:\n";
    expect(failureText(text)).toBe("undefined variable 'y'");
  });

  test('is the last line where there is no error, and says so where there is nothing', () => {
    expect(failureText('warning: a\nkilled\n\n')).toBe('killed');
    expect(failureText('')).toBe('Nix printed nothing');
  });
});
