import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runStep } from '../support/runner/runner.ts';
import { makeReleasedWorld, type ReleasedWorld } from '../support/scenario/released-world.ts';
import { git } from '../support/scenario/repository.ts';
import { sceneOf, sceneSerializer } from '../support/snapshot/scene.ts';

// The scheduled updater through the built Action: a release appears, and one pull request brings
// all that follows from it.
expect.addSnapshotSerializer(sceneSerializer);

const minutes = 60_000;
const token = 'a-token-of-the-runner';
const name = 'you/packages';
let world: ReleasedWorld;
let runs = 0;

beforeAll(async () => {
  const permissions = { contents: 'write', pull_requests: 'write', issues: 'write' } as const;
  world = await makeReleasedWorld({
    ...{ name, tokens: { [token]: { permissions } }, releases: ', minimum-release-age = "0 days"' },
    pullRequest: 'title = "{name}: {before} → {after}"\n',
  });
}, 5 * minutes);
afterAll(() => world?.close());

async function scheduled() {
  const { dir, repository, github } = world;
  runs += 1;
  const workspace = await repository.checkout(path.join(dir, `checkout-${runs}`));
  const sha = await repository.head();
  const step = { workspace, sha, repository: name, github: github.url, ref: 'refs/heads/main', runId: runs };
  const result = await runStep({
    ...step,
    inputs: { token },
    eventName: 'schedule',
    event: { schedule: '0 3 * * *' },
  });
  expect({ code: result.code, log: result.code === 0 ? '' : result.log }).toEqual({ code: 0, log: '' });
  expect(await git(workspace, 'status', '--porcelain')).toBe('');
  return result;
}

async function pullOf(number: number): Promise<Record<string, unknown>> {
  const headers = { authorization: `token ${token}` };
  const answer = await fetch(`${world.github.url}/repos/${name}/pulls/${number}`, { headers });
  return (await answer.json()) as Record<string, unknown>;
}

const branch = 'uv-fod/small';

test(
  'a run by hand fills every hash in, the clock finds a release, and nothing is done twice',
  async () => {
    const { dir, upstream, repository, github } = world;
    const workspace = await repository.checkout(path.join(dir, 'checkout-0'));
    const sha = await repository.head();
    const step = { workspace, sha, repository: name, github: github.url, ref: 'refs/heads/main' };
    const first = await runStep({
      ...step,
      inputs: { token },
      eventName: 'push',
      event: { ref: 'refs/heads/main' },
    });
    expect({ code: first.code, log: first.code === 0 ? '' : first.log }).toEqual({ code: 0, log: '' });
    expect(first.outputs.get('outcome')).toBe('created');
    await repository.merge(branch);
    expect(await readFile(path.join(repository.work, 'default.nix'), 'utf8')).not.toMatch(
      /fakeHash|""|AAAAAAAA/,
    );

    const idle = await scheduled();
    expect(idle.outputs.get('outcome')).toBe('current');
    const writes = github.writes().length;

    await upstream.release('1.1.0', '1.17.0');
    const found = await scheduled();
    expect(found.outputs.get('outcome')).toBe('created');
    const number = Number(found.outputs.get('pull-request-number'));
    const pull = await pullOf(number);
    expect(pull).toMatchObject({
      title: 'small: 1.0.0 → 1.1.0',
      labels: [expect.objectContaining({ name: 'dependencies' })],
    });
    const diff = await repository.diff('main', branch);
    expect(diff).toContain('+  version = "1.1.0";');
    // The source, the second output, and the dependencies of both systems.
    expect(diff.match(/^\+.*(hash|-linux) = "sha.*$/gim)).toHaveLength(4);
    expect(github.writes().length).toBeGreaterThan(writes);

    const settled = github.writes().length;
    const again = await scheduled();
    expect([again.outputs.get('outcome'), again.outputs.get('pull-request-number')]).toEqual([
      'none',
      String(number),
    ]);
    expect(github.writes()).toHaveLength(settled);

    await upstream.release('1.2.0', '1.17.0');
    const asked = github.requests.length;
    const newer = await scheduled();
    expect([newer.outputs.get('outcome'), newer.outputs.get('pull-request-number')]).toEqual([
      'updated',
      String(number),
    ]);
    const requests = github.requests.slice(asked);
    const body = String((await pullOf(number)).body);
    const takesOver = body.split('\n').find((line) => line.startsWith('Takes over')) ?? '';
    expect(sceneOf(newer, requests, { 'of the body': takesOver })).toMatchSnapshot();
  },
  10 * minutes,
);
