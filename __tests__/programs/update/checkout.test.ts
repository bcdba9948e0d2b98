import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { childEnvironment } from '../../../src/system/environment.ts';
import { makeRun } from '../../../src/system/exec.ts';
import { openCheckout } from '../../../src/update/checkout.ts';
import { runText } from '../../support/nix/run.ts';

// When uv.lock was changed last decides whether maintenance is due.
let dir: string;
beforeAll(async () => {
  dir = await realpath(await mkdtemp(path.join(tmpdir(), 'checkout-')));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const run = makeRun(childEnvironment(process.env));
const days = ['2026-01-01', '2026-02-01', '2026-03-01'].map((day) => `${day}T00:00:00Z`);

/** Three commits, of which the second changes uv.lock. */
async function history(): Promise<string> {
  const root = path.join(dir, 'full');
  await mkdir(root);
  await runText('git', ['init', '--quiet', '--initial-branch=main', root]);
  for (const [index, day] of days.entries()) {
    await writeFile(path.join(root, 'other'), String(index));
    if (index < 2) await writeFile(path.join(root, 'uv.lock'), String(index));
    await runText('git', ['-C', root, 'add', '--all']);
    const env = { GIT_COMMITTER_DATE: day, GIT_AUTHOR_DATE: day };
    const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.com'];
    await runText('git', ['-C', root, ...who, 'commit', '--quiet', '--message', day], { env });
  }
  return root;
}

test('the date of the last commit that changed a file is found, also in a shallow checkout', async () => {
  const root = await history();
  const full = await openCheckout(root, run);
  expect(await full.dateOf(path.join(root, 'uv.lock'))).toBe(Date.parse(days[1] ?? ''));
  expect(await full.dateOf(path.join(root, 'missing'))).toBeUndefined();
  const shallow = path.join(dir, 'shallow');
  await runText('git', ['clone', '--quiet', '--depth=1', `file://${root}`, shallow]);
  const one = await openCheckout(shallow, run);
  expect(await one.dateOf(path.join(shallow, 'uv.lock'))).toBe(Date.parse(days[1] ?? ''));
  // Of a history that can't be fetched, the first commit here is no change of the file.
  const alone = path.join(dir, 'alone');
  await runText('git', ['clone', '--quiet', '--depth=1', `file://${root}`, alone]);
  await runText('git', ['-C', alone, 'remote', 'remove', 'origin']);
  expect(await (await openCheckout(alone, run)).dateOf(path.join(alone, 'uv.lock'))).toBeUndefined();
});
