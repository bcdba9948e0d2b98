import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { groupedWorld } from '../support/scenario/grouped.ts';
import { makeWorld, type World } from '../support/scenario/world.ts';
import { endState, killTree, minutes, published, status, unbuiltWorld, watched } from './support/world.ts';

/** How a run looks from outside when it is in a stage: what it has printed last. */
const stages = {
  'the derivation is evaluated': '::add-mask::',
  'Nix fetches what the hash is of': 'building',
  'the fetch is nearly done': 'uv-fod: 2 wheels',
  'the hash is derived a second time': 'Hash without Nix',
  'the build begins': 'Nix: build of',
  'the build is under way': 'Running phase: installPhase',
  'the import check begins': 'Nix: import check',
  'the pull request begins': '::group::Pull request',
};

async function withWorld(make: () => Promise<World>, body: (world: World) => Promise<void>): Promise<void> {
  const world = await make();
  try {
    await body(world);
  } finally {
    await world.close();
  }
}

/** Runs the Action and kills it as soon as it has printed `marker`, as often as `times` says. */
async function killedAt(
  world: World,
  marker: string,
  withChildren: boolean,
  { times = 1, inputs = {} }: { times?: number; inputs?: Record<string, string> } = {},
): Promise<string> {
  let workspace = '';
  let isKilled = false;
  let log = '';
  const run = await watched(world, {
    onOutput: (text) => {
      log += text;
      if (isKilled || log.split(marker).length <= times) return;
      isKilled = true;
      if (withChildren) killTree(run.pid()).catch(() => {});
      else run.kill('SIGKILL');
    },
  });
  const { code } = await world.act({
    ...run.options,
    inputs,
    prepare: async (dir) => {
      workspace = dir;
    },
  });
  expect({ isKilled, code }).toEqual({ isKilled: true, code: 137 });
  return workspace;
}

describe('a run that is killed, and run again in the same checkout', () => {
  test.each([
    ...Object.entries(stages).map(([stage, marker]) => ({ stage, marker, whom: 'alone' })),
    { stage: 'Nix fetches', marker: 'building', whom: 'with all it started' },
    { stage: 'Nix builds', marker: 'Running phase: installPhase', whom: 'with all it started' },
  ])(
    '$whom, when $stage: the same end state',
    ({ marker, whom }) =>
      withWorld(unbuiltWorld, async (world) => {
        const workspace = await killedAt(world, marker, whom !== 'alone');
        const again = await world.act({ step: { workspace } });
        expect({ code: again.code, outcome: again.outputs.get('outcome') }).toEqual({
          code: 0,
          outcome: 'created',
        });
        expect(await endState(world)).toEqual(published);
        expect(await status(workspace)).toBe('');
      }),
    2 * minutes,
  );
});

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

describe('a group of packages', () => {
  test.each([
    { stage: 'hash is made', marker: 'Hash without Nix' },
    { stage: 'build begins', marker: 'Nix: build of' },
  ])(
    "killed when the second's $stage: the first's changes are put back as well, and come again",
    ({ marker }) =>
      withWorld(groupedWorld, async (world) => {
        const inputs = { attribute: '', verify: String(marker === 'Nix: build of') };
        const workspace = await killedAt(world, marker, false, { times: 2, inputs });
        const left = await status(workspace);
        expect(left).toContain(' M default.nix');
        const again = await world.act({ inputs, step: { workspace } });
        expect({ code: again.code, log: again.code === 0 ? '' : again.log }).toEqual({ code: 0, log: '' });
        expect(again.outputs.get('outcome')).toBe('created');
        const diff = await world.repository.diff('main', 'uv-fod/both');
        expect([...diff.matchAll(/^\+\+\+ b\/(.+)$/gm)].map(([, file]) => file)).toEqual([
          'default.nix',
          'other/default.nix',
          'other/uv-fod.lock.json',
          'uv-fod.lock.json',
        ]);
        expect(await status(workspace)).toBe('');
      }),
    3 * minutes,
  );
});

describe('a journal that a killed run left', () => {
  test(
    'does not undo what a person has edited since',
    () =>
      withWorld(makeWorld, async (world) => {
        let workspace = '';
        let log = '';
        const run = await watched(world, {
          onOutput: (text) => {
            log += text;
            if (log.includes('Nix: build of')) run.kill('SIGKILL');
          },
        });
        await world.act({
          ...run.options,
          prepare: async (dir) => {
            workspace = dir;
          },
        });
        const file = path.join(workspace, 'default.nix');
        const patched = await readFile(file, 'utf8');
        await writeFile(file, `# mine\n${patched}`);
        await world.act({ step: { workspace } });
        expect(await readFile(file, 'utf8')).toBe(`# mine\n${patched}`);
      }),
    minutes,
  );
});
