import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { built, expectCode, nixBuild } from '../support/nix/nix.ts';
import { derivation, lock, pin, scratch, twoWheels, writeFiles } from '../support/nix/project.ts';
import { runText } from '../support/nix/run.ts';

const minutes = 60_000;
const remedy = "Run 'uv-fod update'";

let dir: string;
let remove: () => Promise<void>;
/** No other file of tests has wheels of these versions: this one deletes their store path. */
let stale: string;
beforeAll(async () => {
  ({ dir, remove } = await scratch('stale'));
  await writeFiles(dir, { 'default.nix': derivation(), 'project/pyproject.toml': twoWheels('1.15.0') });
  await lock(path.join(dir, 'project'));
  await pin(dir);
  [stale = ''] = await built(['-A', 'uvDeps'], dir);
  // The lock moves on; hash and build lock stay.
  await writeFile(path.join(dir, 'project/pyproject.toml'), twoWheels('1.17.0'));
  await lock(path.join(dir, 'project'));
}, 2 * minutes);
afterAll(() => remove());

describe('a uv.lock that changed under a hash that did not', () => {
  test('is no error to Nix: it takes the old output, and exits 0', async () => {
    expect(await built(['-A', 'uvDeps'], dir)).toEqual([stale]);
  });

  test(
    'stops the main build, which says what differs and what to do',
    async () => {
      const { code, stderr } = await nixBuild(['-A', 'env'], dir);
      expect(code).toBe(100);
      const ours = stderr.split('\n').filter((line) => line.startsWith('uv-fod: '));
      expect(ours).toHaveLength(1);
      expect(ours[0]).toContain('The hash of uvDeps is out of date');
      expect(ours[0]).toContain('+ six-1.17.0-py2.py3-none-any.whl, - six-1.15.0-py2.py3-none-any.whl');
      expect(ours[0]).toContain(remedy);
    },
    minutes,
  );

  test(
    'stops it also where a substituter serves the old output',
    async () => {
      const cache = `file://${dir}/cache`;
      await runText('nix', ['copy', '--to', cache, stale]);
      // Whatever refers to it goes first; nothing else in the store is touched.
      await runText('nix-store', ['--delete', stale]).catch(() => undefined);
      const options = ['--option', 'substituters', cache, '--option', 'require-sigs', 'false'];
      const { code, stderr } = await nixBuild(['-A', 'env', ...options], dir);
      expectCode(100, { code, stderr });
      expect(stderr).toContain(`copying path '${stale}' from '${cache}'`);
      expect(stderr).toContain('uv-fod: The hash of uvDeps is out of date');
    },
    minutes,
  );

  test(
    'the remedy is one: after it the build passes',
    async () => {
      await pin(dir);
      const [env = ''] = await built(['-A', 'env'], dir);
      const version = await runText(path.join(env, 'bin/python'), [
        '-I',
        '-c',
        'import six; print(six.__version__)',
      ]);
      expect(version).toBe('1.17.0');
    },
    2 * minutes,
  );
});

/** As far as these tests change it. */
interface Lock {
  systems: Record<string, { builds: string[]; environments: Record<string, object> }>;
  builds: Record<string, object>;
}

describe('a build lock', () => {
  const withLock = async (change: (lock: Lock) => void, body: () => Promise<void>): Promise<void> => {
    const file = path.join(dir, 'uv-fod.lock.json');
    const before = await readFile(file, 'utf8');
    const value = JSON.parse(before) as Lock;
    change(value);
    await writeFile(file, JSON.stringify(value));
    await body().finally(() => writeFile(file, before));
  };
  const failure = async (): Promise<string> => {
    const { code, stderr } = await nixBuild(['-A', 'env'], dir);
    expect(code).not.toBe(0);
    return stderr.replaceAll(/\s+/g, ' ');
  };

  test('of another version is refused', () =>
    withLock(
      (lock) => Object.assign(lock, { version: 2 }),
      async () =>
        expect(await failure()).toContain('is a build lock of version 2; this library reads version 1'),
    ));

  test('without this system says which systems it has', () =>
    withLock(
      (lock) => Object.assign(lock, { systems: { 'riscv64-linux': {} } }),
      async () => {
        const message = await failure();
        expect(message).toMatch(/has nothing for \S+-linux, only for riscv64-linux/);
        expect(message).toContain("Run 'uv-fod update'");
      },
    ));

  test(
    'that builds something else than uv.lock asks for stops the build',
    () =>
      withLock(
        (lock) => {
          const [system] = Object.values(lock.systems);
          system?.builds.push('ghost-1.0');
          Object.assign(system?.environments ?? {}, { 'ghost-1.0': { wheels: [], builds: [] } });
          Object.assign(lock.builds, {
            'ghost-1.0': { kind: 'directory', name: 'ghost', path: 'ghost', requires: [] },
          });
        },
        async () => expect(await failure()).toContain("Run 'uv-fod update'"),
      ),
    minutes,
  );

  test('that does not exist names the command that makes it', async () => {
    const file = path.join(dir, 'without.nix');
    const text = await readFile(path.join(dir, 'default.nix'), 'utf8');
    await writeFile(file, text.replaceAll('./uv-fod.lock.json', './nowhere.json'));
    const { code, stderr } = await nixBuild(['without.nix', '-A', 'env'], dir);
    expect(code).toBe(1);
    expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(/nowhere\.json does not exist.* Run 'uv-fod update'/);
  });
});
