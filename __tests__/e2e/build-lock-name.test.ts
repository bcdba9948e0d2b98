import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runText } from '../support/nix/run.ts';
import { edit, uvFod } from '../support/scenario/small.ts';
import { makeWorld, type World } from '../support/scenario/world.ts';

// The build lock is where buildUvEnv states it, under any name.
const minutes = 60_000;
const result = 'uv-fod-result.json';
let world: World;
beforeAll(async () => {
  world = await makeWorld();
  const { repository } = world;
  await edit(repository, 'default.nix', (text) =>
    text
      .replace('    buildLock = ./uv-fod.lock.json;\n    hash', '    hash')
      .replace('buildLock = ./uv-fod.lock.json;', 'buildLock = ./small.lock.json;'),
  );
  await runText('git', ['-C', repository.work, 'mv', 'uv-fod.lock.json', 'small.lock.json']);
  await repository.push('Name the build lock after the package');
}, 3 * minutes);
afterAll(() => world?.close());

test(
  'uv-fod update writes the file that the build reads',
  async () => {
    const { work } = world.repository;
    expect(await uvFod(['update', 'small', '--dry-run', '--json'], work)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('small.lock.json'),
    });
    expect(await runText('git', ['-C', work, 'status', '--porcelain'])).toBe('');
  },
  3 * minutes,
);

test(
  'of two jobs, the one without Nix publishes it',
  async () => {
    let computed = '';
    const first = await world.act({
      inputs: { mode: 'compute', token: '' },
      prepare: async (workspace) => {
        computed = path.join(workspace, result);
      },
    });
    expect({ code: first.code, errors: first.errors }).toEqual({ code: 0, errors: [] });
    const text = await readFile(computed, 'utf8');
    const second = await world.act({
      inputs: { mode: 'publish' },
      prepare: (workspace) => writeFile(path.join(workspace, result), text),
    });
    expect({ code: second.code, errors: second.errors }).toEqual({ code: 0, errors: [] });
    expect(await world.repository.diff('main', 'uv-fod/small')).toMatch(/^\+\+\+ b\/small\.lock\.json$/m);
  },
  5 * minutes,
);
