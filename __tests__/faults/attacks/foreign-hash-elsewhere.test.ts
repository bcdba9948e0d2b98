import { spawn } from 'node:child_process';
import { access, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { cacheFolder, type OtherStore, otherStore } from '../../support/nix/other-store.ts';
import { type RemoteBuilder, startRemoteBuilder } from '../../support/nix/remote-builder.ts';
import { runText } from '../../support/nix/run.ts';
import { checkout } from '../../support/runner/runner.ts';
import { nixPath, writeSmall } from '../../support/scenario/small.ts';
import { makeWorld, type World } from '../../support/scenario/world.ts';
import { expectNotTaken, type Foreign, makeForeign, ownBuilder, startPrompter } from '../support/foreign.ts';
import { minutes } from '../support/world.ts';

// Where Nix's messages come another way: through its daemon, from a remote builder, from an older
// Nix.

let dir: string;
let foreign: Foreign;
let prompter: Awaited<ReturnType<typeof startPrompter>>;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'elsewhere-'));
  foreign = await makeForeign(dir);
});
afterAll(async () => {
  await rm(dir, { recursive: true, force: true });
});

describe("through Nix's daemon", () => {
  let world: World;
  let daemon: ReturnType<typeof spawn>;
  let socket: string;
  beforeAll(async () => {
    world = await makeWorld();
    prompter = await startPrompter(foreign);
    socket = path.join(dir, 'daemon/socket');
    await mkdir(path.dirname(socket));
    const env = { ...process.env, NIX_DAEMON_SOCKET_PATH: socket };
    daemon = spawn('nix-daemon', [], { env, stdio: 'ignore' });
    for (let left = 100; left > 0 && !(await isThere(socket)); left -= 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
  }, 2 * minutes);
  afterAll(async () => {
    daemon?.kill('SIGKILL');
    prompter?.close();
    await world?.close();
  });
  const act = (script: string) =>
    world.act({
      env: { NIX_REMOTE: `unix://${socket}` },
      prepare: ownBuilder(foreign, script),
      inputs: { 'pull-request': 'false', verify: 'false', 'skip-second-derivation': 'true' },
    });

  for (const [what, code] of [
    ['plain', 'fetch-failed'],
    ['quoted', 'fetch-failed'],
    ['message', 'hash-not-confirmed'],
  ] as const)
    attack(6, ['update'], `a mismatch that our builder prints before it fails: ${what}`, async () => {
      expectNotTaken(await act(`${prompter.print(what)}; exit 1`), foreign, code);
    });

  attack(6, ['update'], 'one that it prints before it goes on', async () => {
    const acted = await act(prompter.print('message'));
    expectNotTaken(acted, foreign, undefined);
    expect(acted.code).toBe(0);
  });
});

/** With `--json` an error is an object, and has no hash to take. */
function expectError(stdout: string): void {
  const printed = JSON.parse(stdout) as object;
  expect(printed).toMatchObject({ status: 'error', error: expect.any(String) });
  for (const key of ['hashes', 'packages', 'patch']) expect(printed).not.toHaveProperty(key);
}

/** The command line in a store of its own. */
async function inStore(store: OtherStore, env: Record<string, string>, name: string, script: string) {
  const work = path.join(dir, name);
  await writeSmall(work);
  await ownBuilder(foreign, script)(work);
  return store.run(
    process.execPath,
    [
      path.join(checkout, 'dist/cli.js'),
      'update',
      'small',
      '--no-verify',
      '--skip-second-derivation',
      '--json',
    ],
    { cwd: work, env: { NIX_PATH: nixPath, ...env } },
  );
}

describe('from a remote builder', () => {
  let local: OtherStore;
  let remote: OtherStore;
  let builder: RemoteBuilder;
  beforeAll(async () => {
    local = await otherStore('local');
    remote = await otherStore('remote');
    builder = await startRemoteBuilder(dir, remote.dir, await runText('nix', ['config', 'show', 'system']));
    prompter = await startPrompter(foreign, path.join(local.dir, 'store'));
  }, minutes);
  afterAll(async () => {
    prompter?.close();
    await builder?.close();
    await local?.remove();
    await remote?.remove();
  });

  attack(
    6,
    ['cli', 'nix'],
    'a mismatch that our builder prints before it fails',
    async () => {
      for (const what of ['plain', 'message', 'remote'] as const) {
        const { code, stdout, stderr } = await inStore(
          local,
          builder.env,
          `remote-${what}`,
          `${prompter.print(what)}; exit 1`,
        );
        expect(code).toBe(1);
        expectError(stdout);
        expect(stderr).toMatch(/uv-fod: .*(can't be fetched|does not confirm)/);
      }
    },
    3 * minutes,
  );

  attack(
    6,
    ['cli', 'nix'],
    'one that it prints before it goes on: two hashes are none',
    async () => {
      const { stdout } = await inStore(local, builder.env, 'remote-on', prompter.print('message'));
      expect(stdout).not.toContain(foreign.hash);
    },
    3 * minutes,
  );
});

describe('from Nix 2.26', () => {
  let store: OtherStore;
  /** Made by script/test faults (script/lib/old-nix.sh). */
  const bin = path.join(cacheFolder(), 'nix-trixie/usr/bin');
  const env = { PATH: `${bin}:${process.env.PATH}` };
  beforeAll(async () => {
    await access(path.join(bin, 'nix-build'));
    store = await otherStore('old-nix');
    prompter = await startPrompter(foreign, path.join(store.dir, 'store'));
  }, minutes);
  afterAll(async () => {
    prompter?.close();
    await store?.remove();
  });

  attack(
    6,
    ['cli', 'nix'],
    'a mismatch that our builder prints before it fails or goes on',
    async () => {
      for (const what of ['plain', 'message'] as const) {
        const failed = await inStore(store, env, `old-${what}`, `${prompter.print(what)}; exit 1`);
        expect(failed.code).toBe(1);
        expectError(failed.stdout);
      }
      const { code, stdout } = await inStore(store, env, 'old-on', prompter.print('message'));
      expect(code).toBe(0);
      expect(stdout).not.toContain(foreign.hash);
    },
    3 * minutes,
  );
});

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
