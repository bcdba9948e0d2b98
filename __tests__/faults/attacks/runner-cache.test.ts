import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { type Loopback, onLoopback } from '../../support/files/loopback.ts';
import { makeWorld, type World } from '../../support/scenario/world.ts';
import { config, lockHosts } from '../support/inner-server.ts';
import { minutes } from '../support/world.ts';

let world: World;
let service: Loopback;
/**
 * How the cache service of the runner was asked: what it has is asked for by GET, and saved by
 * POST.
 */
const asked: string[] = [];
beforeAll(async () => {
  // It has nothing, and takes nothing: only what it is asked for matters.
  const server = createServer((request, response) => {
    asked.push(request.method ?? '');
    response.writeHead(request.method === 'GET' ? 204 : 400).end();
  });
  service = await onLoopback(server);
  world = await makeWorld();
}, 2 * minutes);
afterAll(async () => {
  await service?.close();
  await world?.close();
});

async function act(eventName: string, event: object): Promise<readonly string[]> {
  asked.length = 0;
  const env = {
    ...{ ACTIONS_CACHE_SERVICE_V2: 'true', ACTIONS_RESULTS_URL: `${service.origin}/` },
    ...{ ACTIONS_RUNTIME_TOKEN: 'x', XDG_CACHE_HOME: await mkdtemp(path.join(world.dir, 'cache-')) },
  };
  const inputs = { mode: 'compute', verify: 'false', attribute: '', cache: 'true' };
  const { code, log } = await world.act({ env, inputs, step: { eventName, event } });
  expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
  return asked;
}

attack(
  3,
  ['compute'],
  "an event on what is not merged saves nothing in the base branch's cache",
  async () => {
    const { work } = world.repository;
    await mkdir(path.join(work, '.github'), { recursive: true });
    await writeFile(path.join(work, '.github/uv-fod.toml'), config(await lockHosts(work)));
    const after = await world.repository.push('The hosts that may be fetched from');
    const event = { action: 'created', issue: { number: 7, pull_request: {} } };
    const untrusted = [...(await act('issue_comment', event))];
    expect(new Set(untrusted)).toEqual(new Set(['GET']));
    expect(await act('push', { ref: 'refs/heads/main', after })).toContain('POST');
  },
);
