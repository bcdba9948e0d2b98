import { describe, expect, test } from '@jest/globals';
import { makeWorld } from '../support/scenario/world.ts';
import { endState, minutes, published, watched, withWorld } from './support/world.ts';

/** The API's writes of a run that opens a pull request. */
const writes = 4;
const inputs = { verify: 'false' };

describe('a run that is killed between two writes to GitHub', () => {
  test(
    'makes as many of them as are tried here',
    () =>
      withWorld(makeWorld, async (world) => {
        await world.act({ inputs });
        expect(world.github.writes().map(({ method, path }) => `${method} ${path}`)).toHaveLength(writes);
      }),
    minutes,
  );

  test.each(
    Array.from({ length: writes }, (_, index) => index + 1).flatMap((n) => [
      { n, when: 'before', kind: 'reset' as const },
      { n, when: 'after', kind: 'drop' as const },
    ]),
  )(
    '$when write $n: the next run ends where an undisturbed one does',
    ({ n, kind }) =>
      withWorld(makeWorld, async (world) => {
        const run = await watched(world);
        world.github.setFaults((request) => {
          if (request.write !== n) return undefined;
          run.kill('SIGKILL');
          return { kind };
        });
        expect((await world.act({ ...run.options, inputs })).code).toBe(137);
        world.github.setFaults();
        const { code } = await world.act({ inputs });
        expect(code).toBe(0);
        expect(await endState(world)).toEqual(published);
        const made = world.github.writes().length;
        await world.act({ inputs });
        expect(world.github.writes()).toHaveLength(made);
      }),
    minutes,
  );
});

describe('runs side by side', () => {
  test.each([2, 3])(
    '%i at once: one branch, one pull request, one commit',
    (count) =>
      withWorld(makeWorld, async (world) => {
        const runs = await Promise.all(Array.from({ length: count }, () => world.act({ inputs })));
        expect(runs.filter(({ code }) => code === 0).length).toBeGreaterThan(0);
        // Whoever loses says so in words; nobody leaves anything behind.
        for (const { code, errors, left } of runs) {
          expect(left).toBe('');
          if (code !== 0) expect(errors).toHaveLength(1);
        }
        expect(await endState(world)).toEqual(published);
      }),
    minutes,
  );

  test(
    'an older one that publishes last writes nothing',
    () =>
      withWorld(makeWorld, async (world) => {
        let release = (): void => {};
        const held = new Promise<void>((resolve) => {
          release = resolve;
        });
        let reached = (): void => {};
        const isWaiting = new Promise<void>((resolve) => {
          reached = resolve;
        });
        let isFirst = true;
        world.github.setFaults(async () => {
          if (!isFirst) return undefined;
          isFirst = false;
          reached();
          await held;
          return undefined;
        });
        const older = world.act({ inputs });
        await isWaiting;
        const newer = await world.act({ inputs });
        expect(newer.outputs.get('outcome')).toBe('created');
        const made = world.github.writes().length;
        release();
        const { code, outputs } = await older;
        expect({ code, outcome: outputs.get('outcome') }).toEqual({ code: 0, outcome: 'none' });
        expect(world.github.writes()).toHaveLength(made);
        expect(await endState(world)).toEqual(published);
      }),
    minutes,
  );
});
