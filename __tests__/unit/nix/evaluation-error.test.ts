import { expect, test } from '@jest/globals';
import { evaluationError } from '../../../src/nix/evaluation-error.ts';

const derivation = { file: '/r/default.nix', attribute: 'small' };
const run = async () => ({ code: 0, stdout: '', stderr: '' });

test("the log has Nix's error without the frames of the program's own expression", async () => {
  const stderr = `error:
       … while evaluating an attribute
         at /r/sets.nix:3:5:
            3|     a = { }.gone;

       … while calling the 'map' builtin
         at «string»:215:9:
          214|   found =

       error: attribute 'gone' missing
       at /r/sets.nix:1:60:
`;
  const { log } = await evaluationError(derivation, {}, { code: 1, stdout: '', stderr }, run);
  expect(log).toContain("error: attribute 'gone' missing\n       at /r/sets.nix:1:60:");
  expect(log).toContain('at /r/sets.nix:3:5:');
  expect(log).not.toContain('«string»');
});

test.each(['\n \t', '\n\n', '\r at /\r', '\n … \n\t'])(
  'a megabyte of %j in what Nix prints is read in linear time',
  async (text) => {
    const stderr = `error: ${text.repeat(1_000_000 / text.length)}end`;
    const { log } = await evaluationError(derivation, {}, { code: 1, stdout: '', stderr }, run);
    expect(log).toContain('end');
  },
);
