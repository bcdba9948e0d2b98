import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { groupedWorld } from '../support/scenario/grouped.ts';
import { makeWorld, type World } from '../support/scenario/world.ts';
import {
  endState,
  killTree,
  minutes,
  published,
  status,
  unbuiltWorld,
  watched,
  withWorld,
} from './support/world.ts';

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
