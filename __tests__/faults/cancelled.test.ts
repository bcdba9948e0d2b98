import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { whileBusy } from '../support/busy.ts';
import { runText } from '../support/nix/run.ts';
import { makeWorld, type World } from '../support/scenario/world.ts';
import { endState, minutes, processes, published, status, unbuiltWorld, watched } from './support/world.ts';

/**
 * A runner that cancels waits 7.5 s after SIGINT before it sends SIGTERM, and 2.5 s more before it
 * kills.
 */
const patience = 7500;

interface Point {
  readonly make: () => Promise<World>;
  /** What the run has printed when it is asked to end. */
  readonly marker: string;
  /** Makes GitHub keep silent. */
  readonly stalls?: boolean;
}

const points: Readonly<Record<string, Point>> = {
  'while Nix evaluates': { make: makeWorld, marker: '::add-mask::' },
  'while Nix fetches': { make: makeWorld, marker: 'building' },
  'while Nix builds': { make: () => unbuiltWorld(77), marker: 'Running phase: installPhase' },
  'while GitHub keeps silent': { make: makeWorld, marker: '::group::Pull request', stalls: true },
};

describe('a run that is cancelled', () => {
  test.each(
    Object.entries(points).flatMap(([when, point]) =>
      (['SIGINT', 'SIGTERM'] as const).map((signal) => ({ when, signal, ...point })),
    ),
  )(
    '$when, by $signal: ends within seconds, with its children, and leaves nothing',
    async ({ make, marker, signal, stalls }) => {
      const world = await make();
      try {
        let [workspace, log, asked] = ['', '', 0];
        const run = await watched(world, {
          onOutput: (text) => {
            log += text;
            if (asked > 0 || !log.includes(marker)) return;
            asked = performance.now();
            run.kill(signal);
          },
        });
        if (stalls) world.github.setFaults(() => ({ kind: 'stall' }));
        const { code, errors } = await world.act({
          ...run.options,
          prepare: async (dir) => {
            workspace = dir;
          },
        });
        expect(performance.now() - asked).toBeLessThan(whileBusy(patience));
        expect(code).toBe(signal === 'SIGINT' ? 130 : 143);
        expect(errors).toEqual([
          { title: 'cancelled', message: expect.stringMatching(/checkout is as it was.*again/) },
        ]);
        expect(await readdir(run.temp)).toEqual([]);
        expect(await status(workspace)).toBe('');
        expect(await readdir(path.join(workspace, '.git'))).not.toContain('uv-fod-undo.json');
        const left = (await processes()).filter(
          ({ command, cwd, environment }) =>
            command.startsWith('sleep 77') || cwd === workspace || environment.includes(run.temp),
        );
        expect(left.map(({ command }) => command)).toEqual([]);
        expect(await world.repository.refs()).toMatch(/^refs\/heads\/main \S+$/);
      } finally {
        await world.close();
      }
    },
    minutes,
  );

  test(
    'can be run again at once',
    async () => {
      const world = await makeWorld();
      try {
        const run = await watched(world, {
          onOutput: (text) => {
            if (text.includes('building')) run.kill('SIGINT');
          },
        });
        expect((await world.act(run.options)).code).toBe(130);
        expect((await world.act()).code).toBe(0);
        expect(await endState(world)).toEqual(published);
      } finally {
        await world.close();
      }
    },
    minutes,
  );
});

describe('the command line that is interrupted', () => {
  test(
    'puts the derivation back and ends its children',
    async () => {
      const world = await unbuiltWorld(78);
      try {
        const { work } = world.repository;
        const { spawn } = await import('node:child_process');
        const { checkout } = await import('../support/runner/runner.ts');
        const { nixPath } = await import('../support/scenario/small.ts');
        const child = spawn(
          process.execPath,
          [path.join(checkout, 'dist/cli.js'), 'update', 'small', '--verbose'],
          {
            cwd: work,
            env: { ...process.env, NIX_PATH: nixPath },
          },
        );
        let log = '';
        child.stderr.on('data', (chunk: Buffer) => {
          if (!log.includes('installPhase') && `${log}${chunk}`.includes('installPhase'))
            child.kill('SIGINT');
          log += chunk.toString();
        });
        const code = await new Promise((resolve) => child.once('close', resolve));
        expect(code).toBe(130);
        expect(log).toContain('Cancelled (SIGINT)');
        expect(await status(work)).toBe('');
        expect(await runText('sh', ['-c', 'pgrep -f "^sleep 78" || true'])).toBe('');
      } finally {
        await world.close();
      }
    },
    minutes,
  );
});
