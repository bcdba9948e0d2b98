import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type PackageIndex, startIndex } from '../support/index/index.ts';
import { makeIndexed } from '../support/scenario/indexed.ts';
import { git } from '../support/scenario/repository.ts';
import { type World, worldOf } from '../support/scenario/world.ts';

// One lock, several pull requests: each direct package, a group, and a limit.
const minutes = 60_000;
let index: PackageIndex;
let world: World;

beforeAll(async () => {
  index = await startIndex();
  await index.publish('alpha', '1.0', { days: 300, requires: ['beta>=1'] });
  for (const name of ['beta', 'gamma', 'numa', 'numb']) await index.publish(name, '1.0', { days: 300 });
  const rules = 'pull-requests = "each"\ngroups = { num = ["num*"] }\nmost-pull-requests = 2';
  world = await worldOf((dir) => makeIndexed(dir, index, ['alpha', 'gamma', 'numa', 'numb'], rules));
  await index.publish('alpha', '1.1', { days: 30, requires: ['beta>=1.1'] });
  for (const name of ['beta', 'gamma', 'numa', 'numb']) await index.publish(name, '1.1', { days: 30 });
}, 5 * minutes);
afterAll(async () => {
  await index?.close();
  await world?.close();
});

interface Result {
  readonly branch: string;
  readonly outcome: string;
}

async function schedule(): Promise<{ results: string[]; log: string }> {
  const { code, log, outputs } = await world.act({
    inputs: { attribute: '', verify: 'false' },
    step: { eventName: 'schedule', event: { schedule: '0 3 * * *' } },
  });
  expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
  const results = JSON.parse(outputs.get('results') ?? '') as Result[];
  return { results: results.map(({ branch, outcome }) => `${branch} ${outcome}`), log };
}

/** Versions that a branch changes in uv.lock. */
async function versions(branch: string): Promise<string[]> {
  const text = await git(world.repository.bare, 'show', `${branch}:uv.lock`);
  return [...text.matchAll(/^name = "(\w+)"\nversion = "1\.1"$/gm)].map(([, name = '']) => name);
}

test(
  'each direct package has its own, a group shares one, and a limit makes the others wait',
  async () => {
    const first = await schedule();
    expect(first.results).toEqual([
      'uv-fod/small current',
      'uv-fod/small--alpha created',
      'uv-fod/small--gamma created',
    ]);
    expect(first.log).toContain('because most-pull-requests is 2: num');
    expect(await versions('uv-fod/small--alpha')).toEqual(['alpha', 'beta']);
    expect(await versions('uv-fod/small--gamma')).toEqual(['gamma']);
    await world.repository.merge('uv-fod/small--alpha');
    await index.publish('gamma', '1.1', { days: 30, yanked: 'broken' });
    const second = await schedule();
    expect(second.results).toEqual([
      'uv-fod/small current',
      'uv-fod/small--num created',
      'uv-fod/small--gamma closed',
    ]);
    expect(await versions('uv-fod/small--num')).toEqual(['alpha', 'beta', 'numa', 'numb']);
  },
  4 * minutes,
);
