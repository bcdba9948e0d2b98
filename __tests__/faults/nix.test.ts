import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { whileBusy } from '../support/busy.ts';
import { type Acted, type ActOptions, makeWorld, type World } from '../support/scenario/world.ts';
import { building, expectFailed, minutes, processes, pullsOf, watched } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
}, minutes);
afterAll(() => world?.close());

async function expectNothingDone(acted: Acted, code: string, message: RegExp): Promise<void> {
  expectFailed(acted, code, message);
  expect(await world.repository.refs()).toMatch(/^refs\/heads\/main \S+$/);
  expect(await pullsOf(world)).toEqual([]);
}

/** Kills the first nix-build that a run has, when the run has printed `marker`. */
async function killingNix(marker: string, options: ActOptions): Promise<Acted> {
  let [log, isKilled] = ['', false];
  const run = await watched(world, {
    onOutput: (text) => {
      log += text;
      if (isKilled || !log.includes(marker)) return;
      isKilled = true;
      const kill = async (): Promise<void> => {
        const nix = (await processes()).find(
          ({ parent, command }) => parent === run.pid() && command.includes('nix-build'),
        );
        if (nix) process.kill(nix.pid, 'SIGKILL');
      };
      kill().catch(() => {});
    },
  });
  const acted = await world.act({ ...run.options, ...options });
  expect(isKilled).toBe(true);
  return acted;
}

describe('Nix that fails: nothing is patched or published', () => {
  test(
    'nix-build is killed while it builds',
    async () => {
      const acted = await killingNix('Running phase: installPhase', { prepare: building('sleep 20') });
      await expectNothingDone(acted, 'build-failed', /ended by SIGKILL/);
    },
    minutes,
  );

  test(
    'a builder is killed, as by the kernel where memory is short',
    async () => {
      const acted = await world.act({ prepare: building('kill -9 $$') });
      await expectNothingDone(acted, 'build-failed', /does not build/);
    },
    minutes,
  );

  test(
    'a builder that prints without end is not kept in memory',
    async () => {
      const acted = await world.act({
        prepare: building('yes 0123456789012345678901234567890123456789 | head -c 40000000; exit 1'),
      });
      await expectNothingDone(acted, 'build-failed', /does not build/);
    },
    3 * minutes,
  );

  test(
    'the sandbox cannot be set up',
    async () => {
      const env = { NIX_CONFIG: 'sandbox = true\nsandbox-fallback = false\nsandbox-paths = /no/such/path' };
      await expectNothingDone(await world.act({ env }), 'no-sandbox', /\/no\/such\/path/);
    },
    minutes,
  );

  test(
    'there is no daemon where one is asked for',
    async () => {
      const env = { NIX_REMOTE: `unix://${world.dir}/none.sock` };
      const acted = await world.act({ env });
      expect(acted.errors).toHaveLength(1);
      await expectNothingDone(acted, acted.errors[0]?.title ?? '', /none\.sock/);
    },
    minutes,
  );

  test(
    'the daemon dies while it builds',
    async () => {
      const socket = path.join(world.dir, 'daemon/socket');
      await mkdir(path.dirname(socket), { recursive: true });
      const daemon = spawn('nix-daemon', [], {
        env: { ...process.env, NIX_DAEMON_SOCKET_PATH: socket },
        stdio: 'ignore',
        detached: true,
      });
      await new Promise((resolve) => setTimeout(resolve, 1000));
      try {
        let [log, isKilled] = ['', false];
        const acted = await world.act({
          env: { NIX_REMOTE: `unix://${socket}` },
          prepare: building('sleep 20'),
          step: {
            onOutput: (text) => {
              log += text;
              if (isKilled || !log.includes('installPhase')) return;
              isKilled = true;
              const end = async (): Promise<void> => {
                const all = (await processes()).filter(({ environment }) =>
                  environment.includes(`NIX_DAEMON_SOCKET_PATH=${socket}`),
                );
                for (const { pid } of all) process.kill(pid, 'SIGKILL');
              };
              end().catch(() => {});
            },
          },
        });
        expect(isKilled).toBe(true);
        await expectNothingDone(acted, 'build-failed', /\S/);
      } finally {
        if (daemon.pid !== undefined) {
          try {
            process.kill(-daemon.pid, 'SIGKILL');
          } catch {
            // The test has ended it.
          }
        }
      }
    },
    minutes,
  );

  test(
    'a build that hangs is ended after the time that Nix is given',
    async () => {
      const started = performance.now();
      const acted = await world.act({
        env: { NIX_CONFIG: 'timeout = 4' },
        prepare: building('sleep 300'),
      });
      await expectNothingDone(acted, 'build-failed', /timed out after 4 seconds/);
      expect(performance.now() - started).toBeLessThan(whileBusy(minutes));
    },
    2 * minutes,
  );

  test(
    'and when all is well again, the run is as any other',
    async () => {
      const { code, outputs } = await world.act();
      expect({ code, outcome: outputs.get('outcome') }).toEqual({ code: 0, outcome: 'created' });
    },
    minutes,
  );
});
