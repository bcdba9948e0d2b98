import { expect, test } from '@jest/globals';
import { filesWith } from '../../../src/nix/literal-candidates.ts';
import { noSuchProgram } from '../../../src/system/run.ts';

test('without git a hash is looked for in the file of the derivation alone', async () => {
  const run = async () => ({ code: noSuchProgram, stdout: '', stderr: '' });
  const hash = { value: `sha256-${'A'.repeat(43)}=`, algorithm: 'sha256' };
  expect(await filesWith([hash], '/it', '/it/nix/default.nix', { run })).toEqual(['/it/nix/default.nix']);
});
