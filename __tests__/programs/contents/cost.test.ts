import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { startFileServer } from '../../support/files/server.ts';
import { uvFod } from '../../support/scenario/small-project.ts';
import { type LockedPackage, lockText, sdistOf, wheelOf } from './locked-packages.ts';

const systems = ['x86_64-linux', 'aarch64-linux'];
const platforms = ['cp314-cp314-manylinux_2_17_x86_64', 'cp314-cp314-manylinux_2_17_aarch64'];
const files = (version: string) => [{ name: 'one/__init__.py', content: version.repeat(1e5) }];
const pure = (name: string, version: string): LockedPackage => ({
  ...{ name, version },
  files: wheelOf(name, version, files(version)),
});
const native = (name: string, version: string): LockedPackage => ({
  ...{ name, version },
  files: Object.assign({}, ...platforms.map((tags) => wheelOf(name, version, files(version + tags), tags))),
});

test('each file of the changed packages is downloaded once, and no other', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'cost-'));
  const server = await startFileServer();
  try {
    const source = (version: string, backend: string): LockedPackage => ({
      ...{ name: 'source', version },
      files: sdistOf('source', version, backend),
    });
    const same = ['unchanged-a', 'unchanged-b'].map((name) => pure(name.replace('-', '_'), '1.0'));
    // On several systems one file may be compared with several others.
    const before = [
      ...[pure('splits', '1.0'), native('joins', '1.0'), pure('plain', '1.0'), native('both', '1.0')],
      source('1.0', 'one'),
    ];
    const after = [
      ...[native('splits', '2.0'), pure('joins', '2.0'), pure('plain', '2.0'), native('both', '2.0')],
      source('2.0', 'two'),
      pure('added', '1.0'),
    ];
    await writeFile(path.join(dir, 'old.lock'), lockText([...same, ...before], server));
    await writeFile(path.join(dir, 'uv.lock'), lockText([...same, ...after], server));
    const sizes = new Map(
      [...before, ...after]
        .flatMap((one) => Object.entries(one.files))
        .map(([name, { length }]) => [name, length]),
    );
    const bytes = (names: Iterable<string>): number =>
      [...names].reduce((sum, name) => sum + (sizes.get(name) ?? Infinity), 0);
    const asked = (): string[] => server.requests.map((at) => path.basename(at));
    const run = async (): Promise<{ packages: { changes: object[] }[]; notCompared: { name: string }[] }> => {
      const options = ['--contents', '--json', ...systems.flatMap((system) => ['--system', system])];
      const { code, stdout, stderr } = await uvFod(['diff', 'old.lock', 'uv.lock', ...options], dir, {
        XDG_CACHE_HOME: path.join(dir, 'cache'),
      });
      if (code !== 0) throw new Error(stderr);
      return JSON.parse(stdout).contents;
    };
    const contents = await run();
    expect(contents.notCompared.map(({ name }) => name)).toEqual(['2 unchanged packages']);
    expect(contents.packages).toHaveLength(after.length);
    expect(JSON.stringify(contents)).toContain('"was one of the source itself"');
    // The promise is 1.3 times the bytes of the changed packages.
    expect(bytes(asked())).toBeLessThanOrEqual(1.3 * bytes(sizes.keys()));
    expect(asked().sort()).toEqual([...sizes.keys()].sort());
    expect(await run()).toEqual(contents);
    expect(asked()).toHaveLength(sizes.size);
  } finally {
    await server.close();
    await rm(dir, { recursive: true, force: true });
  }
}, 60_000);
