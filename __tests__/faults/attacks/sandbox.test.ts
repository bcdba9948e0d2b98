import { spawn } from 'node:child_process';
import { access, chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { runText } from '../../support/nix/run.ts';
import { nixPath, uvFod } from '../../support/scenario/small.ts';
import { type Acted, type ActOptions, makeWorld, type World } from '../../support/scenario/world.ts';
import { change } from '../support/hostile-wheel.ts';
import { minutes } from '../support/world.ts';

// Machines whose Nix has no sandbox, or one with holes. Each run has a cache folder of its own
// unless it is about that folder.
let world: World;
let base: string;
let runs = 0;

beforeAll(async () => {
  world = await makeWorld();
  base = await world.repository.head();
}, 2 * minutes);
afterAll(() => world?.close());

const off = 'sandbox = false';

/** A run that opens a pull request, with a token that may write. */
async function act(env: Record<string, string>, options: ActOptions = {}): Promise<Acted> {
  const XDG_CACHE_HOME = await folder(`cache-${++runs}`);
  return world.act({ ...options, env: { XDG_CACHE_HOME, ...env } });
}

/** A check of a fork's pull request. */
const check = (env: Record<string, string>, options: ActOptions = {}): Promise<Acted> =>
  act(env, {
    ...options,
    inputs: { mode: 'check', ...options.inputs },
    step: {
      eventName: 'pull_request',
      ref: 'refs/pull/7/merge',
      event: {
        pull_request: {
          number: 7,
          base: { sha: base, ref: 'main' },
          head: { ref: 'x', repo: { full_name: 'evil/small' } },
        },
      },
    },
  });

async function folder(name: string): Promise<string> {
  const dir = path.join(world.dir, name);
  await mkdir(dir, { recursive: true });
  return dir;
}

async function configured(dir: string, text: string): Promise<string> {
  const file = path.join(dir, 'nix.conf');
  await mkdir(dir, { recursive: true });
  await writeFile(file, text);
  return file;
}

/** One refusal, before anything was evaluated, fetched, built or published. */
function expectRefused(acted: Acted): void {
  expect(acted.errors.map(({ title }) => title)).toEqual(['no-sandbox']);
  expect({ code: acted.code, left: acted.left, outputs: acted.outputs.size }).toEqual({
    code: 1,
    left: '',
    outputs: 0,
  });
  expect(acted.log).not.toMatch(/::group::|building '/);
  expect(world.github.requests).toEqual([]);
}

attack(2, ['update', 'check'], 'NIX_CONFIG turns the sandbox off', async () => {
  expectRefused(await act({ NIX_CONFIG: off }));
  expectRefused(await check({ NIX_CONFIG: off }));
});

attack(2, ['update'], "the user's nix.conf turns it off", async () => {
  const XDG_CONFIG_HOME = await folder('config');
  await configured(path.join(XDG_CONFIG_HOME, 'nix'), off);
  expectRefused(await act({ XDG_CONFIG_HOME }));
});

attack(2, ['check'], 'a file of NIX_USER_CONF_FILES turns it off', async () => {
  expectRefused(await check({ NIX_USER_CONF_FILES: await configured(await folder('user-conf'), off) }));
});

attack(2, ['update'], "the machine's nix.conf turns it off", async () => {
  const text = (await readFile('/etc/nix/nix.conf', 'utf8')).replace(/^sandbox = true$/m, off);
  const NIX_CONF_DIR = await folder('conf-dir');
  await configured(NIX_CONF_DIR, text);
  expectRefused(await act({ NIX_CONF_DIR }));
});

attack(2, ['check'], 'a fork asks for no sandbox (__noChroot) where it is relaxed', async () => {
  const mark = path.join(world.dir, 'opted-out');
  const prepare = optingOut(mark);
  expectRefused(await check({ NIX_CONFIG: 'sandbox = relaxed' }, { prepare }));
  await expect(access(mark)).rejects.toThrow();
});

attack(2, ['update'], 'a derivation that asks for no sandbox does not get it where it is on', async () => {
  const mark = path.join(world.dir, 'asked');
  const acted = await act({}, { prepare: optingOut(mark), inputs: { 'pull-request': 'false' } });
  expect(acted.errors.map(({ title }) => title)).toEqual(['build-failed']);
  await expect(access(mark)).rejects.toThrow();
});

const optingOut = (mark: string) =>
  change('default.nix', (text) =>
    text.replace('version = "1.0";', `version = "1.0"; __noChroot = true; postInstall = "touch ${mark}";`),
  );

/** A folder for PATH whose nix-build can create no namespaces, as in an unprivileged container. */
async function withoutNamespaces(): Promise<string> {
  const bin = await folder('bin');
  const real = await runText('which', ['nix-build']);
  const limit = ['user', 'mnt', 'pid']
    .map((one) => `echo 0 >/proc/sys/user/max_${one}_namespaces`)
    .join('; ');
  const text = `#!/bin/sh\nexec unshare --user --map-root-user sh -c '${limit}; exec ${real} "$@"' nix-build "$@"\n`;
  await writeFile(path.join(bin, 'nix-build'), text);
  await chmod(path.join(bin, 'nix-build'), 0o755);
  return `${bin}:${process.env.PATH}`;
}

for (const fallback of ['true', 'false'])
  attack(2, ['update'], `Nix can create no namespaces, and sandbox-fallback is ${fallback}`, async () => {
    const PATH = await withoutNamespaces();
    const env = { PATH, NIX_CONFIG: `sandbox = true\nsandbox-fallback = ${fallback}` };
    expectRefused(await act(env));
  });

attack(2, ['update'], 'the daemon has no sandbox, and the settings of the client say it has', async () => {
  const socket = path.join(await folder('daemon'), 'socket');
  const env = { ...process.env, NIX_DAEMON_SOCKET_PATH: socket, NIX_CONFIG: off };
  const daemon = spawn('nix-daemon', [], { env, stdio: 'ignore', detached: true });
  try {
    while (!(await readdir(path.dirname(socket))).includes('socket'))
      await new Promise((resolve) => setTimeout(resolve, 50));
    expectRefused(await act({ NIX_REMOTE: `unix://${socket}` }));
  } finally {
    if (daemon.pid !== undefined) process.kill(-daemon.pid, 'SIGKILL');
  }
});

attack(2, ['update'], "sandbox-paths shows the user's cache folder to builds", async () => {
  expectRefused(await act({ NIX_CONFIG: `extra-sandbox-paths = ${world.dir}` }));
});

attack(2, ['update', 'check'], 'the sandbox is turned off after a run that had it', async () => {
  const XDG_CACHE_HOME = await folder('kept');
  const fine = await act({ XDG_CACHE_HOME }, { inputs: { mode: 'compute' } });
  expect(fine.code).toBe(0);
  expectRefused(await act({ XDG_CACHE_HOME, NIX_CONFIG: off }));
  expectRefused(await check({ XDG_CACHE_HOME, NIX_CONFIG: off }));
  // Nothing is left of what was looked at.
  expect(await readdir(path.join(XDG_CACHE_HOME, 'uv-fod'))).not.toContainEqual(
    expect.stringMatching(/marker/),
  );
});

attack(
  2,
  ['check', 'compute'],
  'events that are not known, and a fork that allows it in its own files',
  async () => {
    const env = { NIX_CONFIG: off };
    const XDG_CACHE_HOME = await folder('events');
    const prepare = change('pyproject.toml', (text) => `${text}\n[tool.uv-fod]\nallow-unsandboxed = true\n`);
    expectRefused(await check(env, { prepare }));
    for (const mode of ['check', 'compute'])
      expectRefused(
        await world.act({
          inputs: { mode },
          env: { ...env, XDG_CACHE_HOME },
          step: { eventName: 'workflow_run', event: { workflow_run: { event: 'pull_request' } } },
        }),
      );
  },
);

attack(
  2,
  ['update', 'check'],
  'with allow-unsandboxed log, report and summary say that there was none',
  async () => {
    const allowed = { 'allow-unsandboxed': 'true' };
    const updated = await act({ NIX_CONFIG: off }, { inputs: { ...allowed, 'pull-request': 'false' } });
    expect(updated.code).toBe(0);
    const report = JSON.parse(updated.outputs.get('report') ?? '{}');
    expect(report.notDone).toContainEqual({
      what: expect.any(String),
      why: expect.stringMatching(/without its sandbox/),
    });
    expect(JSON.stringify(report.checks)).not.toMatch(/in Nix’s sandbox/);
    for (const text of [updated.log, updated.summary]) expect(text).toMatch(/without its sandbox/);
    const checked = await check({ NIX_CONFIG: off }, { inputs: allowed });
    expect(checked.errors.map(({ title }) => title)).not.toContain('no-sandbox');
    expect(checked.summary).toMatch(/without its sandbox/);
  },
);

attack(2, ['check', 'compute', 'update'], 'a run that publishes nothing still holds the token', async () => {
  const env = { NIX_CONFIG: off };
  expectRefused(await act(env, { inputs: { mode: 'check' } }));
  expectRefused(await act(env, { inputs: { mode: 'compute' } }));
  expectRefused(await act(env, { inputs: { 'pull-request': 'false' } }));
  const without = await act(env, { inputs: { mode: 'compute', token: '' } });
  expect(without.code).toBe(0);
  expect(without.log).toMatch(/without its sandbox/);
});

attack(2, ['cli'], 'the command line warns, and goes on', async () => {
  const workspace = await world.repository.checkout(path.join(world.dir, 'by-hand'));
  const env = { NIX_PATH: nixPath, NIX_CONFIG: off, XDG_CACHE_HOME: await folder('cli') };
  const { code, stderr } = await uvFod(['update', 'small', '--no-verify'], workspace, env);
  expect(code).toBe(0);
  expect(stderr).toMatch(/without its sandbox/);
});
