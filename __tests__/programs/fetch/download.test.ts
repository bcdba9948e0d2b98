import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { download } from '../../../src/fetch/download.ts';
import { type Loopback, onLoopback } from '../../support/files/loopback.ts';
import { testNetwork } from '../../support/files/network.ts';

const bytes = Buffer.alloc(300_000, 'wheel');
const hash = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

let server: Loopback;
let dir: string;
let handler: (request: IncomingMessage, response: ServerResponse, count: number) => void;
let count: number;

beforeAll(async () => {
  const listener = createServer((request, response) => handler(request, response, ++count));
  server = await onLoopback(listener);
});
afterAll(() => server.close());
beforeEach(async () => {
  count = 0;
  dir = await mkdtemp(path.join(tmpdir(), 'download-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const get = (more: { hash?: string; size?: number; path?: string } = {}) =>
  fetchOne({ url: `${server.origin}${more.path ?? '/a.whl'}`, hash, size: bytes.length, ...more });
async function fetchOne(more: { url: string; hash?: string; size?: number }): Promise<number> {
  const file = { hash: undefined, size: undefined, label: 'a.whl', target: path.join(dir, 'a.whl'), ...more };
  let came = -1;
  await download([file], await testNetwork(), (_, size) => {
    came = size;
  });
  return came;
}

describe('download', () => {
  test('writes the verified file, and nothing beside it', async () => {
    handler = (_, response) => response.end(bytes);
    expect(await get()).toBe(bytes.length);
    expect(await readdir(dir)).toEqual(['a.whl']);
    expect(await readFile(path.join(dir, 'a.whl'))).toEqual(bytes);
  });

  test('checks a digest of another algorithm', async () => {
    handler = (_, response) => response.end(bytes);
    const sha512 = `sha512:${createHash('sha512').update(bytes).digest('hex')}`;
    await expect(get({ hash: sha512 })).resolves.toBe(bytes.length);
    await expect(get({ hash: sha512.replace(/.$/, 'g') })).rejects.toMatchObject({
      code: 'artifact-changed',
    });
  });

  test('tries again after failures that pass', async () => {
    handler = (_, response, n) => {
      if (n === 1) response.writeHead(503).end();
      else if (n === 2)
        response
          .writeHead(200, { 'content-length': bytes.length })
          .end(bytes.subarray(0, 1000), () => response.destroy());
      else response.end(bytes);
    };
    await get();
    expect(count).toBe(3);
  });

  test('gives up after as many tries as it was told, and leaves nothing', async () => {
    handler = (_, response) => response.writeHead(502).end();
    await expect(get()).rejects.toThrow(/a\.whl can't be downloaded from http:.*502/);
    expect(count).toBe(3);
    expect(await readdir(dir)).toEqual([]);
  });

  test.each([404, 403, 410])('does not repeat a %i', async (status) => {
    handler = (_, response) => response.writeHead(status).end();
    await expect(get()).rejects.toMatchObject({ code: 'artifact-unreachable' });
    expect(count).toBe(1);
  });

  test.each([
    ['other bytes', Buffer.alloc(bytes.length, 'other')],
    ['more bytes', Buffer.concat([bytes, Buffer.from('x')])],
    ['a page that says 200', Buffer.alloc(bytes.length, '<html>')],
  ])('refuses %s at once, and keeps none of them', async (_, body) => {
    handler = (_request, response) => response.end(body);
    await expect(get()).rejects.toMatchObject({ code: 'artifact-changed' });
    expect(count).toBe(1);
    expect(await readdir(dir)).toEqual([]);
  });

  test('follows redirects, and not for ever', async () => {
    handler = (request, response) => {
      if (request.url === '/start') response.writeHead(302, { location: '/a.whl' }).end();
      else if (request.url === '/loop') response.writeHead(302, { location: '/loop' }).end();
      else response.end(bytes);
    };
    await get({ path: '/start' });
    await expect(get({ path: '/loop' })).rejects.toMatchObject({ code: 'artifact-unreachable' });
  });

  test.each(['file:///etc/passwd', 'ftp://x/y', 'not an address'])('%s is no address', async (url) => {
    await expect(fetchOne({ url })).rejects.toMatchObject({
      code: 'artifact-address',
    });
  });

  test('no message shows credentials', async () => {
    handler = (_, response) => response.writeHead(404).end();
    const url = `${server.origin.replace('//', '//user:secret@')}/a.whl?token=secret`;
    await expect(fetchOne({ url })).rejects.toThrow(/^((?!secret).)*$/s);
  });
});
