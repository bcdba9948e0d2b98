import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openCache } from '../../../src/fetch/cache.ts';
import { hashOutputs } from '../../../src/fetch/hash.ts';
import type { RunnerCache } from '../../../src/fetch/runner-cache.ts';
import { testNetwork } from '../../support/files/network.ts';
import { type FileServer, startFileServer } from '../../support/files/server.ts';

let server: FileServer;
let dir: string;
let calls: string[];
let warnings: string[];
beforeEach(async () => {
  server = await startFileServer();
  dir = await mkdtemp(path.join(tmpdir(), 'saved-'));
  [calls, warnings] = [[], []];
});
afterEach(async () => {
  await server.close();
  await rm(dir, { recursive: true, force: true });
});

const target = {
  ...{ system: 'x86_64-linux', python: '3.14.8', libc: 'glibc:2.39', packages: [], allPackages: false },
  ...{ extras: [], groups: [], defaultGroups: false },
};

async function hash(runner: Partial<RunnerCache>, names: readonly string[]): Promise<string | undefined> {
  const root = path.join(dir, 'cache');
  const artifacts = names.map((name) => server.wheel(`${name}-1-py3-none-any.whl`, Buffer.from(name)));
  const whole: RunnerCache = {
    restoreCache: async (_, key) => {
      calls.push(`restore ${key}`);
      return undefined;
    },
    saveCache: async (_, key) => {
      calls.push(`save ${key}`);
      return 1;
    },
    ...runner,
  };
  const log = { info: () => {}, warning: (text: string) => void warnings.push(text) };
  const tools = { network: testNetwork, cache: await openCache(root), cacheSize: 1e6 };
  const saved = { folder: path.join(root, 'artifacts-1'), runner: whole, log, maySave: true };
  return (await hashOutputs([{ target, artifacts }], dir, { ...tools, saved })).hashes[0]?.hash;
}

describe("artifacts in the runner's cache", () => {
  test('are restored and saved by the digests of the lock', async () => {
    await hash({}, ['a', 'b']);
    await hash({}, ['a', 'c']);
    expect(calls.map((call) => call.split(' ')[0])).toEqual(['restore', 'save', 'restore', 'save']);
    const [first, second, third] = calls.map((call) => call.split(' ')[1]);
    expect(first).toBe(second);
    expect(first).not.toBe(third);
  });

  test('are not saved again under the key that was found', async () => {
    await hash({ restoreCache: async (_, key) => key }, ['a']);
    expect(calls).toEqual([]);
  });

  test('are saved under the new key if those of another lock were found', async () => {
    await hash({ restoreCache: async (_, __, prefixes = []) => `${prefixes[0]}other` }, ['a']);
    expect(calls).toHaveLength(1);
  });

  test('cost time only if the cache is out of order', async () => {
    const broken = async (): Promise<never> => {
      throw new Error('the service is down');
    };
    const plain = await hash({}, ['a']);
    expect(await hash({ restoreCache: broken, saveCache: broken }, ['a'])).toBe(plain);
    expect(warnings).toHaveLength(2);
  });

  test('are left alone if nothing is downloaded at all', async () => {
    await hash({}, []);
    expect(calls).toEqual([]);
  });
});
