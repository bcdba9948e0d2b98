import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startGitHub } from '../support/github/server.ts';
import type { GitHub } from '../support/github/types.ts';
import { releasedDerivation } from '../support/scenario/released.ts';
import { Repository } from '../support/scenario/repository.ts';
import { makeUpstream, type Upstream } from '../support/scenario/upstream.ts';
import { makeRunner, type Ran, type Runner } from '../support/workflow/act.ts';
import { copyExample } from '../support/workflow/world.ts';

// examples/workflows/updater.yml, from the clock to the pull request, by act.
const minutes = 60_000;
const token = 'a-token-of-the-runner';
const name = 'you/packages';
let dir: string;
let upstream: Upstream;
let repository: Repository;
let github: GitHub;
let runner: Runner;
let workflow: string;
let runs = 0;

const config = (url: string): string => `[[package]]
attribute = "small"
source-hash = "source"
also = ["ui"]
releases = { git = "${url}", tag = "version/{version}" }

[pull-request]
labels = ["dependencies"]
`;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'updater-workflow-'));
  upstream = await makeUpstream(dir);
  await upstream.release('1.0.0', '1.16.0');
  repository = await Repository.create(dir);
  await writeFile(path.join(repository.work, 'default.nix'), releasedDerivation(upstream.url));
  await mkdir(path.join(repository.work, '.github'));
  await writeFile(path.join(repository.work, '.github/uv-fod.toml'), config(upstream.url));
  workflow = await copyExample(repository, 'updater');
  await repository.push('A package, and who keeps it current');
  // What the example's `permissions:` give, and no more.
  const permissions = { contents: 'write', pull_requests: 'write' } as const;
  github = await startGitHub({
    repository: name,
    bare: repository.bare,
    tokens: { [token]: { permissions } },
  });
  runner = await makeRunner();
}, 5 * minutes);
afterAll(async () => {
  await runner?.close();
  await github?.close();
  await upstream?.close();
  await rm(dir, { recursive: true, force: true });
});

async function start(eventName: 'schedule' | 'workflow_dispatch', event: object): Promise<Ran> {
  const sha = await repository.head();
  runs += 1;
  const ran = await runner.run({
    ...{ workflow, eventName, event, sha, ref: 'refs/heads/main', runId: runs, token },
    ...{ work: repository.work, bare: repository.bare, github: github.url, repository: name },
  });
  expect({ code: ran.code, log: ran.code === 0 ? '' : ran.log }).toEqual({ code: 0, log: '' });
  return ran;
}

const byTheClock = () =>
  start('schedule', { schedule: '17 4 * * *', repository: { default_branch: 'main' } });

test(
  'a release appears, the clock strikes, and one pull request brings all that follows from it; then nothing does',
  async () => {
    await upstream.release('1.1.0', '1.17.0');
    const found = await byTheClock();
    expect(found.outputs.get('outcome')).toBe('created');
    const number = Number(found.outputs.get('pull-request-number'));
    const pull = await (await fetch(`${github.url}/repos/${name}/pulls/${number}`)).json();
    expect(pull).toMatchObject({
      title: 'small: 1.0.0 → 1.1.0',
      state: 'open',
      labels: [expect.objectContaining({ name: 'dependencies' })],
    });
    const diff = await repository.diff('main', 'uv-fod/small');
    expect(diff).toContain('+  version = "1.1.0";');
    // The source, the second output, and the dependencies of both systems.
    expect(diff.match(/^\+.*(hash|-linux) = "sha.*$/gim)).toHaveLength(4);
    expect(found.summary).toContain('1.1.0');

    const writes = github.writes().length;
    const again = await start('workflow_dispatch', { ref: 'refs/heads/main' });
    expect([again.outputs.get('outcome'), again.outputs.get('pull-request-number')]).toEqual([
      'none',
      String(number),
    ]);
    await repository.merge('uv-fod/small');
    expect((await byTheClock()).outputs.get('outcome')).toBe('current');
    expect(github.writes()).toHaveLength(writes);
  },
  10 * minutes,
);
