import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Loopback, onLoopback } from '../support/files/loopback.ts';
import { makeWorld, type World } from '../support/scenario/world.ts';

// Releases of an index, where neither configuration nor environment name one: the index that
// uv.lock was made with is asked.
const minutes = 60_000;
let world: World;
const asked: string[] = [];
let server: Loopback;
const releases = createServer((request, response) => {
  asked.push(request.url ?? '');
  response.setHeader('content-type', 'application/vnd.pypi.simple.v1+json');
  const files = ['1.0', '1.1', '2.0'].map((version) => ({
    ...{ filename: `small-${version}.tar.gz`, url: `/files/small-${version}.tar.gz` },
    'upload-time': '2026-01-01T00:00:00Z',
  }));
  response.end(JSON.stringify({ files }));
});

beforeAll(async () => {
  world = await makeWorld();
  server = await onLoopback(releases);
  const index = `${server.origin}/simple`;
  const { work } = world.repository;
  const lock = path.join(work, 'uv.lock');
  await writeFile(lock, (await readFile(lock, 'utf8')).replaceAll(/(registry = ")[^"]*/g, `$1${index}`));
  await mkdir(path.join(work, '.github'));
  await writeFile(
    path.join(work, '.github/uv-fod.toml'),
    '[[package]]\nattribute = "small"\nreleases = { pypi = "small", range = "<2" }\n',
  );
  await world.repository.push('Releases are those of the index');
}, 5 * minutes);
afterAll(async () => {
  await server?.close();
  await world?.close();
});

test(
  'the index of uv.lock is asked for releases',
  async () => {
    const { code, log, outputs } = await world.act({
      inputs: { attribute: '', verify: 'false' },
      env: { UV_DEFAULT_INDEX: '', UV_INDEX_URL: '' },
      step: { eventName: 'schedule', event: { schedule: '0 3 * * *' } },
    });
    expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
    expect(asked.sort()).toEqual(['/pypi/six/1.17.0/json', '/simple/six/', '/simple/small/']);
    expect(log).toContain('small: 1.1 is there.');
    expect(outputs.get('outcome')).toBe('created');
    expect(await world.repository.diff('main', 'uv-fod/small')).toContain('+    version = "1.1";');
  },
  2 * minutes,
);
