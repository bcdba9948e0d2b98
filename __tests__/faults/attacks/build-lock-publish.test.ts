import { mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { git } from '../../support/scenario/repository.ts';
import type { Acted } from '../../support/scenario/world.ts';
import type { Entry } from '../support/pinned-index.ts';
import { config, type Loose, of, type PinnedWorld, pinnedWorld, tool } from '../support/pinned-world.ts';
import { minutes, pullsOf } from '../support/world.ts';

// A build job that was taken over hands a build lock to the job that publishes, which has neither
// Nix nor uv.
const result = 'uv-fod-result.json';
const lockName = 'uv-fod.lock.json';
let world: PinnedWorld;
let PATH: string;
let computed: string;
/** What was there before the attack. */
let before: { readonly writes: number; readonly refs: string };
let pages: ReadonlyMap<string, Entry[]>;

beforeAll(async () => {
  world = await pinnedWorld(false);
  PATH = await mkdtemp(path.join(world.dir, 'without-uv-'));
  for (const name of ['git', 'curl']) await symlink(`/usr/bin/${name}`, path.join(PATH, name));
  pages = new Map(world.index.pages);
  computed = await compute();
}, 2 * minutes);
beforeEach(async () => {
  before = { writes: world.github.writes().length, refs: await world.repository.refs() };
  for (const [name, page] of pages) world.index.pages.set(name, page);
  world.index.answer = undefined;
  world.index.asked.length = 0;
});
afterAll(() => world?.close());

/** What the build job hands over, as text. */
async function compute(): Promise<string> {
  let workspace = '';
  const acted = await world.act({
    inputs: { mode: 'compute', token: '' },
    prepare: async (dir) => {
      workspace = dir;
    },
  });
  if (acted.code !== 0) throw new Error(`mode: compute ended with ${acted.code}:\n${acted.log}`);
  return readFile(path.join(workspace, result), 'utf8');
}

interface Handed {
  head: string;
  proposed: { files: { path: string; content: string }[] }[];
}

const edited =
  (change: (lock: Loose) => void) =>
  (text: string): string => {
    const lock = JSON.parse(text) as Loose;
    change(lock);
    return `${JSON.stringify(lock, null, 2)}\n`;
  };

/** Publishes what was computed, with another text of the build lock. */
const publish = (change: (text: string) => string, more = ''): Promise<Acted> =>
  world.act({
    inputs: { mode: 'publish' },
    env: { PATH },
    prepare: async (workspace) => {
      const value = JSON.parse(computed) as Handed;
      const file = value.proposed[0]?.files.find((one) => one.path === lockName);
      if (!file) throw new Error('there is no build lock in the result');
      file.content = change(file.content);
      if (more !== '') {
        const named = path.join(workspace, '.github/uv-fod.toml');
        const [hosts = ''] = (await readFile(named, 'utf8')).split('\n', 1);
        await writeFile(named, config(JSON.parse(hosts.replace(/^[^[]*/, '')) as string[], more));
        await git(workspace, 'commit', '--quiet', '--all', '--message', 'Publish no new builds');
        value.head = await git(workspace, 'rev-parse', 'HEAD');
      }
      await writeFile(path.join(workspace, result), JSON.stringify(value));
    },
  });

/** Refused, with the reason; nothing was written, and nothing of the attack was downloaded. */
async function expectRefused(acted: Acted, says: RegExp): Promise<void> {
  expect(acted.errors.map(({ title }) => title)).toEqual(['result-refused']);
  expect(acted.errors[0]?.message).toMatch(says);
  expect(acted.code).toBe(1);
  expect(world.github.writes()).toHaveLength(before.writes);
  expect(await world.repository.refs()).toBe(before.refs);
  expect(world.index.asked.filter((url) => url.includes('evil'))).toEqual([]);
}

const wheel = (file: string) => ({
  url: `${world.index.origin}/files/${file}`,
  hash: world.index.sri(file),
});
const system = (lock: Loose) => of(lock.systems, 'x86_64-linux');
const environment = (lock: Loose) => of(system(lock).environments, 'thing-1.0');
const thing = (lock: Loose) => of(lock.builds, 'thing-1.0');
const only = (file: string) => (lock: Loose) => {
  lock.wheels = { [file]: wheel(file) };
  environment(lock).wheels = [file];
};

const refused: Readonly<Record<string, { change: (lock: Loose) => void; says: RegExp }>> = {
  'another wheel under the right name': {
    change: ({ wheels }) => {
      wheels[tool] = wheel(`evil/${tool}`);
    },
    says: /lists buildtool-1\.0-py3-none-any\.whl with sha256-/,
  },
  'the right digest at another address of an allowed host': {
    change: ({ wheels }) => {
      of(wheels, tool).url = `${world.index.origin}/files/evil/${tool}`;
    },
    says: /lists buildtool-1\.0-py3-none-any\.whl at /,
  },
  'a wheel of another package for a requirement': {
    change: only('othertool-1.0-py3-none-any.whl'),
    says: /lacks buildtool/,
  },
  'a version that the index does not list': {
    change: only(tool.replace('1.0', '2.0')),
    says: /no index of the project lists buildtool-2\.0/,
  },
  'a wheel for another platform': {
    change: (lock) => {
      const other = 'buildtool-1.0-cp39-cp39-win32.whl';
      lock.wheels = { [other]: wheel(tool) };
      environment(lock).wheels = [other];
    },
    says: /does not fit x86_64-linux/,
  },
  'an sdist with another digest than uv.lock': {
    change: (lock) => {
      Object.assign(thing(lock), wheel('evil/thing-1.0.tar.gz'));
    },
    says: /builds\.thing-1\.0\.hash is sha256-/,
  },
  'requirements that the sdist does not have': {
    change: (lock) => {
      thing(lock).requires = ['buildtool', 'othertool'];
    },
    says: /requires is \["buildtool","othertool"\], expected/,
  },
  'a folder outside of the repository as one more build': {
    change: (lock) => {
      lock.builds.evil = { kind: 'directory', name: 'evil', path: '../../..', requires: [] };
      system(lock).builds.push('evil');
      system(lock).environments.evil = { wheels: [], builds: [] };
    },
    says: /builds\.evil is unexpected/,
  },
  'a git repository that an environment builds in turn': {
    change: (lock) => {
      const git = { kind: 'git', url: `${world.index.origin}/evil.git`, commit: '1'.repeat(40) };
      lock.builds['buildtool-1.0'] = { ...git, name: 'buildtool', version: '1.0', requires: [] };
      Object.assign(of(lock.builds, 'buildtool-1.0'), { hash: world.index.sri(tool) });
      Object.assign(environment(lock), { wheels: [], builds: ['buildtool-1.0'] });
      lock.wheels = {};
    },
    says: /it builds buildtool-1\.0, which is neither in the base nor on an index/,
  },
  'the builds of one more system': {
    change: (lock) => {
      lock.systems['riscv64-linux'] = structuredClone(system(lock));
    },
    says: /systems has a key of a form that is not allowed/,
  },
  'an address that reads a file': {
    change: ({ wheels }) => {
      of(wheels, tool).url = 'file:///etc/passwd';
    },
    says: /wheels\.buildtool-\S+\.url has a form that is not allowed/,
  },
  'the same package twice in an environment': {
    change: (lock) => {
      const older = tool.replace('1.0', '0.9');
      lock.wheels[older] = wheel(older);
      environment(lock).wheels.push(older);
    },
    says: /has buildtool twice/,
  },
};
for (const [title, { change, says }] of Object.entries(refused))
  attack(4, ['publish'], title, async () => expectRefused(await publish(edited(change)), says));

const raw: Readonly<Record<string, { change: (text: string) => string; says: RegExp }>> = {
  'a wheel called __proto__': {
    change: (text) => text.replace('"wheels": {', `"wheels": { "__proto__": { "url": "x" },`),
    says: /wheels has a key of a form that is not allowed/,
  },
  'a build lock nested 50,000 levels deep': {
    change: (text) => text.replace('"version"', `"x": ${'['.repeat(50_000)}${']'.repeat(50_000)}, "version"`),
    says: /nested more than/,
  },
  'a key twice': {
    change: (text) => text.replace('"version": 1', `"version": 1, "version": 1`),
    says: /a key is in it twice/,
  },
};
for (const [title, { change, says }] of Object.entries(raw))
  attack(4, ['publish'], title, async () => expectRefused(await publish(change), says));

attack(4, ['publish'], 'an index that is down verifies no new build', async () => {
  world.index.answer = (url, response) => {
    if (!url.startsWith('/simple/')) return false;
    response.writeHead(503).end();
    return true;
  };
  await expectRefused(await publish((text) => text), /cannot be verified/);
});

attack(4, ['publish'], 'a new resolution, where the base wants none published', async () =>
  expectRefused(
    await publish((text) => text, 'publish-new-builds = false\n'),
    /only the build job saw the build environment of thing-1\.0/,
  ),
);

// Last: it writes.
attack(4, ['publish', 'compute'], 'what only the build job saw is called that', async () => {
  const acted = await publish((text) => text);
  expect({ code: acted.code, log: acted.code === 0 ? '' : acted.log }).toEqual({ code: 0, log: '' });
  expect(await pullsOf(world)).toHaveLength(1);
  expect(acted.summary).toContain('the build environment of thing-1.0');
});
