import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { type Acted, makeWorld, repositoryName, type World } from '../../support/scenario/world.ts';
import { config, type InnerServer, lockedIn, lockHosts, startInner } from '../support/inner-server.ts';
import { minutes } from '../support/world.ts';

let world: World;
let inner: InnerServer;
/** The commit whose configuration counts. */
let base: string;

beforeAll(async () => {
  inner = await startInner();
  world = await makeWorld();
  const { work } = world.repository;
  await mkdir(path.join(work, '.github'), { recursive: true });
  await writeFile(path.join(work, '.github/uv-fod.toml'), config(await lockHosts(work)));
  base = await world.repository.push('The hosts that may be fetched from');
}, 2 * minutes);
afterAll(async () => {
  await inner?.close();
  await world?.close();
});

const pull = (head: object | null, to: object = { full_name: repositoryName }) => ({
  pull_request: {
    number: 7,
    base: { sha: base, ref: 'main', repo: to },
    head: { ref: 'patch-1', repo: head },
  },
});

/**
 * A run by an event on a commit that is proposed: its lock names an inner host, and its
 * configuration allows that.
 */
function act(
  eventName: string,
  event: object,
  inputs: Record<string, string>,
  more: { ref?: string; env?: Record<string, string> } = {},
): Promise<Acted> {
  inner.asked.length = 0;
  return world.act({
    prepare: lockedIn(inner.url, { '.github/uv-fod.toml': config([inner.host]) }),
    inputs: { attribute: '', verify: 'false', ...inputs },
    ...(more.env ? { env: more.env } : {}),
    step: { eventName, event, ref: more.ref ?? 'refs/heads/main', sha: base },
  });
}

/** One coded refusal, nothing contacted, nothing written. */
function expectStopped(acted: Acted, code: string): void {
  expect(acted.errors.map(({ title }) => title)).toEqual([code]);
  expect(acted.code).toBeGreaterThan(0);
  if (code === 'host-not-allowed' || code === 'cannot-fetch')
    expect(acted.errors[0]?.message).toMatch(/'127\.0\.0\.1:\d+' is not among|not a public address/);
  expect(inner.asked).toEqual([]);
  expect(acted.left).toBe('');
  expect(world.github.requests.filter(({ write }) => write > 0)).toEqual([]);
}

/** Events that run on the default branch and are known for checking out what is proposed. */
const elsewhere: readonly [string, () => object][] = [
  ['workflow_run', () => ({ action: 'completed', workflow_run: { event: 'pull_request', head_sha: base } })],
  ['issue_comment', () => ({ action: 'created', issue: { number: 7, pull_request: {} } })],
  ['check_run', () => ({ action: 'completed', check_run: { head_sha: base } })],
  ['discussion', () => ({ action: 'created', discussion: {} })],
];
for (const [name, event] of elsewhere)
  attack(3, ['check'], `${name} counts as the base's configuration, not the checkout's`, async () =>
    expectStopped(await act(name, event(), { mode: 'check' }), 'cannot-fetch'),
  );

attack(3, ['compute'], 'merge_group has the configuration of the commit below the group', async () => {
  const event = { action: 'checks_requested', merge_group: { base_sha: base, head_sha: base } };
  expectStopped(await act('merge_group', event, { mode: 'compute' }), 'host-not-allowed');
});

attack(3, ['check'], 'a push of a merge queue has the configuration of the commit below it', async () => {
  const ref = `refs/heads/gh-readonly-queue/main/pr-7-${base}`;
  const event = { ref, before: '0'.repeat(40), after: base };
  expectStopped(await act('push', event, { mode: 'check' }, { ref }), 'cannot-fetch');
});

attack(3, ['update'], "a fork's pull request by pull_request_target publishes nothing", async () => {
  const event = pull({ full_name: 'them/small' });
  expectStopped(await act('pull_request_target', event, {}), 'untrusted-event');
});

attack(3, ['update', 'publish'], 'a branch of this repository gets no pull request into it', async () => {
  const event = { ...pull({ full_name: 'you/small' }), repository: { default_branch: 'patch-1' } };
  const head = { ...event.pull_request.head, sha: base };
  const ofDefault = { ...event, pull_request: { ...event.pull_request, head } };
  for (const [name, mode] of [
    ['pull_request', 'update'],
    ['pull_request', 'publish'],
    ['pull_request_target', 'update'],
  ] as const)
    expectStopped(await act(name, ofDefault, { mode }), 'pull-request-event');
});

attack(3, ['publish'], 'a comment of anyone publishes no result', async () => {
  const event = { action: 'created', issue: { number: 7 }, comment: { body: '/publish' } };
  expectStopped(await act('issue_comment', event, { mode: 'publish' }), 'untrusted-event');
});

attack(3, ['publish'], 'the end of a workflow of a fork publishes no result', async () => {
  const event = { action: 'completed', workflow_run: { head_repository: { full_name: 'them/small' } } };
  expectStopped(await act('workflow_run', event, { mode: 'publish' }), 'untrusted-event');
});

attack(3, ['update'], 'an event of tomorrow has no configuration', async () => {
  const event = { action: 'created' };
  const inputs = { 'pull-request': 'false' };
  expectStopped(await act('event_of_tomorrow', event, inputs), 'untrusted-event');
});

attack(3, ['check'], 'a deployment of any commit has only public hosts', async () => {
  const event = { action: 'created', deployment: { sha: base, ref: 'patch-1' } };
  const acted = await act('deployment', event, { mode: 'check', attribute: 'small' });
  expectStopped(acted, 'cannot-fetch');
});

attack(3, ['update'], 'a push whose payload is missing is not a push', async () => {
  const env = { GITHUB_EVENT_PATH: '/nonexistent/event.json' };
  expectStopped(await act('push', {}, {}, { env }), 'untrusted-event');
});

attack(3, ['compute'], 'a payload that is a list, as that of a push', async () => {
  expectStopped(await act('push', [base], { mode: 'compute' }), 'untrusted-event');
});

attack(3, ['update'], 'a push that comes with a pull request is that pull request', async () => {
  const event = { ref: 'refs/heads/main', after: base, ...pull({ full_name: 'them/small' }) };
  expectStopped(await act('push', event, {}), 'untrusted-event');
});

attack(3, ['check'], 'a base commit that can not be had closes the run', async () => {
  const event = pull({ full_name: repositoryName });
  event.pull_request.base.sha = '9'.repeat(40);
  expectStopped(await act('pull_request', event, { mode: 'check' }), 'base-commit-missing');
});

attack(3, ['compute'], 'a fork that was deleted, or that took our name, opens no index', async () => {
  const { work } = world.repository;
  const hosts = [inner.host, ...(await lockHosts(work))];
  await writeFile(path.join(work, '.github/uv-fod.toml'), config(hosts));
  const allowing = await world.repository.push('An inner host may be fetched from');
  const netrc = path.join(world.dir, 'netrc');
  await writeFile(netrc, 'machine 127.0.0.1 login me password canary\n');
  for (const head of [null, { id: 2, full_name: repositoryName }]) {
    const event = pull(head, { id: 1, full_name: repositoryName });
    event.pull_request.base.sha = allowing;
    const env = { NETRC: netrc, XDG_CACHE_HOME: await mkdtemp(path.join(world.dir, 'cache-')) };
    const acted = await act('pull_request', event, { mode: 'compute' }, { env });
    expect({ code: acted.code, log: acted.code === 0 ? '' : acted.log }).toEqual({ code: 0, log: '' });
    expect(inner.asked.length).toBeGreaterThan(0);
    expect(inner.asked.filter(({ login }) => login !== undefined)).toEqual([]);
  }
});

attack(3, ['compute'], 'nothing is copied to a cache by an event on what is not merged', async () => {
  const cache = await mkdtemp(path.join(world.dir, 'binary-cache-'));
  const event = { action: 'completed', check_suite: { head_sha: base } };
  const acted = await world.act({
    inputs: { mode: 'compute', 'cache-to': `file://${cache}` },
    step: { eventName: 'check_suite', event },
  });
  expect({ code: acted.code, log: acted.code === 0 ? '' : acted.log }).toEqual({ code: 0, log: '' });
  expect(await readdir(cache)).toEqual([]);
});
