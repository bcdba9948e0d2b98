import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { run, runText } from '../support/nix/run.ts';
import { makeWorld, type World } from '../support/scenario/world.ts';
import { building, minutes, processes, pullsOf } from './support/world.ts';

// What this machine runs short of: memory for the Action itself, and room for logs.
async function withWorld(body: (world: World) => Promise<void>): Promise<void> {
  const world = await makeWorld();
  try {
    await body(world);
  } finally {
    await world.close();
  }
}

async function expectNothingPublished(world: World): Promise<void> {
  expect(await world.repository.refs()).toMatch(/^refs\/heads\/main \S+$/);
  expect(await pullsOf(world)).toEqual([]);
}

describe('memory', () => {
  test(
    'the Action runs out of it: nothing is published, and the next run in the same checkout does it all',
    () =>
      withWorld(async (world) => {
        let workspace = '';
        const ended = await world.act({
          // Megabytes: enough to begin with, and not enough to go on.
          env: { NODE_OPTIONS: '--max-old-space-size=9 --max-semi-space-size=1' },
          prepare: async (dir) => {
            workspace = dir;
          },
        });
        expect(ended.code).not.toBe(0);
        expect(ended.log).toMatch(/heap out of memory/);
        await expectNothingPublished(world);
        const again = await world.act({ step: { workspace } });
        expect({ code: again.code, outcome: again.outputs.get('outcome') }).toEqual({
          code: 0,
          outcome: 'created',
        });
      }),
    2 * minutes,
  );
});

describe('no space for a log', () => {
  test(
    "Nix's own logs: the run ends with Nix's words, and nothing is changed",
    () =>
      withWorld(async (world) => {
        const logs = path.join(world.dir, 'logs');
        await mkdir(logs);
        await runText('mount', ['-t', 'tmpfs', '-o', 'size=4k,nr_inodes=2', 'tmpfs', logs]);
        try {
          const acted = await world.act({ env: { NIX_LOG_DIR: logs } });
          expect({ code: acted.code, left: acted.left }).toEqual({ code: 1, left: '' });
          expect(acted.errors).toHaveLength(1);
          expect(acted.errors[0]?.message).toMatch(/No space left on device|disk is full/);
          await expectNothingPublished(world);
        } finally {
          await run('umount', [logs]);
        }
      }),
    minutes,
  );

  test.each([
    ['from the first line', 0],
    ['while Nix fetches', 400],
    ['while Nix builds', 3000],
  ])(
    'of the step, %s: it ends with its children, nothing is published, and the checkout is as it was',
    (_, room) =>
      withWorld(async (world) => {
        let workspace = '';
        const disk = path.join(world.dir, 'disk');
        await mkdir(disk);
        await runText('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', disk]);
        try {
          const logFile = path.join(disk, 'log');
          await writeFile(logFile, '-'.repeat(4096 - room));
          const acted = await world.act({
            step: { logFile },
            prepare: async (dir) => {
              workspace = dir;
              await building('yes full | head -c 9000; sleep 79')(dir);
            },
          });
          expect({ code: acted.code, left: acted.left }).toEqual({ code: 1, left: '' });
          await expectNothingPublished(world);
          const left = (await processes()).filter(
            ({ command, cwd }) => command === 'sleep 79' || cwd === workspace,
          );
          expect(left.map(({ command }) => command)).toEqual([]);
        } finally {
          await run('umount', [disk]);
        }
      }),
    minutes,
  );
});
