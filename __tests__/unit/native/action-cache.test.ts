import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type ActionCacheTools,
  isWorthIt,
  restoreArtifacts,
  saveArtifacts,
} from '../../../src/native/action-cache.ts';
import { openCache } from '../../../src/native/cache.ts';
import type { RunnerCache } from '../../../src/ports/runner-cache.ts';

let dir: string;
let folder: string;
let time: number;
let warnings: string[];
let runner: RunnerCache & { keys: () => Promise<string[]> };
let tools: ActionCacheTools;

/** A cache of one folder in a folder: exact key first, then the newest that begins with a restore key. */
function folderCache(store: string): typeof runner {
  const keys = async (): Promise<string[]> => (await readdir(store)).sort();
  return {
    keys,
    isFeatureAvailable: () => true,
    restoreCache: async ([target = ''], primaryKey, restoreKeys = []) => {
      const found = (await keys()).reverse();
      const key =
        found.find((name) => name === primaryKey) ??
        found.find((name) => restoreKeys.some((begin) => name.startsWith(begin)));
      if (key !== undefined) await cp(path.join(store, key), target, { recursive: true });
      return key;
    },
    saveCache: async ([source = ''], key) => {
      await cp(source, path.join(store, key), { recursive: true, errorOnExist: true, force: false });
      return 1;
    },
  };
}

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'action-cache-'));
  folder = path.join(dir, 'artifacts');
  await mkdir(path.join(dir, 'store'));
  runner = folderCache(path.join(dir, 'store'));
  warnings = [];
  time = 0;
  tools = {
    runner,
    log: {
      info: () => {},
      warning: (text) => void warnings.push(text),
      progress: () => {},
      group: (_, body) => body(),
    },
    now: () => (time += 1000),
  };
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const much = 5e9;
const slow = { bytes: much, milliseconds: 500_000 };
const request = (lock: string, missing = much) => ({ folder, lock, missing });
const save = async (lock: string, fetched = slow, missing = much) => {
  const restored = await restoreArtifacts(request(lock, missing), tools);
  return saveArtifacts(request(lock, missing), restored, fetched, await openCache(folder), 10, tools);
};

describe('the runner’s cache of artifacts', () => {
  test('a new lock finds what the last one saved', async () => {
    await mkdir(folder);
    await writeFile(path.join(folder, 'wheel'), 'bytes');
    expect(await save('aaa')).toBe(true);
    await rm(folder, { recursive: true });
    const restored = await restoreArtifacts(request('bbb'), tools);
    expect(restored).toMatchObject({ outcome: 'restored', key: 'uv-fod-artifacts-1-aaa' });
    expect(await readFile(path.join(folder, 'wheel'), 'utf8')).toBe('bytes');
  });

  test('the same lock is not saved twice, nor is a run that fetched nothing', async () => {
    expect(await save('aaa')).toBe(true);
    expect(await save('aaa')).toBe(false);
    expect(await save('bbb', { bytes: 0, milliseconds: 0 })).toBe(false);
    expect(await runner.keys()).toEqual(['uv-fod-artifacts-1-aaa']);
  });

  test('little is fetched rather than restored, and not saved', async () => {
    let asked = 0;
    const restoreCache: RunnerCache['restoreCache'] = async () => {
      asked += 1;
      return undefined;
    };
    const counting = { ...tools, runner: { ...runner, restoreCache } };
    expect(await restoreArtifacts(request('aaa', 2e6), counting)).toMatchObject({ outcome: 'not worth it' });
    expect(asked).toBe(0);
    expect(await save('aaa', { bytes: 20e6, milliseconds: 100 }, 20e6)).toBe(false);
  });

  test('what was measured decides: a slow index is worth a cache, a near one is not', async () => {
    expect(isWorthIt(110e6)).toBe(false);
    expect(await save('near', { bytes: 110e6, milliseconds: 300 }, 110e6)).toBe(false);
    expect(await save('slow', { bytes: 110e6, milliseconds: 60_000 }, 110e6)).toBe(true);
    // A new runner begins with nothing.
    await rm(folder, { recursive: true });
    expect(await restoreArtifacts(request('next', 110e6), tools)).toMatchObject({ outcome: 'restored' });
  });

  test('it is trimmed before it is saved', async () => {
    const cache = await openCache(folder);
    for (const [digit, size] of [
      ['a', 8],
      ['b', 8],
    ] as const) {
      const file = cache.temporary();
      await writeFile(file, 'x'.repeat(size));
      await cache.keep(file, `sha256:${digit.repeat(64)}`);
    }
    await save('aaa');
    const saved = await readdir(path.join(dir, 'store', 'uv-fod-artifacts-1-aaa', 'artifacts-1', 'sha256'));
    expect(saved).toHaveLength(1);
  });

  test.each(['', '{', '[]', '{"index":-1,"cache":"x"}', '{"index":1e999}'])(
    'rates of another version or of nobody (%s) are not believed',
    async (text) => {
      await mkdir(folder);
      await writeFile(path.join(folder, 'rates.json'), text);
      expect(await save('aaa', { bytes: 110e6, milliseconds: 300 }, 110e6)).toBe(false);
      expect(await save('bbb', { bytes: 110e6, milliseconds: 60_000 }, 110e6)).toBe(true);
    },
  );

  test('a runner without a cache, and one whose cache is broken, cost a warning at most', async () => {
    const none = { ...tools, runner: { ...runner, isFeatureAvailable: () => false } };
    expect(await restoreArtifacts(request('aaa'), none)).toMatchObject({ outcome: 'unavailable' });
    expect(warnings).toEqual([]);
    const fail = () => Promise.reject(new Error('503'));
    tools = { ...tools, runner: { ...runner, restoreCache: fail, saveCache: fail } };
    expect(await save('aaa')).toBe(false);
    expect(warnings).toEqual([
      expect.stringMatching(/restored \(503\).*fetched instead/),
      expect.stringMatching(/saved \(503\)/),
    ]);
  });
});
