import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Loopback, onLoopback } from '../support/files/loopback.ts';
import { type PackageIndex, startIndex } from '../support/index/index.ts';
import { lockConfig, makeIndexed } from '../support/scenario/indexed.ts';
import { git } from '../support/scenario/repository.ts';
import { uvFod } from '../support/scenario/small.ts';
import { type Acted, repositoryName, type World, worldOf } from '../support/scenario/world.ts';

// An index whose login is in the environment by its name, as uv has it.
const minutes = 60_000;
const login = { UV_INDEX_OUR_OWN_USERNAME: 'me', UV_INDEX_OUR_OWN_PASSWORD: 'canary' };
let index: PackageIndex;
let world: World;
/** A mirror on another port, which asks for no login, and those that it was sent. */
let other: Loopback;
const sent: { readonly by: string; readonly login: string | undefined }[] = [];

beforeAll(async () => {
  index = await startIndex();
  other = await onLoopback(
    createServer(async ({ url, headers }, response) => {
      sent.push({ by: headers['user-agent']?.split('/')[0] ?? '', login: headers.authorization });
      const authorization = `Basic ${Buffer.from('me:canary').toString('base64')}`;
      const answer = await fetch(`${index.origin}${url}`, { headers: { authorization } });
      const bytes = Buffer.from(await answer.arrayBuffer());
      const type = answer.headers.get('content-type');
      response.writeHead(answer.status, type === null ? {} : { 'content-type': type });
      response.end(type === null ? bytes : bytes.toString().replaceAll(index.origin, other.origin));
    }),
  );
  await index.publish('alpha', '1.0', { days: 300, requires: ['beta'] });
  await index.publish('beta', '1.0', { days: 300 });
  world = await worldOf((dir) => makeIndexed(dir, index, ['alpha'], ''));
  const { work } = world.repository;
  const pyproject = path.join(work, 'pyproject.toml');
  const text = await readFile(pyproject, 'utf8');
  await writeFile(pyproject, text.replace('[[tool.uv.index]]', '[[tool.uv.index]]\nname = "our-own"'));
  const hosts = JSON.stringify([index.origin, other.origin].map((one) => new URL(one).host));
  const rules = lockConfig('minimum-release-age = "7 days"');
  await writeFile(path.join(work, '.github/uv-fod.toml'), `allowed-hosts = ${hosts}\n${rules}`);
  // Builds have no login of this machine but what the derivation names.
  const derivation = path.join(work, 'default.nix');
  const phase = `netrcPhase = "echo machine 127.0.0.1 login me password $UV_INDEX_OUR_OWN_PASSWORD >netrc"; netrcImpureEnvVars = [ "UV_INDEX_OUR_OWN_PASSWORD" ];`;
  const nix = await readFile(derivation, 'utf8');
  await writeFile(derivation, nix.replace('fetchUvDeps {', `fetchUvDeps { ${phase} `));
  await world.repository.push('Name the index');
  await index.publish('alpha', '1.1', { days: 30, requires: ['beta'] });
  await index.publish('beta', '1.1', { days: 1 });
  index.protect('me:canary');
}, 5 * minutes);
afterAll(async () => {
  await index?.close();
  await other?.close();
  await world?.close();
});

let caches = 0;
/** Nothing is in a cache, of uv or of this Action. */
const env = (): Record<string, string> => ({
  ...login,
  XDG_CACHE_HOME: path.join(world.dir, `cache-${++caches}`),
});
const expectDone = ({ code, log }: Pick<Acted, 'code' | 'log'>): void =>
  expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
const withoutMasks = (log: string): string => log.replaceAll(/^::add-mask::.*$/gm, '');
const schedule = (
  inputs: Record<string, string>,
  prepare: (workspace: string) => Promise<void> = async () => {},
): Promise<Acted> =>
  world.act({
    inputs: { attribute: '', verify: 'false', ...inputs },
    step: { eventName: 'schedule', event: { schedule: '0 3 * * *' } },
    env: env(),
    prepare,
  });

const result = 'uv-fod-result.json';

test(
  'a scheduled run upgrades with it, in two jobs and in one, and it is shown nowhere',
  async () => {
    let workspace = '';
    const computed = await schedule({ mode: 'compute', token: '' }, async (dir) => {
      workspace = dir;
    });
    expectDone(computed);
    const text = await readFile(path.join(workspace, result), 'utf8');
    const published = await schedule({ mode: 'publish' }, (dir) => writeFile(path.join(dir, result), text));
    expectDone(published);
    expect(published.outputs.get('outcome')).toBe('created');
    const { body } = await world.pull(Number(published.outputs.get('pull-request-number')));
    expect(body).toMatch(/\| beta \| `1\.0` \| `1\.1` \| is 1 day old/);
    const whole = await schedule({});
    expectDone(whole);
    expect(whole.outputs.get('outcome')).toBe('updated');
    const shown = [computed, published, whole].map(({ log, summary, outputs }) => {
      expect(log).toContain('::add-mask::canary\n');
      return withoutMasks(log) + summary + JSON.stringify([...outputs]);
    });
    expect([...shown, text, body].join('')).not.toMatch(/canary|status 401|Not asked/);
    expect(JSON.stringify(world.github.requests.map(({ body: one }) => one))).not.toContain('canary');
  },
  4 * minutes,
);

test(
  'its hash is right: that of the command line, which needs the login too',
  async () => {
    const folder = await world.repository.checkout(path.join(world.dir, 'upgraded'));
    await git(folder, 'fetch', '--quiet', 'origin', 'uv-fod/small');
    await git(folder, 'checkout', '--quiet', 'FETCH_HEAD');
    expect(await readFile(path.join(folder, 'uv.lock'), 'utf8')).toContain('name = "alpha"\nversion = "1.1"');
    const hash = (own: Record<string, string>) =>
      uvFod(['hash', '--build-lock', 'uv-fod.lock.json'], folder, own);
    const { code, stdout, stderr } = await hash(env());
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [computed = ''] = /sha256-\S+/.exec(stdout) ?? [];
    expect(await readFile(path.join(folder, 'default.nix'), 'utf8')).toContain(`"${computed}"`);
    const { XDG_CACHE_HOME = '' } = env();
    const refused = await hash({ XDG_CACHE_HOME });
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain('UV_INDEX_<NAME>_PASSWORD');
  },
  2 * minutes,
);

/** A run for a pull request that changes files of main. */
async function proposed(from: string, prepare: (workspace: string) => Promise<void>): Promise<Acted> {
  const base = await world.repository.head();
  const pull = {
    number: 7,
    base: { sha: base, ref: 'main' },
    head: { ref: 'patch-1', repo: { full_name: from } },
  };
  return world.act({
    ...{ prepare, env: env(), inputs: { attribute: '', verify: 'false', 'pull-request': 'false' } },
    step: { eventName: 'pull_request', ref: 'refs/pull/7/merge', event: { pull_request: pull } },
  });
}

/** Its lock has a new release, about which the index is asked. */
const upgraded = async (workspace: string): Promise<void> => {
  const lock = await git(world.repository.bare, 'show', 'uv-fod/small:uv.lock');
  await writeFile(path.join(workspace, 'uv.lock'), `${lock}\n`);
};

test(
  'it serves a pull request of this repository that leaves the address as it is',
  async () => {
    const acted = await proposed(repositoryName, upgraded);
    expectDone(acted);
    expect(acted.log).toContain('The index answered for 1 of 1 releases.');
  },
  2 * minutes,
);

const moved = async (workspace: string): Promise<void> => {
  await upgraded(workspace);
  for (const [name, was, is] of [
    ['uv.lock', '', ''],
    // uv has to ask what is not locked.
    ['pyproject.toml', '"alpha"', '"alpha", "beta"'],
    // A netrc file has no port, and what the derivation does with it is not the subject.
    ['default.nix', /netrcPhase.*\]; /, ''],
  ] as const) {
    const file = path.join(workspace, name);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll(index.origin, other.origin).replace(was, is));
  }
};

test.each([repositoryName, 'stranger/small'])(
  'no login follows the address that a pull request of %s gives to the name',
  async (from) => {
    sent.length = 0;
    const acted = await proposed(from, moved);
    expectDone(acted);
    expect(acted.log).toContain('The index answered for 1 of 1 releases.');
    expect(new Set(sent.map(({ by }) => by))).toEqual(new Set(['uv', 'uv-fod']));
    expect(sent.filter(({ login: one }) => one !== undefined)).toEqual([]);
    expect(withoutMasks(acted.log)).not.toContain('canary');
  },
  2 * minutes,
);
