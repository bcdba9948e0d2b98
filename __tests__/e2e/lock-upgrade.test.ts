import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type PackageIndex, startIndex } from '../support/index/index.ts';
import { run } from '../support/nix/run.ts';
import { makeIndexed } from '../support/scenario/indexed.ts';
import { type Acted, repositoryName, token, type World, worldOf } from '../support/scenario/world.ts';

// A repository with its own lock, by the clock: from old versions to one pull request, and then nothing to do.
const minutes = 60_000;
let index: PackageIndex;
let world: World;

beforeAll(async () => {
  index = await startIndex();
  await index.publish('alpha', '1.0', { days: 300, requires: ['beta>=1'] });
  await index.publish('beta', '1.0', { days: 300 });
  await index.publish('gamma', '1.0', { days: 300 });
  const rules = 'minimum-release-age = "7 days"';
  world = await worldOf((dir) => makeIndexed(dir, index, ['alpha', 'gamma'], rules));
  await index.publish('alpha', '1.1', { days: 30, requires: ['beta>=1', 'delta'] });
  await index.publish('beta', '1.1', { days: 20 });
  await index.publish('beta', '1.2', { days: 2 });
  await index.publish('delta', '1.0', { days: 60 });
}, 5 * minutes);
afterAll(async () => {
  await index?.close();
  await world?.close();
});

const schedule = (): Promise<Acted> =>
  world.act({
    inputs: { attribute: '' },
    step: { eventName: 'schedule', event: { schedule: '0 3 * * *' } },
  });

test(
  'one pull request with lock, hash and proof, and then nothing to do; two days are too young, transitively too',
  async () => {
    const { code, log, outputs } = await schedule();
    expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
    expect(outputs.get('outcome')).toBe('created');
    const changed = await world.repository.diff('main', 'uv-fod/small');
    expect([...changed.matchAll(/^\+\+\+ b\/(.*)$/gm)].map(([, file]) => file)).toEqual([
      'default.nix',
      'uv-fod.lock.json',
      'uv.lock',
    ]);
    const pull = await pullOf(Number(outputs.get('pull-request-number')));
    expect(pull.title).toBe('small: update 3 packages in uv.lock');
    expect(pull.body).toMatch(/\| beta \| `1\.1` \| `1\.2` \| is 2 days old, uploaded \d{4}-\d\d-\d\d \|/);
    // Direct first, then transitive.
    expect([...pull.body.matchAll(/^\| \[\**(\w+)\**\]/gm)].map(([, name]) => name)).toEqual([
      'alpha',
      'beta',
      'delta',
    ]);
    await world.repository.merge('uv-fod/small');
    expect((await uv('lock', '--check')).code).toBe(0);
    const again = await schedule();
    expect(again.outputs.get('outcome')).toBe('current');
    expect(again.log).toContain('beta 1.2 is held back: is 2 days old');
    // Nothing of the cooldown is in the lock: what uv gives without it is not held back.
    await uv('lock', '--upgrade');
    expect(await readFile(path.join(world.repository.work, 'uv.lock'), 'utf8')).toContain('beta-1.2');
  },
  3 * minutes,
);

const uv = (...args: string[]) => run('uv', [...args, '--directory', world.repository.work]);

async function pullOf(number: number): Promise<{ readonly title: string; readonly body: string }> {
  const headers = { authorization: `token ${token}` };
  const answer = await fetch(`${world.github.url}/repos/${repositoryName}/pulls/${number}`, { headers });
  return (await answer.json()) as { title: string; body: string };
}
