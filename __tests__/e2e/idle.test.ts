import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startGitHub } from '../support/github/server.ts';
import type { GitHub } from '../support/github/types.ts';
import { runStep } from '../support/runner/runner.ts';
import { Repository } from '../support/scenario/repository.ts';
import { uvFod, writeSmall } from '../support/scenario/small-project.ts';

// The clock starts the Action, and there is nothing to do: what such a run costs is counted.
const minutes = 60_000;
const token = 'a-token-of-the-runner';
const name = 'you/small';
let dir: string;
let repository: Repository;
let github: GitHub;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'idle-'));
  repository = await Repository.create(dir);
  await writeSmall(repository.work);
  await mkdir(path.join(repository.work, '.github'));
  await writeFile(
    path.join(repository.work, '.github/uv-fod.toml'),
    `[[package]]
attribute = "small"
releases = { github = "${name}", tag = "v{version}", minimum-release-age = "0 days" }
`,
  );
  expect(await uvFod(['update', 'small', '--no-verify'], repository.work)).toMatchObject({ code: 0 });
  await repository.push('A package that is current');
  const permissions = { contents: 'write', pull_requests: 'write', issues: 'write' } as const;
  github = await startGitHub({
    repository: name,
    bare: repository.bare,
    tokens: { [token]: { permissions } },
  });
  await fetch(`${github.url}/repos/${name}/releases`, {
    method: 'POST',
    headers: { authorization: `token ${token}` },
    body: JSON.stringify({ tag_name: 'v1.0', target_commitish: 'main' }),
  });
}, 5 * minutes);
afterAll(async () => {
  await github?.close();
  await rm(dir, { recursive: true, force: true });
});

test(
  'a scheduled run with nothing to do makes two requests, builds nothing and fetches nothing',
  async () => {
    const before = github.requests.length;
    const { code, log, outputs, summary } = await runStep({
      ...{ workspace: await repository.checkout(path.join(dir, 'checkout')), sha: await repository.head() },
      ...{ repository: name, github: github.url, ref: 'refs/heads/main', inputs: { token } },
      ...{ eventName: 'schedule', event: { schedule: '0 3 * * *' } },
    });
    expect({ code, outcome: outputs.get('outcome'), log: code === 0 ? '' : log }).toEqual({
      ...{ code: 0, outcome: 'current', log: '' },
    });
    expect(summary).toContain('the hash and the build lock are current');
    const asked = github.requests.slice(before).map(({ method, path: at }) => `${method} ${at}`);
    expect(asked).toEqual([`GET /repos/${name}/releases`, 'POST /graphql']);
    expect(github.writes().length).toBe(1);
    expect(log).not.toMatch(/Nix: |Hash without Nix|downloaded/);
  },
  5 * minutes,
);
