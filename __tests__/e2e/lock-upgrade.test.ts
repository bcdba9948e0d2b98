import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type PackageIndex, startIndex } from '../support/index/index.ts';
import { run, runText } from '../support/nix/run.ts';
import { lockConfig, makeIndexed } from '../support/scenario/indexed.ts';
import { git } from '../support/scenario/repository.ts';
import { type Acted, type World, worldOf } from '../support/scenario/world.ts';

// A repository with its own lock, by the clock: from old versions to one pull request, and then
// nothing to do.
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
  const { work } = world.repository;
  await cp(work, path.join(world.dir, 'newest'), { recursive: true });
  const folder = path.join(world.dir, 'newest');
  await run('uv', ['lock', '--upgrade', '--directory', folder]);
  youngBeta =
    /name = "beta"\n[\s\S]*?\]\n/.exec(await readFile(path.join(folder, 'uv.lock'), 'utf8'))?.[0] ?? '';
}, 5 * minutes);
afterAll(async () => {
  await index?.close();
  await world?.close();
});

const scheduled = { eventName: 'schedule', event: { schedule: '0 3 * * *' } };
const schedule = (
  inputs: Record<string, string> = {},
  prepare: (workspace: string) => Promise<void> = async () => {},
): Promise<Acted> => world.act({ inputs: { attribute: '', ...inputs }, step: scheduled, prepare });
/** The entry of the release that is two days old. */
let youngBeta = '';

const result = 'uv-fod-result.json';
const heldBeta = /\| beta \| `1\.1` \| `1\.2` \| is 2 days old, uploaded \d{4}-\d\d-\d\d \|/;

describe('in two jobs', () => {
  let computed: string;
  const publish = (text: string): Promise<Acted> =>
    schedule({ mode: 'publish' }, (workspace) => writeFile(path.join(workspace, result), text));
  beforeAll(async () => {
    let workspace = '';
    const acted = await schedule({ mode: 'compute', token: '' }, async (dir) => {
      workspace = dir;
    });
    expect({ code: acted.code, log: acted.code === 0 ? '' : acted.log }).toEqual({ code: 0, log: '' });
    computed = await readFile(path.join(workspace, result), 'utf8');
  }, 2 * minutes);

  /** The result with another uv.lock. */
  const changed = (change: (lock: string) => string): string => {
    const value = JSON.parse(computed) as { proposed: { files: { path: string; content: string }[] }[] };
    const file = value.proposed[0]?.files.find(({ path: name }) => name === 'uv.lock');
    if (!file) throw new Error('no uv.lock');
    const before = file.content;
    file.content = change(before);
    expect(file.content).not.toBe(before);
    return JSON.stringify(value);
  };

  test.each<[string, (lock: string) => string, RegExp]>([
    [
      'a file that the index does not list so',
      (lock) => lock.replace(/(alpha-1\.1.*?sha256:)[0-9a-f]{8}/, '$100000000'),
      /alpha-1\.1-py3-none-any\.whl is new in its uv\.lock, and the index at .* lists/,
    ],
    [
      'a file that is too young',
      (lock) => lock.replace(/name = "beta"\n[\s\S]*?\]\n/, () => youngBeta),
      /beta-1\.2-py3-none-any\.whl is new in its uv\.lock, and younger than the configuration allows/,
    ],
    [
      'another source',
      (lock) =>
        lock.replace(/(name = "delta"\n.*\nsource = \{ registry = ")[^"]*/, '$1https://evil.example/simple'),
      /delta is new in its uv\.lock, and not from an index of the base's/,
    ],
    [
      'another direct dependency',
      (lock) => lock.replace('    { name = "gamma" },\n', '    { name = "delta" },\n'),
      /it changes what small depends on/,
    ],
    ['another requires-python', (lock) => lock.replace('>=3.13', '>=3.12'), /requires-python would change/],
  ])('%s is refused, and nothing is written', async (_, change, message) => {
    const refs = await world.repository.refs();
    const { code, errors } = await publish(changed(change));
    expect(code).toBe(1);
    expect(errors).toEqual([
      expect.objectContaining({ title: 'result-refused', message: expect.stringMatching(message) }),
    ]);
    expect(await world.repository.refs()).toBe(refs);
  });

  test('a lock without the hash that follows from it is refused', async () => {
    const value = JSON.parse(computed) as { proposed: { files: { path: string }[] }[] };
    for (const one of value.proposed) one.files = one.files.filter(({ path: name }) => name === 'uv.lock');
    const { code, errors } = await publish(JSON.stringify(value));
    expect(code).toBe(1);
    expect(errors[0]?.message).toMatch(/claims the hash sha256-.* for .*, and this job computed sha256-/);
  });

  test('a lock without any build lock is refused: nothing says what its hash is of', async () => {
    const { work } = world.repository;
    await git(work, 'rm', '--quiet', 'uv-fod.lock.json');
    const head = await world.repository.push('Remove the build lock');
    const value = JSON.parse(computed) as { head: string; proposed: { files: { path: string }[] }[] };
    for (const one of value.proposed) one.files = one.files.filter(({ path: name }) => name === 'uv.lock');
    const { code, errors } = await publish(JSON.stringify({ ...value, head }));
    expect(code).toBe(1);
    expect(errors[0]?.message).toMatch(/it upgrades uv\.lock, and no build lock is there/);
    await git(work, 'reset', '--quiet', '--hard', 'HEAD^');
    await git(work, 'push', '--quiet', '--force', 'origin', 'HEAD:main');
  });

  test('what the index lists is published', async () => {
    // What is held back is named by the other job, and why by this one.
    const { code, log, outputs } = await publish(computed.replace('is 2 days old', 'is fine'));
    expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
    expect(outputs.get('outcome')).toBe('created');
    const pull = await world.pull(Number(outputs.get('pull-request-number')));
    expect(pull.title).toBe('small: update 3 packages in uv.lock');
    expect(pull.body).toContain('| [beta]');
    expect(pull.body).toMatch(heldBeta);
    expect(pull.body).toContain('✅ The index lists each new file of uv.lock');
  });
});

test(
  'one pull request with lock, hash and proof, and then nothing to do; two days are too young, transitively too',
  async () => {
    await writeFile(path.join(world.repository.work, 'README'), 'Small.\n');
    const base = await world.repository.push('Describe it');
    const { code, log, outputs } = await schedule();
    expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
    expect(outputs.get('outcome')).toBe('updated');
    // The base has moved since the other jobs, so it was made again.
    expect(await git(world.repository.bare, 'rev-parse', 'uv-fod/small^')).toBe(base);
    const changed = await world.repository.diff('main', 'uv-fod/small');
    expect([...changed.matchAll(/^\+\+\+ b\/(.*)$/gm)].map(([, file]) => file)).toEqual([
      'default.nix',
      'uv-fod.lock.json',
      'uv.lock',
    ]);
    const pull = await world.pull(Number(outputs.get('pull-request-number')));
    expect(pull.title).toBe('small: update 3 packages in uv.lock');
    expect(pull.body).toMatch(heldBeta);
    // Direct first, then transitive.
    expect([...pull.body.matchAll(/^\| \[\**(\w+)\**\]/gm)].map(([, name]) => name)).toEqual([
      'alpha',
      'beta',
      'delta',
    ]);
    await editByHand();
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

/** A person takes the young release on the branch, and thinks better of it. */
async function editByHand(): Promise<void> {
  const { work, bare } = world.repository;
  const ours = await git(bare, 'rev-parse', 'uv-fod/small');
  await git(work, 'fetch', '--quiet', 'origin', 'uv-fod/small');
  await git(work, 'checkout', '--quiet', '--detach', 'FETCH_HEAD');
  await uv('lock', '--upgrade-package', 'beta');
  await git(work, 'commit', '--quiet', '--all', '--message', 'Take the newest beta');
  await git(work, 'push', '--quiet', 'origin', 'HEAD:uv-fod/small');
  await git(work, 'checkout', '--quiet', 'main');
  const refs = await world.repository.refs();
  const { code, errors } = await schedule({ verify: 'false' });
  expect(code).toBe(1);
  expect(errors).toEqual([
    expect.objectContaining({ title: 'branch-edited', message: expect.stringContaining('uv.lock') }),
  ]);
  expect(await world.repository.refs()).toBe(refs);
  await git(work, 'push', '--quiet', '--force', 'origin', `${ours}:refs/heads/uv-fod/small`);
}

const uv = (...args: string[]) => run('uv', [...args, '--directory', world.repository.work]);

test(
  'transitive releases alone wait for maintenance, which is due when the lock is a week old',
  async () => {
    const { repository, pinned } = world;
    const { work } = repository;
    await git(work, 'checkout', '--', 'uv.lock');
    const rules = 'minimum-release-age = "7 days"\nmaintenance = "weekly"';
    await writeFile(path.join(work, '.github/uv-fod.toml'), lockConfig(rules));
    await repository.push('Maintain weekly');
    await index.publish('beta', '1.1.1', { days: 20 });
    const early = await schedule();
    expect(early.outputs.get('outcome')).toBe('current');
    expect(early.log).toContain('Only transitive dependencies could change');
    // The lock as of eight days ago.
    await git(work, 'reset', '--quiet', '--soft', pinned);
    const date = new Date(Date.now() - 8 * 86_400_000).toISOString();
    const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.com'];
    await runText('git', ['-C', work, ...who, 'commit', '--quiet', '--message', 'Lock'], {
      env: { GIT_COMMITTER_DATE: date },
    });
    await git(work, 'push', '--quiet', '--force', 'origin', 'HEAD:main');
    const due = await schedule();
    expect({ code: due.code, log: due.code === 0 ? '' : due.log }).toEqual({ code: 0, log: '' });
    expect(due.outputs.get('outcome')).toBe('created');
    const pull = await world.pull(Number(due.outputs.get('pull-request-number')));
    expect(pull.title).toBe('small: beta 1.1 → 1.1.1 in uv.lock');
  },
  2 * minutes,
);

test(
  'a release that fixes a known vulnerability waits neither for its age nor for a direct one, if that is asked for',
  async () => {
    const { repository } = world;
    await git(repository.work, 'checkout', '--', '.');
    const rules = 'minimum-release-age = "7 days"\nsecurity-fixes-at-once = true';
    await writeFile(path.join(repository.work, '.github/uv-fod.toml'), lockConfig(rules));
    await repository.push('Fix at once');
    const vulnerabilities = [{ id: 'CVE-2026-1', fixed_in: ['1.1.2'] }];
    await index.publish('beta', '1.1', { days: 20, vulnerabilities });
    await index.publish('beta', '1.1.2', { days: 1 });
    let workspace = '';
    await schedule({ mode: 'compute', token: '', verify: 'false' }, async (dir) => {
      workspace = dir;
    });
    const text = await readFile(path.join(workspace, result), 'utf8');
    const { outputs } = await schedule({ mode: 'publish' }, (dir) => writeFile(path.join(dir, result), text));
    const pull = await world.pull(Number(outputs.get('pull-request-number')));
    expect(pull.title).toBe('small: beta 1.1 → 1.1.2 in uv.lock');
    expect(pull.body).toContain('This fixes a known vulnerability of beta.');
    expect(pull.body).toMatch(/\| beta \| `1\.1\.2` \| `1\.2` \| is 2 days old/);
  },
  2 * minutes,
);

test(
  'an upgrade that does not import names the package that fails alone, and fails or is a draft',
  async () => {
    const { repository } = world;
    await git(repository.work, 'checkout', '--', 'uv.lock');
    const rules = 'minimum-release-age = "7 days"\ntry-each = "20 minutes"';
    await writeFile(path.join(repository.work, '.github/uv-fod.toml'), lockConfig(rules));
    await repository.push('Try each');
    await index.publish('alpha', '1.2', { days: 30, requires: ['beta>=1', 'delta'], isBroken: true });
    await index.publish('gamma', '1.1', { days: 30 });
    const refs = await repository.refs();
    const { code, errors, left } = await schedule();
    expect(code).toBe(1);
    expect(errors).toEqual([
      expect.objectContaining({
        title: 'build-failed',
        message: expect.stringContaining('Upgraded alone, alpha fails as well: that is the likely cause.'),
      }),
    ]);
    expect([left, await repository.refs()]).toEqual(['', refs]);
    const unverified =
      'minimum-release-age = "7 days"\ntry-each = "0 minutes"\n\n[package.pull-request]\ndraft = "unverified"';
    await writeFile(path.join(repository.work, '.github/uv-fod.toml'), lockConfig(unverified));
    await repository.push('Propose a draft');
    const draft = await schedule();
    expect(draft.outputs.get('outcome')).toBe('updated');
    const pull = await world.pull(Number(draft.outputs.get('pull-request-number')));
    expect(pull.draft).toBe(true);
    expect(pull.body).toMatch(/\| \[\*\*alpha\*\*\]/);
    // The time limit was over before the first try.
    expect(draft.log).not.toContain('Trying');
    expect(pull.body).toMatch(/Not tried, because the time of try-each was over: alpha, gamma/);
  },
  3 * minutes,
);
