import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { run } from '../../support/nix/run.ts';
import type { Entry } from '../support/pinned-index.ts';
import {
  changed,
  checkProposed,
  expectStale,
  type Loose,
  of,
  type PinnedWorld,
  pinnedWorld,
  tool,
  withoutNix,
} from '../support/pinned-world.ts';
import { minutes } from '../support/world.ts';

// A fork's pull request changes the build lock, and nothing else.
let world: PinnedWorld;
let PATH: string;
let pages: ReadonlyMap<string, Entry[]>;
beforeAll(async () => {
  world = await pinnedWorld(true);
  PATH = await withoutNix(world.dir);
  pages = new Map(world.index.pages);
}, 2 * minutes);
beforeEach(() => {
  world.index.answer = undefined;
  for (const [name, page] of pages) world.index.pages.set(name, page);
});
afterAll(() => world?.close());

const proposed = (change: (lock: Loose) => void) => changed(world.right, change);
const url = (file: string): string => `${world.index.origin}/files/${file}`;
const wheel = (file: string) => ({ url: url(file), hash: world.index.sri(file) });
const system = (lock: Loose) => of(lock.systems, 'x86_64-linux');
const environment = (lock: Loose) => of(system(lock).environments, 'thing-1.0');
const thing = (lock: Loose) => of(lock.builds, 'thing-1.0');

attack(4, ['check'], 'another wheel under the right name, at a host that is allowed', async () => {
  const lock = proposed(({ wheels }) => {
    wheels[tool] = wheel(`evil/${tool}`);
  });
  const acted = await checkProposed(world, lock);
  await expectStale(world, acted, new RegExp(`wheels\\.${tool}\\.hash .* expected`));
  // The patch makes it what the base has.
  const dir = await mkdtemp(path.join(world.dir, 'patch-'));
  await writeFile(path.join(dir, 'uv-fod.lock.json'), lock);
  await writeFile(path.join(dir, 'p.patch'), acted.outputs.get('patch') ?? '');
  expect(await run('git', ['apply', 'p.patch'], { cwd: dir })).toMatchObject({ code: 0 });
  expect(await readFile(path.join(dir, 'uv-fod.lock.json'), 'utf8')).toBe(world.right);
});

attack(4, ['check'], 'a git repository in the place of an sdist', async () => {
  const lock = proposed(({ builds }) => {
    const { name, version, requires } = of(builds, 'thing-1.0');
    const hash = world.index.sri('thing-1.0.tar.gz');
    const git = { kind: 'git', url: `${world.index.origin}/evil.git`, commit: '1'.repeat(40) };
    builds['thing-1.0'] = { ...{ name, version, requires, hash }, ...git };
  });
  await expectStale(world, await checkProposed(world, lock), /builds\.thing-1\.0\.commit is unexpected/);
});

/** Build locks that are found out without Nix, each by its own way. */
const stale: Readonly<Record<string, { change: (lock: Loose) => void; says: RegExp }>> = {
  'the right address with another digest': {
    change: ({ wheels }) => {
      of(wheels, tool).hash = world.index.sri(`evil/${tool}`);
    },
    says: /\.hash is sha256-.*, expected sha256-/,
  },
  'an older version that the index lists, and that the requirements allow': {
    change: (lock) => {
      const older = tool.replace('1.0', '0.9');
      lock.wheels = { [older]: wheel(older) };
      environment(lock).wheels = [older];
    },
    says: /buildtool-0\.9.* expected \["buildtool-1\.0/,
  },
  'requirements that are left out with their environment': {
    change: (lock) => {
      thing(lock).requires = [];
      environment(lock).wheels = [];
      lock.wheels = {};
    },
    says: /builds\.thing-1\.0\.requires is \[\], expected \["buildtool/,
  },
  'a wheel of another package, which the index lists too, in an environment': {
    change: (lock) => {
      const other = 'othertool-1.0-py3-none-any.whl';
      lock.wheels[other] = wheel(other);
      environment(lock).wheels.push(other);
    },
    says: /othertool.*expected/,
  },
  'the digest of another plan': {
    change: (lock) => {
      system(lock).plan = world.index.sri('thing-1.0.tar.gz');
    },
    says: /plan is sha256-.*, expected/,
  },
  'a wheel that nothing refers to': {
    change: ({ wheels }) => {
      wheels['othertool-1.0-py3-none-any.whl'] = wheel('othertool-1.0-py3-none-any.whl');
    },
    says: /othertool-1\.0-py3-none-any\.whl is unexpected/,
  },
  'a backend that asks for one more package': {
    change: (lock) => {
      thing(lock).dynamicRequires = ['othertool'];
    },
    says: /dynamicRequires is unexpected/,
  },
  'keys that nothing knows, in every table': {
    change: (lock) => {
      Object.assign(lock, { extra: 1 });
      thing(lock).overrides = 'x';
      Object.assign(environment(lock), { more: [] });
    },
    says: /builds\.thing-1\.0\.overrides is unexpected; extra is unexpected/,
  },
};
for (const [title, { change, says }] of Object.entries(stale))
  attack(4, ['check'], title, async () =>
    expectStale(world, await checkProposed(world, proposed(change), { PATH }), says),
  );

attack(4, ['check'], 'a key twice, of which readers take one or the other', async () => {
  const twice = world.right.replace('"version": 1', `"wheels": {}, "version": 1`);
  const hidden = twice.replace(/\{\n/, '{ "wheels": { }, \n');
  await expectStale(world, await checkProposed(world, hidden, { PATH }), /a key is in it twice/);
});

attack(4, ['check'], 'an index that lists another digest than the base has', async () => {
  world.index.pages.set('buildtool', [{ filename: tool, sha256: 'e'.repeat(64) }]);
  const acted = await checkProposed(world, world.right, { PATH });
  await expectStale(world, acted, /buildtool-1\.0.* expected/);
  expect(acted.log).toContain('resolved again');
});

for (const [title, answer] of [
  ['is down', 503],
  ['answers with HTML that has no end', 200],
] as const)
  attack(4, ['check'], `an index that ${title} verifies nothing`, async () => {
    world.index.answer = (asked, response) => {
      if (!asked.startsWith('/simple/')) return false;
      response.writeHead(answer, { 'content-type': 'text/html' });
      response.end(`<a href="${'<a href="'.repeat(20_000)}`);
      return true;
    };
    const acted = await checkProposed(world, world.right, { PATH });
    await expectStale(world, acted, /cannot be verified/);
    // The maintainers' own run goes on, and says so.
    const own = await checkProposed(world, world.right, { PATH, own: true });
    expect(own.log).toContain('are not verified');
    expect(own.outputs.get('status')).toBe('current');
  });

attack(4, ['check'], 'a newer version, or a yanked one, makes nothing stale', async () => {
  const page = pages.get('buildtool') ?? [];
  const newer = { filename: tool.replace('1.0', '2.0'), sha256: '0'.repeat(64) };
  world.index.pages.set('buildtool', [...page.map((one) => ({ ...one, yanked: true })), newer]);
  const acted = await checkProposed(world, world.right, { PATH });
  expect([acted.code, acted.outputs.get('status')]).toEqual([0, 'current']);
  expect(acted.log).toContain('yanked');
  expect(world.index.asked).toContain('/simple/buildtool/');
});
