// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Nix's interpolation
import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { run } from '../../support/nix/run.ts';
import { checkout } from '../../support/runner/runner.ts';
import { git } from '../../support/scenario/repository.ts';
import { uvFod } from '../../support/scenario/small-project.ts';
import type { Acted } from '../../support/scenario/world.ts';
import { type Addition, adding, type JudgedWorld, makeJudgedWorld, put } from '../support/judged-world.ts';
import { minutes } from '../support/world.ts';

// Paths of a lock, of links and of inputs that lead out of the repository.
let world: JudgedWorld;
const secret = 'secret-of-this-machine';
beforeAll(async () => {
  world = await makeJudgedWorld();
  await put(
    path.join(world.dir, 'secret/pyproject.toml'),
    `[project]\nname = "inner"\nversion = "1.0"\n[build-system]\nrequires = ["${secret}"]\n`,
  );
  await put(path.join(world.dir, 'secret/inner-1.0-py3-none-any.whl'), secret);
}, 2 * minutes);
afterAll(() => world?.close());

function expectOutside(acted: Acted): void {
  expect(acted.errors.map(({ title }) => title)).toEqual(['file-outside']);
  expect(acted.log + acted.summary).not.toContain(secret);
  expect({ left: acted.left, asked: world.allowed.asked }).toEqual({ left: '', asked: [] });
}

const wheelEntry = `wheels = [{ filename = "inner-1.0-py3-none-any.whl", hash = "sha256:${'0'.repeat(64)}" }]\n`;
const linked = (link: string, target: string) => async (workspace: string) => {
  await rm(path.join(workspace, link), { recursive: true, force: true });
  await mkdir(path.dirname(path.join(workspace, link)), { recursive: true });
  await symlink(target, path.join(workspace, link));
};

/** By mode: what the lock says, and what else the pull request does. */
const cases: readonly [
  ('update' | 'check' | 'compute')[],
  string,
  Addition,
  ((workspace: string) => Promise<void>)?,
][] = [
  [['update', 'check'], 'a directory above', { source: '{ directory = "../secret" }' }],
  [
    ['compute'],
    'an editable folder above, in a roundabout way',
    { source: '{ editable = "inner/../../secret" }' },
  ],
  [['check'], 'a virtual folder of the system', { source: '{ virtual = "/proc/self/cwd/../secret" }' }],
  [['update'], 'a folder that is a link out', {}, linked('inner', '../secret')],
  [['check'], 'a folder below a link out', { source: '{ directory = "a/secret" }' }, linked('a', '..')],
  [
    ['compute'],
    'a pyproject.toml that is a link out',
    {},
    linked('inner/pyproject.toml', '../../secret/pyproject.toml'),
  ],
  [
    ['update'],
    'a wheel above',
    { source: '{ path = "../secret/inner-1.0-py3-none-any.whl" }', more: wheelEntry },
  ],
  [
    ['check'],
    'a wheel that is a link to the environment of a process',
    { source: '{ path = "inner-1.0-py3-none-any.whl" }', more: wheelEntry },
    linked('inner-1.0-py3-none-any.whl', '/proc/self/environ'),
  ],
  [
    ['update'],
    'an sdist that is a link to a device',
    { source: '{ path = "inner-1.0.tar.gz" }', more: `sdist = { hash = "sha256:${'0'.repeat(64)}" }\n` },
    linked('inner-1.0.tar.gz', '/dev/zero'),
  ],
  [
    ['check'],
    'an index that is a folder of this machine',
    {
      source: '{ registry = "../secret" }',
      more: `wheels = [{ path = "inner-1.0-py3-none-any.whl", hash = "sha256:${'0'.repeat(64)}" }]\n`,
    },
  ],
];
for (const [modes, title, addition, prepare] of cases)
  attack(5, modes, title, async () => {
    for (const mode of modes)
      expectOutside(
        await world.proposed(
          async (workspace) => {
            await adding(addition)(workspace);
            await prepare?.(workspace);
          },
          { inputs: { mode, verify: 'false' } },
        ),
      );
  });

attack(5, ['publish'], "the result of another job, and the configuration, in git's own folder", async () => {
  for (const inputs of [
    { result: '.GIT/result.json' },
    { result: 'x/../../result.json' },
    { config: '.git/config' },
  ]) {
    const acted = await world.act({ inputs: { mode: 'publish', ...inputs } });
    expect(acted.errors.map(({ title }) => title)).toEqual(['input-invalid']);
  }
});

attack(5, ['update'], "a build lock in git's own folder is not written", async () => {
  let config = '';
  let at = '';
  const acted = await world.act({
    inputs: { mode: 'update', verify: 'false', 'pull-request': 'false' },
    prepare: async (workspace) => {
      at = path.join(workspace, '.git/hooks/uv-fod.lock.json');
      config = await readFile(path.join(workspace, '.git/config'), 'utf8');
      await mkdir(path.dirname(at), { recursive: true });
      await writeFile(at, await readFile(path.join(workspace, 'uv-fod.lock.json'), 'utf8'));
      const nix = path.join(workspace, 'default.nix');
      await writeFile(
        nix,
        (await readFile(nix, 'utf8')).replaceAll('./uv-fod.lock.json', './.git/hooks/uv-fod.lock.json'),
      );
    },
  });
  expect(acted.errors.map(({ title }) => title)).toEqual(['outside-checkout']);
  expect(await readFile(path.join(path.dirname(at), '../config'), 'utf8')).toBe(config);
});

attack(5, ['cli'], 'on the command line, with and without a repository', async () => {
  const work = await world.repository.checkout(path.join(world.dir, 'cli'));
  await adding({ source: '{ directory = "../secret" }' })(work);
  const commands = [['lock', 'small'], ['check', 'small'], ['plan'], ['hash', '--python', '3.14.8']];
  for (const command of commands) {
    const { code, stdout, stderr } = await uvFod(command, work);
    expect([code, stderr]).toEqual([1, expect.stringContaining('leads out of the repository')]);
    expect(stdout + stderr).not.toContain(secret);
  }
  await rm(path.join(work, '.git'), { recursive: true });
  const { code, stderr } = await uvFod(['plan'], work);
  expect([code, stderr]).toEqual([1, expect.stringContaining('leads out of the repository')]);
});

attack(5, ['nix'], "inside Nix builds the lock's source is all that is read", async () => {
  const work = await world.repository.checkout(path.join(world.dir, 'nix-source'));
  await rm(path.join(work, '.git'), { recursive: true });
  await adding({ source: '{ path = "inner-1.0-py3-none-any.whl" }', more: wheelEntry })(work);
  await linked('inner-1.0-py3-none-any.whl', '../secret/inner-1.0-py3-none-any.whl')(work);
  const target = path.join(world.dir, 'target.json');
  await writeFile(
    target,
    JSON.stringify({
      system: 'x86_64-linux',
      python: '3.14.8',
      libc: 'glibc:2.39',
      packages: [],
      allPackages: false,
      defaultGroups: false,
      extras: [],
      groups: [],
    }),
  );
  const out = path.join(world.dir, 'nix-out');
  const args = ['fetch', '--project', work, '--target', target, '--out', out];
  const { code, stderr } = await run(process.execPath, [path.join(checkout, 'dist/nix.js'), ...args]);
  expect([code, stderr]).toEqual([1, expect.stringContaining('leads out of the repository')]);
});

attack(5, ['update'], 'a folder beside the project, inside of the repository, is read', async () => {
  const work = await world.repository.checkout(path.join(world.dir, 'monorepo'));
  await git(work, 'rev-parse', 'HEAD');
  await mkdir(path.join(work, 'member'), { recursive: true });
  for (const file of ['uv.lock', 'pyproject.toml'])
    await writeFile(path.join(work, 'member', file), await readFile(path.join(work, file), 'utf8'));
  await adding({ source: '{ directory = "../inner" }' })(path.join(work, 'member'));
  await mkdir(path.join(work, 'inner'));
  const { code, stdout } = await uvFod(['plan', '--project', 'member'], work);
  expect([code, stdout]).toEqual([0, expect.stringContaining('../inner')]);
});

attack(
  5,
  ['update'],
  "hooks and the file system monitor of the checkout's git do not run when files are added",
  async () => {
    const marker = path.join(world.dir, 'started');
    const work = await world.repository.checkout(path.join(world.dir, 'hooks'));
    await writeFile(
      path.join(work, 'flake.nix'),
      '{ outputs = _: { legacyPackages.${builtins.currentSystem} = import ./default.nix { }; }; }\n',
    );
    await rm(path.join(work, 'uv-fod.lock.json'));
    await git(work, 'add', '--all');
    await git(work, 'commit', '--quiet', '--message', 'A flake without a build lock');
    const hook = path.join(work, '.git/hooks/post-index-change');
    await put(hook, `#!/bin/sh\ntouch ${marker}\n`);
    await chmod(hook, 0o755);
    await run('git', ['-C', work, 'config', 'core.fsmonitor', hook]);
    const { code, stderr } = await uvFod(['update', 'small', '--flake', '.', '--no-verify'], work);
    expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
    expect((await run('test', ['-e', marker])).code).toBe(1);
  },
);
