import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ArtifactCache, openCache } from '../../../src/fetch/cache.ts';
import type { PlannedOutput } from '../../../src/fetch/hash.ts';
import { hashOutputs } from '../../../src/fetch/hash.ts';
import { fetchWheels } from '../../../src/fetch/inside-nix.ts';
import { narHash } from '../../../src/nix/nar.ts';
import type { Artifact } from '../../../src/uv/plan/artifact.ts';
import type { DeclaredTarget } from '../../../src/uv/plan/manifest.ts';
import { testNetwork } from '../../support/files/network.ts';
import { type FileServer, startFileServer } from '../../support/files/server.ts';

const cacheSize = 10_000_000;

let server: FileServer;
let dir: string;
let cache: ArtifactCache;
beforeEach(async () => {
  server = await startFileServer();
  dir = await mkdtemp(path.join(tmpdir(), 'native-'));
  cache = await openCache(path.join(dir, 'cache'));
});
afterEach(async () => {
  await server.close();
  await rm(dir, { recursive: true, force: true });
});

const on = (system: string, artifacts: readonly Artifact[]): PlannedOutput => {
  const target: DeclaredTarget = {
    ...{ system, python: '3.14.8', libc: 'glibc:2.39', packages: [], allPackages: false },
    ...{ extras: [], groups: [], defaultGroups: false },
  };
  return { target, artifacts };
};
const hash = (systems: readonly PlannedOutput[]) =>
  hashOutputs(systems, dir, { network: testNetwork, cache, cacheSize });

/** The same, from a tree on disk: what the fixed output's builder writes, archived and hashed. */
async function expected({ artifacts, target }: PlannedOutput): Promise<string> {
  const out = await mkdtemp(path.join(dir, 'out-'));
  await fetchWheels(artifacts, target, dir, out, await testNetwork());
  return narHash(out);
}

const bytes = (size: number, fill: string): Buffer => Buffer.alloc(size, fill);
const cached = async (): Promise<string[]> => {
  const found = await readdir(path.join(dir, 'cache'), { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
};

/** Makes all files of the cache older or younger by so many seconds. */
const utimesOfAll = async (seconds: number): Promise<void> => {
  for (const file of await cached()) {
    const time = (await stat(file)).mtimeMs / 1000 + seconds;
    await utimes(file, time, time);
  }
};

describe('hashOutputs', () => {
  test('gives what the tree on disk has, for both systems, and fetches what they share once', async () => {
    const shared = [
      server.wheel('zz-1-py3-none-any.whl', bytes(300_001, 'z')),
      server.wheel('Aa-1-py3-none-any.whl', bytes(7, 'a')),
      server.wheel('aa_b-1-py3-none-any.whl', Buffer.alloc(0)),
    ];
    const x86 = server.wheel('native-1-cp314-x86_64.whl', bytes(70_000, 'x'));
    const arm = server.wheel('native-1-cp314-aarch64.whl', bytes(80_000, 'y'));
    const systems = [on('x86_64-linux', [...shared, x86]), on('aarch64-linux', [arm, ...shared])];
    const result = await hash(systems);
    expect(server.requests).toHaveLength(5);
    expect(result.downloaded).toEqual({ files: 5, bytes: 450_008 });
    expect(result.hashes).toEqual([
      { system: 'x86_64-linux', hash: await expected(systems[0] as PlannedOutput), files: 4 },
      { system: 'aarch64-linux', hash: await expected(systems[1] as PlannedOutput), files: 4 },
    ]);
  });

  test('throws out what the cache has wrong, fetches that alone, and gives the same hash', async () => {
    const wheels = ['a', 'b', 'c', 'd'].map((name) =>
      server.wheel(`${name}-1-py3-none-any.whl`, bytes(50_000, name)),
    );
    const first = await hash([on('x86_64-linux', wheels)]);
    const [poisoned = '', torn = '', folder = ''] = await cached();
    await writeFile(poisoned, bytes(50_000, '!'));
    await writeFile(torn, '');
    await rm(folder);
    await mkdir(path.join(folder, 'x'), { recursive: true });
    server.requests.length = 0;
    const again = await hash([on('x86_64-linux', wheels)]);
    expect(again.hashes).toEqual(first.hashes);
    expect(server.requests).toHaveLength(3);
    for (const file of await cached()) expect(await stat(file)).toMatchObject({ size: 50_000 });
  });

  test('refuses bytes that are not those of the lock, and keeps none of them', async () => {
    const good = server.wheel('a-1-py3-none-any.whl', bytes(1000, 'a'));
    const bad = {
      ...server.wheel('b-1-py3-none-any.whl', bytes(1000, 'b')),
      hash: `sha256:${'0'.repeat(64)}`,
    };
    await expect(hash([on('x86_64-linux', [good, bad])])).rejects.toMatchObject({
      code: 'artifact-changed',
    });
    const kept = await Promise.all((await cached()).map((file) => readFile(file)));
    expect(kept).toEqual([bytes(1000, 'a')]);
  });

  test('asks for nothing where the cache has it all', async () => {
    const wheels = ['a', 'b'].map((name) => server.wheel(`${name}-1-py3-none-any.whl`, bytes(10, name)));
    const first = await hash([on('x86_64-linux', wheels)]);
    server.requests.length = 0;
    const network = () => Promise.reject(new Error('the network was asked for'));
    const again = await hashOutputs([on('x86_64-linux', wheels)], dir, {
      network,
      cacheSize,
      cache,
    });
    expect(again).toEqual({ hashes: first.hashes, downloaded: { files: 0, bytes: 0 } });
  });

  test('notes that an old file was of use, once it has been read', async () => {
    const wheel = server.wheel('a-1-py3-none-any.whl', bytes(1000, 'a'));
    const first = await hash([on('x86_64-linux', [wheel])]);
    const [file = ''] = await cached();
    await utimes(file, 1, 1);
    server.requests.length = 0;
    expect((await hash([on('x86_64-linux', [wheel])])).hashes).toEqual(first.hashes);
    expect(server.requests).toHaveLength(0);
    expect(Date.now() - (await stat(file)).mtimeMs).toBeLessThan(60_000);
  });

  test('after a bump fetches the bumped wheel', async () => {
    const old = ['a', 'b', 'c'].map((name) => server.wheel(`${name}-1-py3-none-any.whl`, bytes(1000, name)));
    await hash([on('x86_64-linux', old)]);
    const sent = server.sent();
    await hash([
      on('x86_64-linux', [...old.slice(1), server.wheel('a-2-py3-none-any.whl', bytes(1234, 'A'))]),
    ]);
    expect(server.sent() - sent).toBe(1234);
  });

  test('takes wheels with other digests, without one, and beside the lock', async () => {
    await writeFile(path.join(dir, 'local-1-py3-none-any.whl'), bytes(5000, 'l'));
    const { createHash } = await import('node:crypto');
    const sha512 = `sha512:${createHash('sha512').update(bytes(99, 's')).digest('hex')}`;
    const { hash: _, ...bare } = server.wheel('bare-1-py3-none-any.whl', bytes(999, 'b'));
    const local: Artifact = {
      ...{ name: 'local', version: '1', kind: 'wheel' },
      ...{ filename: 'local-1-py3-none-any.whl', path: 'local-1-py3-none-any.whl' },
    };
    const system = on('x86_64-linux', [
      local,
      bare,
      server.wheel('long-1-py3-none-any.whl', bytes(99, 's'), { hash: sha512 }),
    ]);
    const want = await expected(system);
    server.requests.length = 0;
    expect((await hash([system])).hashes[0]?.hash).toBe(want);
    expect((await hash([system])).hashes[0]?.hash).toBe(want);
    // Nothing vouches for the one without a digest, so it is never taken from the cache.
    expect(server.requests.sort()).toEqual([
      '/bare-1-py3-none-any.whl',
      '/bare-1-py3-none-any.whl',
      '/long-1-py3-none-any.whl',
    ]);
  });

  test('an empty plan has a hash, too', async () => {
    const system = on('x86_64-linux', []);
    expect((await hash([system])).hashes[0]?.hash).toBe(await expected(system));
  });

  test('the same name with other bytes is another file', async () => {
    const one = server.wheel('a-1-py3-none-any.whl', bytes(10, '1'));
    const other = {
      ...server.wheel('copy-1-py3-none-any.whl', bytes(20, '2')),
      filename: one.filename as string,
    };
    const systems = [on('x86_64-linux', [one]), on('aarch64-linux', [other])];
    expect((await hash(systems)).hashes.map((item) => item.hash)).toEqual([
      await expected(systems[0] as PlannedOutput),
      await expected(systems[1] as PlannedOutput),
    ]);
  });

  test.each([
    ['is missing', 'artifact-unreachable', async () => {}],
    ['is a folder', 'artifact-changed', () => symlink('cache', path.join(dir, 'local-1-py3-none-any.whl'))],
    ['is another file', 'artifact-changed', () => writeFile(path.join(dir, 'local-1-py3-none-any.whl'), 'x')],
  ])('a wheel beside the lock that %s', async (_, code, make) => {
    await make();
    const local: Artifact = {
      ...{ name: 'local', version: '1', kind: 'wheel', hash: `sha256:${'0'.repeat(64)}` },
      ...{ filename: 'local-1-py3-none-any.whl', path: 'local-1-py3-none-any.whl' },
    };
    await expect(hash([on('x86_64-linux', [local])])).rejects.toMatchObject({ code });
  });

  test.each(['../x.whl', '', 'a/b.whl', '.hidden', 'a\n.whl'])('%j is no file name', async (filename) => {
    await expect(
      hash([on('x86_64-linux', [server.wheel('a-1-py3-none-any.whl', bytes(1, 'a'), { filename })])]),
    ).rejects.toMatchObject({ code: 'artifact-name' });
  });

  test('two packages with one file name', async () => {
    const one = server.wheel('a-1-py3-none-any.whl', bytes(1, 'a'));
    await expect(hash([on('x86_64-linux', [one, { ...one, name: 'b' }])])).rejects.toMatchObject({
      code: 'artifact-name',
    });
  });

  test('after a failure nothing else is fetched, and no temporary file is left', async () => {
    const wheels = Array.from({ length: 200 }, (_, n) =>
      server.wheel(`p${String(n).padStart(3, '0')}-1-py3-none-any.whl`, bytes(10, 'p')),
    );
    const gone = server.wheel('a-1-py3-none-any.whl', bytes(1, 'a'), { url: `${server.origin}/gone` });
    await expect(hash([on('x86_64-linux', [gone, ...wheels])])).rejects.toMatchObject({
      code: 'artifact-unreachable',
    });
    expect(server.requests.length).toBeLessThan(100);
    expect(await readdir(path.join(dir, 'cache', 'artifacts-1', 'tmp'))).toEqual([]);
  });

  test('keeps the cache within its size, what was fetched last first', async () => {
    const wheel = (name: string) => server.wheel(`${name}-1-py3-none-any.whl`, bytes(4_000_000, name));
    for (const name of ['a', 'b', 'c']) {
      await hash([on('x86_64-linux', [wheel(name)])]);
      await utimesOfAll(-60);
    }
    const kept = await Promise.all((await cached()).map(async (file) => (await readFile(file))[0]));
    expect(Buffer.from(kept.map(Number)).toString()).toHaveLength(2);
    expect(kept).toContain('c'.charCodeAt(0));
  });

  test('processes that share a cache do not disturb each other', async () => {
    const wheels = ['a', 'b', 'c', 'd'].map((name) =>
      server.wheel(`${name}-1-py3-none-any.whl`, bytes(200_000, name)),
    );
    const results = await Promise.all([1, 2, 3].map(() => hash([on('x86_64-linux', wheels)])));
    expect(new Set(results.map(({ hashes }) => hashes[0]?.hash)).size).toBe(1);
    expect(await cached()).toHaveLength(4);
  });
});
