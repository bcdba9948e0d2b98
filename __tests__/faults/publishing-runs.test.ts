import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Computed, compute } from '../support/scenario/published.ts';
import { makeWorld } from '../support/scenario/world.ts';
import { endState, minutes, published, watched, withPublished, withWorld } from './support/world.ts';

// What is published was computed before: all that is killed here are writes to GitHub.
let computed: Computed;
beforeAll(async () => {
  computed = await compute();
}, 3 * minutes);

/** The API's writes of a run that opens a pull request. */
const writes = 4;

describe('a run that is killed between two writes to GitHub', () => {
  test(
    'makes as many of them as are tried here',
    () =>
      withPublished(computed, async (world) => {
        await world.publish('first');
        expect(world.github.writes().map(({ method, path }) => `${method} ${path}`)).toHaveLength(writes);
      }),
    minutes,
  );

  const moments = Array.from({ length: writes }, (_, index) => index + 1).flatMap((n) => [
    { n, when: 'before', kind: 'reset' as const },
    { n, when: 'after', kind: 'drop' as const },
  ]);
  test.each(moments)(
    '$when write $n: the next run ends where an undisturbed one does',
    ({ n, kind }) =>
      withPublished(computed, async (world) => {
        const run = await watched(world);
        world.github.setFaults((request) => {
          if (request.write !== n) return undefined;
          run.kill('SIGKILL');
          return { kind };
        });
        expect((await world.publish('first', run.options)).code).toBe(137);
        world.github.setFaults();
        expect((await world.publish('first')).code).toBe(0);
        expect(await endState(world)).toEqual(published);
        const made = world.github.writes().length;
        await world.publish('first');
        expect(world.github.writes()).toHaveLength(made);
      }),
    minutes,
  );

  test(
    'in the job that computes as well: the next run ends there too',
    () =>
      withWorld(makeWorld, async (world) => {
        const inputs = { verify: 'false' };
        const run = await watched(world);
        world.github.setFaults((request) => {
          if (request.write !== 2) return undefined;
          run.kill('SIGKILL');
          return { kind: 'drop' };
        });
        expect((await world.act({ ...run.options, inputs })).code).toBe(137);
        world.github.setFaults();
        expect((await world.act({ inputs })).code).toBe(0);
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
      withPublished(computed, async (world) => {
        const runs = await Promise.all(Array.from({ length: count }, () => world.publish('first')));
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
      withPublished(computed, async (world) => {
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
        const older = world.publish('first');
        await isWaiting;
        const newer = await world.publish('first');
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
