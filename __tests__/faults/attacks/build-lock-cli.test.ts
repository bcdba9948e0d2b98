import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { run } from '../../support/nix/run.ts';
import { git } from '../../support/scenario/repository.ts';
import { nixPath, uvFod } from '../../support/scenario/small-project.ts';
import type { Entry } from '../support/pinned-index.ts';
import { changed, type Loose, of, type PinnedWorld, pinnedWorld, tool } from '../support/pinned-world.ts';
import { minutes } from '../support/world.ts';

// The build lock of a working tree, and what the main build makes of it.
let world: PinnedWorld;
let dir: string;
let pages: ReadonlyMap<string, Entry[]>;
const lockName = 'uv-fod.lock.json';

beforeAll(async () => {
  world = await pinnedWorld(true);
  pages = new Map(world.index.pages);
}, 2 * minutes);
beforeEach(async () => {
  dir = await mkdtemp(path.join(world.dir, 'clone-'));
  await git(world.dir, 'clone', '--quiet', world.repository.bare, dir);
  for (const [name, page] of pages) world.index.pages.set(name, page);
  world.index.asked.length = 0;
});
afterAll(() => world?.close());

const wheel = (file: string) => ({
  url: `${world.index.origin}/files/${file}`,
  hash: world.index.sri(file),
});
const system = (lock: Loose) => of(lock.systems, 'x86_64-linux');
const write = (text: string): Promise<void> => writeFile(path.join(dir, lockName), text);
const read = (): Promise<string> => readFile(path.join(dir, lockName), 'utf8');
const evil = () => world.index.asked.filter((url) => url.includes('evil'));
const swapped = (): string =>
  changed(world.right, ({ wheels }) => {
    wheels[tool] = wheel(`evil/${tool}`);
  });

attack(4, ['cli'], 'check: a wheel that was swapped in the working tree', async () => {
  await write(swapped());
  const { code, stdout } = await uvFod(['check', 'small', '--json'], dir);
  expect([code, JSON.parse(stdout).status]).toEqual([3, 'stale']);
  expect(evil()).toEqual([]);
});

attack(4, ['cli', 'update'], 'update puts back what was swapped, and downloads nothing of it', async () => {
  await write(swapped());
  expect(await uvFod(['update', 'small', '--no-verify'], dir)).toMatchObject({ code: 0 });
  expect(await read()).toBe(world.right);
  expect(evil()).toEqual([]);
});

attack(4, ['cli'], 'check: an older version in the working tree, that the index lists', async () => {
  const older = tool.replace('1.0', '0.9');
  await write(
    changed(world.right, (lock) => {
      lock.wheels = { [older]: wheel(older) };
      of(system(lock).environments, 'thing-1.0').wheels = [older];
    }),
  );
  const { code, stdout } = await uvFod(['check', 'small', '--json'], dir);
  expect([code, JSON.parse(stdout).status]).toEqual([3, 'stale']);
});

attack(
  4,
  ['cli'],
  'check: a newer version on the index makes the committed build lock not stale',
  async () => {
    const page = pages.get('buildtool') ?? [];
    world.index.pages.set('buildtool', [
      ...page,
      { filename: tool.replace('1.0', '2.0'), sha256: '0'.repeat(64) },
    ]);
    const { code, stdout } = await uvFod(['check', 'small', '--json'], dir);
    expect([code, JSON.parse(stdout).status]).toEqual([0, 'current']);
  },
);

attack(4, ['update'], 'a fork lets a run of mode: compute take its own build lock', async () => {
  const base = await world.repository.head();
  let workspace = '';
  const acted = await world.act({
    inputs: { mode: 'compute', token: '' },
    prepare: async (folder) => {
      workspace = folder;
      await writeFile(path.join(folder, lockName), swapped());
    },
    step: {
      ...{ eventName: 'pull_request', ref: 'refs/pull/7/merge' },
      event: {
        pull_request: {
          number: 7,
          base: { sha: base, ref: 'main', repo: { full_name: 'you/small' } },
          head: { ref: 'patch-1', repo: { full_name: 'stranger/small' } },
        },
      },
    },
  });
  expect({ code: acted.code, log: acted.code === 0 ? '' : acted.log }).toEqual({ code: 0, log: '' });
  const handed = JSON.parse(await readFile(path.join(workspace, 'uv-fod-result.json'), 'utf8')) as {
    proposed: { files: { path: string; content: string }[] }[];
  };
  const [file] = handed.proposed.flatMap(({ files }) => files);
  expect(file).toEqual({ path: lockName, content: world.right });
  expect(evil()).toEqual([]);
});

/** Builds the derivation by Nix alone. */
const build = () =>
  run('nix-build', ['--no-out-link', 'default.nix', '-A', 'small'], { cwd: dir, env: { NIX_PATH: nixPath } });

const builds: Readonly<Record<string, { change: (lock: Loose) => void; says: RegExp }>> = {
  'an address that reads a file of this machine': {
    change: ({ wheels }) => {
      of(wheels, tool).url = 'file:///etc/passwd';
    },
    says: /is not a build lock/,
  },
  'a wheel whose name leads out of its folder': {
    change: (lock) => {
      lock.wheels['../../x-1-py3-none-any.whl'] = wheel(tool);
      of(system(lock).environments, 'thing-1.0').wheels = ['../../x-1-py3-none-any.whl'];
    },
    says: /is not a build lock/,
  },
  'a folder outside of the source as a build': {
    change: ({ builds: all }) => {
      all['thing-1.0'] = { kind: 'directory', name: 'thing', version: '1.0', path: '../../..', requires: [] };
    },
    says: /outside of the source/,
  },
  'a git repository in the place of an sdist': {
    change: ({ builds: all }) => {
      const { name, version, requires, hash } = of(all, 'thing-1.0');
      const url = `${world.index.origin}/evil.git`;
      all['thing-1.0'] = {
        ...{ kind: 'git', name, version, requires, hash },
        ...{ url, commit: '1'.repeat(40) },
      };
    },
    says: /another source for thing-1\.0|out of date/,
  },
  'a key that nothing knows': {
    change: (lock) => {
      Object.assign(lock, { __proto: 1, constructor: { x: 1 } });
    },
    says: /not known here/,
  },
};
for (const [title, { change, says }] of Object.entries(builds))
  attack(4, ['nix'], `the main build stops at ${title}`, async () => {
    await write(changed(world.right, change));
    const { code, stderr } = await build();
    expect(code).not.toBe(0);
    expect(stderr).toMatch(says);
  });
