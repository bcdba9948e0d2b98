import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Monorepo, makeMonorepo, resultIn } from '../support/scenario/monorepo.ts';

// Two packages over one uv.lock. Each is about its own plan; each test goes on from the one before.
const minutes = 60_000;
let mono: Monorepo;
beforeAll(async () => {
  mono = await makeMonorepo();
}, 5 * minutes);
afterAll(() => mono?.close());

const worker = ['python-dateutil==2.9.0.post0', 'certifi==2022.5.18'];
const six = '| `1.16.0` | `1.17.0` |';
const yanked = /\*\*certifi\*\* `2022\.5\.18` was yanked/;

/** The bodies of both pull requests. */
const bodies = async (): Promise<[string, string]> => [
  await mono.body('uv-fod/api'),
  await mono.body('uv-fod/worker'),
];

test(
  'each pull request lists what is in its package’s plan, direct if that package requires it',
  async () => {
    await mono.depend({ api: ['six==1.17.0', 'iniconfig==2.1.0'], worker });
    await mono.repository.push('Bump six in both, and add some packages');
    const { code, log, outputs } = await mono.run(mono.pinned);
    expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
    const [api, other] = await bodies();
    expect(api).toContain('1 package changed and 1 added');
    expect(api).toMatch(/\| \*\*six\*\* \|/);
    expect(api).toMatch(/\| \*\*iniconfig\*\* \|/);
    expect(api).not.toMatch(/certifi|dateutil/);
    expect(other).toContain('1 package changed and 2 added');
    // Only python-dateutil requires it there.
    expect(other).toMatch(/\| six \| `1\.16\.0` \| `1\.17\.0`/);
    expect(other).not.toContain('iniconfig');
    expect(other).toMatch(yanked);
    const results = JSON.parse(outputs.get('results') ?? '');
    expect(results).toMatchObject([{ name: 'api' }, { name: 'worker' }]);
    expect(Object.keys(results[0].hashes)).toEqual(['x86_64-linux']);
    expect(results[0].packages).toEqual([{ name: 'api', hashes: results[0].hashes }]);
    expect(JSON.parse(outputs.get('hashes') ?? '')).toEqual(results[0].hashes);
  },
  5 * minutes,
);

test(
  'a commit on main that changes no uv.lock leaves the report as it is, also with a checkout of one commit',
  async () => {
    const before = await bodies();
    const head = await mono.repository.head();
    await writeFile(path.join(mono.repository.work, 'other.nix'), '{ }\n');
    await mono.repository.push('Add another file');
    const { code, log } = await mono.run(head);
    expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
    expect((await bodies()).map(lines)).toEqual(before.map(lines));
  },
  5 * minutes,
);

test(
  'what comes to uv.lock later is added to what the hash already lacked',
  async () => {
    const head = await mono.repository.merge('uv-fod/api');
    const merged = await mono.run(head);
    expect(merged.code).toBe(0);
    expect(await mono.body('uv-fod/worker')).toMatch(yanked);
    await mono.depend({ worker: [...worker, 'packaging==25.0'] });
    await mono.repository.push('Add packaging to the worker');
    const { code, outputs } = await mono.run(head);
    expect([code, JSON.parse(outputs.get('results') ?? '')]).toMatchObject([
      0,
      [{ outcome: 'current' }, { outcome: 'updated' }],
    ]);
    const body = await mono.body('uv-fod/worker');
    expect(body).toMatch(yanked);
    expect(body).toContain(six);
    expect(body).toContain('packaging');
    // The commit that is asked for is compared with.
    const asked = await mono.run(head, { 'compare-with': head, 'pull-request': 'false' });
    const results = JSON.parse(asked.outputs.get('reports') ?? '');
    expect(results[0].packages.map(({ name }: { name: string }) => name)).toEqual(['packaging']);
  },
  5 * minutes,
);

test(
  'in a group, the member without a new hash is unchanged, and no output lacks a member',
  async () => {
    await mono.group('both');
    const head = await mono.repository.push('Put both into one group');
    const { code, log, outputs, summary } = await mono.run(head);
    expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
    const body = await mono.body('uv-fod/both');
    expect(body).toMatch(/^\*\*worker\*\* `1\.0`: 1 package changed and 3 added; new hash/);
    expect(body).toMatch(/^\*\*api\*\* `1\.0`: unchanged\.$/m);
    expect(body.match(/^### Packages/gm)).toHaveLength(1);
    expect(summary).toMatch(/^\*\*api\*\* `1\.0`: unchanged\.$/m);
    const [only] = JSON.parse(outputs.get('results') ?? '');
    expect(only.packages.map(({ name }: { name: string }) => name)).toEqual(['api', 'worker']);
    const [api, other] = only.packages;
    const { before, after } = other.hashes['x86_64-linux'];
    expect(before).not.toBe(after);
    expect(api.hashes['x86_64-linux'].after).not.toBe(after);
    const both = { api: api.hashes, worker: other.hashes };
    expect(only.hashes).toEqual(both);
    expect(JSON.parse(outputs.get('hashes') ?? '')).toEqual(both);
    const reports = JSON.parse(outputs.get('reports') ?? '');
    expect(reports.map(({ subject }: { subject: { name: string } }) => subject.name)).toEqual([
      'worker',
      'api',
    ]);
    expect(JSON.parse(outputs.get('report') ?? '')).toEqual(reports[0]);
  },
  5 * minutes,
);

test(
  'a publishing job composes the same: each change once, of what the plans have',
  async () => {
    await mono.depend({ api: ['six==1.17.0', 'iniconfig==2.1.0', 'packaging==25.0'] });
    const head = await mono.repository.push('Add packaging to the api as well');
    let workspace = '';
    const computed = await mono.run(
      head,
      { mode: 'compute', token: '' },
      {
        prepare: async (dir) => {
          workspace = dir;
        },
      },
    );
    expect(computed.code).toBe(0);
    const text = await resultIn(workspace);
    const { code, log, outputs } = await mono.run(
      head,
      { mode: 'publish' },
      { prepare: (dir) => writeFile(path.join(dir, 'uv-fod-result.json'), text) },
    );
    expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
    const report = JSON.parse(outputs.get('report') ?? '');
    expect(report.packages.map(({ name }: { name: string }) => name).sort()).toEqual([
      ...['certifi', 'packaging', 'python-dateutil', 'six'],
    ]);
    const hashes = JSON.parse(outputs.get('hashes') ?? '');
    expect(Object.keys(hashes)).toEqual(['api.lock.json', 'worker.lock.json']);
    expect(await mono.body('uv-fod/both')).toMatch(yanked);
  },
  5 * minutes,
);

/** Without what differs from run to run. */
const lines = (body: string): string[] =>
  body.split('\n').filter((line) => !/^ {4}.* : \d+, \d+$/.test(line));
