// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Nix's interpolation
import { chmod, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { run } from '../../support/nix/run.ts';
import { runStep } from '../../support/runner/runner.ts';
import { git } from '../../support/scenario/repository.ts';
import type { Acted, ActOptions } from '../../support/scenario/world.ts';
import { type JudgedWorld, makeJudgedWorld, pullOf, put } from '../support/judged-world.ts';
import { minutes } from '../support/world.ts';

let world: JudgedWorld;
beforeAll(async () => {
  world = await makeJudgedWorld();
  await put(path.join(world.dir, 'outside/file.nix'), '"canary-outside"');
}, 2 * minutes);
afterAll(() => world?.close());

type Prepare = NonNullable<ActOptions['prepare']>;

/** Puts an expression in the place of the package's version. */
const versioned =
  (expression: string): Prepare =>
  async (workspace) => {
    const file = path.join(workspace, 'default.nix');
    const text = await readFile(file, 'utf8');
    await writeFile(
      file,
      text.replace('version = "1.0";', () => `version = ${expression};`),
    );
  };

const env = { AWS_SECRET_ACCESS_KEY: 'canary-aws', XDG_CANARY: 'canary-passed-on' };

function expectStopped(acted: Acted, code: string, why: RegExp): void {
  expect([acted.errors.map(({ title }) => title), acted.errors[0]?.message]).toEqual([
    [code],
    expect.stringMatching(why),
  ]);
  expect(acted.log + acted.summary).not.toContain('canary-');
  expect(world.inner.asked).toEqual([]);
  expect(acted.left).toBe('');
}

const forbidden = /is forbidden in (restricted|pure)/;
const cases: readonly ['check' | 'update' | 'compute', string, () => string, string, RegExp][] = [
  [
    'check',
    'reads the environment of processes',
    () => 'builtins.readFile (/. + "/proc/self/environ")',
    'evaluation-failed',
    forbidden,
  ],
  [
    'update',
    'lists the processes',
    () => 'toString (builtins.attrNames (builtins.readDir /proc))',
    'evaluation-failed',
    forbidden,
  ],
  [
    'compute',
    'imports a file above the checkout',
    () => 'import ../outside/file.nix',
    'evaluation-failed',
    forbidden,
  ],
  [
    'check',
    'copies a folder of this machine into the store',
    () => '"${/etc/ssl}"',
    'evaluation-failed',
    forbidden,
  ],
  [
    'update',
    'hashes a file of this machine',
    () => 'builtins.hashFile "sha256" /etc/passwd',
    'evaluation-failed',
    forbidden,
  ],
  [
    'check',
    'reads beside a folder of the Nix path',
    () => 'builtins.readFile (<nixpkgs> + "/../../package.json")',
    'evaluation-failed',
    forbidden,
  ],
  [
    'check',
    'starts a program',
    () => 'builtins.exec [ "touch" "/tmp/pwned-exec" ]',
    'evaluation-failed',
    /exec/,
  ],
  [
    'check',
    'fetches a tarball',
    () => `builtins.readFile (builtins.fetchTarball "${world.inner.origin}/t.tar.gz")`,
    'cannot-fetch',
    /is not among/,
  ],
  [
    'compute',
    'fetches a file of this machine',
    () => 'builtins.readFile (builtins.fetchurl "file:///etc/passwd")',
    'evaluation-failed',
    forbidden,
  ],
  [
    'check',
    'fetches a repository',
    () => `(builtins.fetchGit "${world.inner.origin}/x").outPath`,
    'cannot-fetch',
    /is not among/,
  ],
  [
    'check',
    'fetches a repository of this machine',
    () => '(builtins.fetchGit { url = "file:///etc"; }).outPath',
    'evaluation-failed',
    forbidden,
  ],
  [
    'update',
    'fetches a repository by ssh',
    () => '(builtins.fetchGit "ssh://git@127.0.0.1/x").outPath',
    'evaluation-failed',
    forbidden,
  ],
  [
    'check',
    'asks for a flake',
    () => `builtins.getFlake "git+${world.inner.origin}/x"`,
    'evaluation-failed',
    /'flakes' is disabled|getFlake/,
  ],
];
for (const [mode, title, expression, code, why] of cases)
  attack(5, [mode], `code of a fork ${title}`, async () => {
    const inputs = { mode, verify: 'false' };
    const status = code === 'cannot-fetch' && mode !== 'check' ? 'host-not-allowed' : code;
    expectStopped(await world.proposed(versioned(expression()), { env, inputs }), status, why);
    expect((await run('test', ['-e', '/tmp/pwned-exec'])).code).toBe(1);
  });

attack(5, ['check'], 'code of a fork reads no variable', async () => {
  const names = ['AWS_SECRET_ACCESS_KEY', 'INPUT_TOKEN', 'XDG_CANARY', 'HOME'];
  const seen = names.map((name) => `(builtins.getEnv "${name}")`).join(' ');
  const acted = await world.proposed(versioned(`throw "seen:\${toString [ ${seen} ]}:end"`), { env });
  expectStopped(acted, 'evaluation-failed', /seen: {3}:end/);
});

attack(5, ['check'], 'an allowed server redirects an evaluation inside', async () => {
  world.allowed.answer = (_, response) =>
    void response.writeHead(302, { location: `${world.inner.origin}/x` }).end();
  const fetched = `builtins.readFile (builtins.fetchurl "${world.allowed.origin}/x")`;
  expectStopped(await world.proposed(versioned(fetched)), 'cannot-fetch', /is not among/);
  expect(world.allowed.asked).toContain('/x');
});

attack(5, ['check'], 'code of a fork imports a link that leads out', async () => {
  const acted = await world.proposed(async (workspace) => {
    await symlink('../outside/file.nix', path.join(workspace, 'linked.nix'));
    await versioned('import ./linked.nix')(workspace);
  });
  expectStopped(acted, 'evaluation-failed', forbidden);
});

/** A flake of the pull request, committed as it would be. */
const flake =
  (outputs: string, inputs = ''): Prepare =>
  async (workspace) => {
    await writeFile(
      path.join(workspace, 'flake.nix'),
      `{ ${inputs} outputs = inputs: { small = ${outputs}; }; }\n`,
    );
    await git(workspace, 'add', '--all');
    await git(workspace, 'commit', '--quiet', '--message', 'A flake');
  };
const asFlake = { flake: '.', mode: 'check' };
for (const [title, outputs, inputs, why] of [
  ['reads a file of this machine', () => 'builtins.readFile /etc/passwd', () => '', forbidden],
  [
    'reads a folder of this machine as an input',
    () => 'builtins.readDir inputs.x',
    () => 'inputs.x = { url = "path:/etc/ssl"; flake = false; };',
    /./,
  ],
  [
    'asks for another flake',
    () => `builtins.getFlake "git+${world.inner.origin}/x?rev=${'1'.repeat(40)}"`,
    () => '',
    /is not among/,
  ],
  [
    'has an input inside',
    () => 'inputs.x',
    () => `inputs.x.url = "tarball+${world.inner.origin}/x.tar.gz";`,
    /is not among|lock/,
  ],
] as const)
  attack(5, ['check'], `a flake of a fork ${title}`, async () => {
    const acted = await world.proposed(flake(outputs(), inputs()), { inputs: asFlake, env });
    expect(['evaluation-failed', 'cannot-fetch']).toContain(acted.errors[0]?.title);
    expect(acted.errors[0]?.message).toMatch(why);
    expect([acted.left, world.inner.asked]).toEqual(['', []]);
  });

attack(5, ['check'], "settings of the checkout's own git start nothing", async () => {
  const marker = path.join(world.dir, 'started');
  const program = path.join(world.dir, 'program');
  await writeFile(program, `#!/bin/sh\ntouch ${marker}\nexit 1\n`);
  await chmod(program, 0o755);
  const workspace = await world.repository.checkout(path.join(world.dir, 'git-settings'));
  await flake('builtins.throw "evaluated"')(workspace);
  for (const hook of ['post-index-change', 'reference-transaction', 'post-checkout'])
    await put(path.join(workspace, '.git/hooks', hook), await readFile(program, 'utf8'));
  await run('chmod', ['-R', '+x', path.join(workspace, '.git/hooks')]);
  const keys = ['core.fsmonitor', 'core.sshCommand', 'filter.x.clean', 'filter.x.process', 'diff.external'];
  for (const key of [...keys, 'credential.helper', 'core.alternateRefsCommand', 'core.pager'])
    await run('git', ['-C', workspace, 'config', key, program]);
  await put(path.join(workspace, '.git/info/attributes'), '* filter=x\n');
  // Its content is new, so that git has to compare it.
  await writeFile(path.join(workspace, 'default.nix'), '{ }\n');
  await run('rm', ['-f', marker]);
  const { log } = await runStep({
    ...{ workspace, repository: 'you/small', github: world.github.url, sha: world.base },
    ...{ eventName: 'pull_request', ref: 'refs/pull/7/merge', event: pullOf(world.base) },
    inputs: { attribute: 'small', ...asFlake },
  });
  expect(log).toContain('evaluated');
  expect((await run('test', ['-e', marker])).code).toBe(1);
});

attack(5, ['check'], 'a program of the checkout does not win, wherever PATH looks', async () => {
  const marker = path.join(world.dir, 'started-by-name');
  const acted = await world.proposed(
    async (workspace) => {
      for (const name of ['git', 'nix-instantiate', 'nix-build', 'uv']) {
        await writeFile(path.join(workspace, name), `#!/bin/sh\ntouch ${marker}\n`);
        await chmod(path.join(workspace, name), 0o755);
      }
    },
    { env: { PATH: `.::${process.env.PATH}` } },
  );
  expect((await run('test', ['-e', marker])).code).toBe(1);
  expect(acted.outputs.get('status')).toBe('stale');
});
