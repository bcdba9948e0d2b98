import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type FileServer, startFileServer } from '../support/files/server.ts';
import { scratch, writeFiles } from '../support/nix/project.ts';
import { Repository } from '../support/scenario/repository.ts';
import { makeRunner, type Ran, type Runner } from '../support/workflow/act.ts';

// The runner's cache by @actions/cache, against act's cache server.
const minutes = 60_000;
const filename = 'big-1.0-py3-none-any.whl';
const bytes = randomBytes(8 * 1024 * 1024);
let place: Awaited<ReturnType<typeof scratch>>;
let index: FileServer;
let repository: Repository;
let runner: Runner;
let runs = 0;

const workflow = `on: push
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1
      - uses: OWNER/uv-fod@0000000000000000000000000000000000000000
        with: { mode: check, attribute: small }
`;

const project = `[project]
name = "small"
version = "1.0"
requires-python = ">=3.13"
dependencies = ["big"]

[tool.uv]
package = false
`;

const lock = (origin: string, hash: string): string => `version = 1
revision = 3
requires-python = ">=3.13"

[[package]]
name = "big"
version = "1.0"
source = { registry = "${origin}/simple" }
wheels = [{ url = "${origin}/${filename}", hash = "${hash}", size = ${bytes.length} }]

[[package]]
name = "small"
version = "1.0"
source = { virtual = "." }
dependencies = [{ name = "big" }]

[package.metadata]
requires-dist = [{ name = "big" }]
`;

const declared = {
  version: 1,
  target: {
    ...{ python: '3.14.8', libc: 'glibc:2.39', packages: [], allPackages: false },
    ...{ extras: [], groups: [], defaultGroups: false },
  },
  systems: { 'x86_64-linux': { plan: '', hash: '', builds: [], environments: {} } },
  builds: {},
  wheels: {},
};

beforeAll(async () => {
  place = await scratch('cache');
  index = await startFileServer();
  const { hash = '' } = index.wheel(filename, bytes);
  repository = await Repository.create(place.dir);
  await writeFiles(repository.work, {
    '.github/workflows/check.yml': workflow,
    'pyproject.toml': project,
    'uv.lock': lock(index.origin, hash),
    'uv-fod.lock.json': JSON.stringify(declared),
    'default.nix': '{ }: { }\n',
  });
  await repository.push('A check without Nix');
  runner = await makeRunner();
}, minutes);
afterAll(async () => {
  await runner?.close();
  await index?.close();
  await place?.remove();
});

/**
 * A new machine each time: its own cache folder, which is the same path as on a runner and empty.
 */
async function onNewMachine(): Promise<Ran> {
  const home = path.join(place.dir, 'home');
  await rm(home, { recursive: true, force: true });
  const sha = await repository.head();
  runs += 1;
  return runner.run({
    ...{ workflow: 'check.yml', eventName: 'push', event: { ref: 'refs/heads/main', after: sha }, sha },
    ...{ ref: 'refs/heads/main', work: repository.work, bare: repository.bare, repository: 'you/small' },
    ...{ github: 'http://127.0.0.1:9', token: 'none', runId: runs, env: { XDG_CACHE_HOME: home } },
  });
}

test(
  'a miss and a save, then a hit that fetches nothing and gives the same hash',
  async () => {
    const first = await onNewMachine();
    expect(first.outputs.get('status')).toBe('stale');
    expect(first.log).toContain("No artifacts in the runner's cache");
    expect(first.log).toContain('Saved artifacts');
    expect(index.requests).toEqual([`/${filename}`]);

    const second = await onNewMachine();
    expect(second.log).toContain('Restored artifacts');
    expect(second.log).not.toContain('Saved artifacts');
    expect(index.requests).toEqual([`/${filename}`]);
    expect(second.outputs.get('hashes')).toBe(first.outputs.get('hashes'));
    expect(JSON.parse(second.outputs.get('hashes') ?? '{}')['x86_64-linux'].after).toMatch(/^sha256-/);
  },
  2 * minutes,
);
