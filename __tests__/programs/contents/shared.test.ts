import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { compareContents } from '../../../src/contents/contents.ts';
import { plansOfLocks, targetOfLock } from '../../../src/contents/of-locks.ts';
import type { Contents } from '../../../src/contents/types.ts';
import { makeHashTools } from '../../../src/fetch/hash-tools.ts';
import { networkFrom } from '../../../src/fetch/network.ts';
import { silent } from '../../../src/system/log.ts';
import { parseLock } from '../../../src/uv/lock/parse.ts';
import { type FileServer, startFileServer } from '../../support/files/server.ts';
import { type LockedPackage, lockText, wheelOf } from './locked-packages.ts';

// Files that a changed package shares with unchanged ones, whose wheels are not in the cache: of an
// own derivation Nix fetched them.
let dir: string;
let server: FileServer;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'shared-'));
  server = await startFileServer();
});
afterAll(async () => {
  await server?.close();
  await rm(dir, { recursive: true, force: true });
});

const wheel = (name: string, version: string, shared: string): LockedPackage => ({
  ...{ name, version },
  files: wheelOf(name, version, [{ name: `shared_${shared}.py`, content: name }]),
});
const changed = (version: string): LockedPackage => {
  const texts = version === '2.0' ? ['tiny', 'large', 'gone'] : [];
  const files = texts.map((shared) => ({ name: `shared_${shared}.py`, content: 'changed' }));
  return { name: 'changed', version, files: wheelOf('changed', version, files) };
};
const unchanged = [
  wheel('tiny', '1.0', 'tiny'),
  wheel('large', '1.0', 'large'),
  wheel('gone', '1.0', 'gone'),
];

async function compared(wanted: 'at hand' | 'all'): Promise<Contents> {
  const [before, after] = ['1.0', '2.0'].map((version) => {
    // More than 500 MB with the others.
    const text = lockText([changed(version), ...unchanged], server);
    return parseLock(text.replace(/(large-1\.0.*size = )\d+/, '$1500000000'), 'uv.lock');
  });
  if (!before || !after) throw new Error('there are two locks');
  for (const at of server.answers.keys())
    if (at.endsWith('/gone-1.0-py3-none-any.whl')) server.answers.delete(at);
  const env = { PATH: process.env.PATH, XDG_CACHE_HOME: path.join(dir, wanted) };
  const tools = await makeHashTools(env, silent, () => networkFrom(env));
  const plans = [plansOfLocks(before, after, targetOfLock(after, 'x86_64-linux'))];
  return compareContents(plans, dir, tools, wanted);
}
const sharedIn = ({ packages }: Contents) =>
  packages.flatMap(({ changes }) => changes).filter(({ kind }) => kind === 'shared-file');

test('by default they are not downloaded, and one entry says so', async () => {
  const found = await compared('at hand');
  expect(sharedIn(found)).toEqual([]);
  expect(found.notCompared).toMatchObject([{ name: '3 unchanged packages', kinds: ['shared-file'] }]);
  expect(server.requests.filter((at) => !at.includes('/changed-'))).toEqual([]);
});

test('all are downloaded if that is wanted, within the limit; each that is not read is named', async () => {
  const found = await compared('all');
  expect(sharedIn(found)).toMatchObject([{ what: 'shared_tiny.py', detail: 'tiny' }]);
  const kinds = ['shared-file'];
  const missing = found.notCompared.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  expect(missing).toMatchObject([
    { ...{ name: 'gone', version: '1.0', kinds }, why: expect.stringMatching(/404|can't be downloaded/) },
    { ...{ name: 'large', version: '1.0', kinds }, why: expect.stringContaining('500 MB') },
  ]);
  expect(server.requests.some((at) => at.includes('/large-1.0'))).toBe(false);
});
