import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startGitHub } from '../support/github/server.ts';
import { runStep } from '../support/runner/runner.ts';
import { pushMany } from '../support/scenario/many.ts';
import { Repository } from '../support/scenario/repository.ts';

// The clock starts the Action, and there is nothing to do: what such a run costs is counted.
const minutes = 60_000;
const token = 'a-token-of-the-runner';
const name = 'you/small';
const MANY = 20;
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'idle-'));
  await writeFile(path.join(dir, 'calls'), '');
  await mkdir(path.join(dir, 'bin'));
  // What evaluates, counted.
  const counted = `#!/bin/sh\necho "$@" | tr '\\n' ' ' >>${dir}/calls; echo >>${dir}/calls\nexec /usr/bin/nix-instantiate "$@"\n`;
  await writeFile(path.join(dir, 'bin/nix-instantiate'), counted, { mode: 0o755 });
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** A scheduled run over packages that are current: its result, requests and evaluations. */
async function idle(count: number) {
  const folder = path.join(dir, `${count}`);
  const repository = await Repository.create(folder);
  const sha = await pushMany(repository, count, name);
  const permissions = { contents: 'write', pull_requests: 'write', issues: 'write' } as const;
  const github = await startGitHub({
    repository: name,
    bare: repository.bare,
    tokens: { [token]: { permissions } },
  });
  try {
    await fetch(`${github.url}/repos/${name}/releases`, {
      method: 'POST',
      headers: { authorization: `token ${token}` },
      body: JSON.stringify({ tag_name: 'v1.0', target_commitish: 'main' }),
    });
    const before = github.requests.length;
    await writeFile(path.join(dir, 'calls'), '');
    const result = await runStep({
      ...{ workspace: await repository.checkout(path.join(folder, 'checkout')), sha, inputs: { token } },
      ...{ repository: name, github: github.url, ref: 'refs/heads/main' },
      ...{ eventName: 'schedule', event: { schedule: '0 3 * * *' } },
      env: { PATH: `${dir}/bin:${process.env.PATH}` },
    });
    const calls = (await readFile(path.join(dir, 'calls'), 'utf8')).split('\n');
    return {
      ...result,
      asked: github.requests.slice(before).map(({ method, path: at }) => `${method} ${at}`),
      writes: github.writes().length,
      evaluations: calls.filter((one) => one.includes('--expr')).length,
    };
  } finally {
    await github.close();
  }
}

test(
  'a scheduled run with nothing to do makes two requests, builds nothing and fetches nothing',
  async () => {
    const { code, log, outputs, asked, writes, evaluations } = await idle(1);
    expect({ code, outcome: outputs.get('outcome'), log: code === 0 ? '' : log }).toEqual({
      ...{ code: 0, outcome: 'current', log: '' },
    });
    expect(asked).toEqual(['POST /graphql', 'POST /graphql']);
    expect([writes, evaluations]).toEqual([1, 1]);
    expect(log).not.toMatch(/Nix: |Hash without Nix|downloaded/);
  },
  5 * minutes,
);

test(
  `with ${MANY} packages it makes no more requests, and one evaluation`,
  async () => {
    const { code, log, outputs, asked, writes, evaluations } = await idle(MANY);
    expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
    const results = JSON.parse(outputs.get('results') ?? '[]') as { outcome: string }[];
    expect(results.map(({ outcome }) => outcome)).toEqual(Array(MANY).fill('current'));
    expect(asked).toEqual(['POST /graphql', 'POST /graphql']);
    expect([writes, evaluations]).toEqual([1, 1]);
    expect(log).not.toMatch(/Nix: |Hash without Nix|downloaded/);
  },
  5 * minutes,
);
