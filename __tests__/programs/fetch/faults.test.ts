import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Download, download } from '../../../src/fetch/download.ts';
import type { Network, Timeouts } from '../../../src/fetch/network.ts';
import { type Loopback, onLoopback } from '../../support/files/loopback.ts';
import { testNetwork } from '../../support/files/network.ts';

const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, n) => n % 251));
const other = Buffer.alloc(300_000, 'other');
const hash = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

let server: Loopback;
let dir: string;
let handler: (request: IncomingMessage, response: ServerResponse, count: number) => void;
let requests: IncomingMessage[];

beforeAll(async () => {
  const listener = createServer((request, response) => {
    requests.push(request);
    handler(request, response, requests.length);
  });
  server = await onLoopback(listener);
});
afterAll(() => server.close());
beforeEach(async () => {
  requests = [];
  dir = await mkdtemp(path.join(tmpdir(), 'faults-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const patience: Timeouts = { connect: 5, window: 10, minimum: 1, total: 60, rate: 1e6 };
const get = async (more: Partial<Download> = {}, network: Partial<Network> = {}) => {
  const target = path.join(dir, 'a.whl');
  const file = { url: `${server.origin}/a.whl`, hash, size: bytes.length, label: 'a.whl', target, ...more };
  await download([file], await testNetwork({ patience, ...network }));
};
/** Sends the first bytes and then breaks the connection. */
const cut = (response: ServerResponse, body: Buffer): void => {
  response.writeHead(200, { 'content-length': body.length });
  response.write(body.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 20));
};
describe('a server that keeps us waiting', () => {
  const hurried = (more: Partial<Timeouts>): Partial<Network> => ({
    retries: 0,
    patience: { ...patience, ...more },
  });

  test('never answers', async () => {
    handler = () => {};
    await expect(get({}, hurried({ window: 1 }))).rejects.toMatchObject({ code: 'artifact-unreachable' });
  });

  test('stalls', async () => {
    handler = (_, response) => {
      response.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, 1000));
    };
    await expect(get({}, hurried({ window: 1 }))).rejects.toMatchObject({ code: 'artifact-unreachable' });
    expect(await readdir(dir)).toEqual([]);
  }, 60_000);

  test('drips', async () => {
    handler = (_, response) => {
      response.writeHead(200, { 'content-length': bytes.length });
      const timer = setInterval(() => response.write('x'), 5);
      response.once('close', () => clearInterval(timer));
    };
    await expect(get({}, hurried({ window: 2, minimum: 8192 }))).rejects.toThrow(/too slow/);
  }, 60_000);

  test('is slower than the size of the file allows', async () => {
    handler = (_, response) => {
      response.writeHead(200, { 'content-length': bytes.length });
      const timer = setInterval(() => response.write(bytes.subarray(0, 10)), 5);
      response.once('close', () => clearInterval(timer));
    };
    await expect(get({}, hurried({ total: 1, rate: 3e6 }))).rejects.toThrow(/timed out/);
  }, 60_000);

  test('and one whose result nobody wants any more', async () => {
    const controller = new AbortController();
    handler = () => controller.abort(new Error('enough'));
    await expect(get({}, { stop: controller.signal })).rejects.toThrow('enough');
    expect(requests).toHaveLength(1);
    expect(await readdir(dir)).toEqual([]);
  });

  test('and a run that is cancelled', async () => {
    const controller = new AbortController();
    handler = () => controller.abort(new Error('cancelled'));
    const { networkFrom } = await import('../../../src/fetch/network.ts');
    const network = await networkFrom({ PATH: process.env.PATH }, undefined, controller.signal);
    await expect(get({}, network)).rejects.toThrow('cancelled');
    expect(requests).toHaveLength(1);
  });
});

describe('a connection that breaks', () => {
  test('all of it is asked for again, and pieces of two files are never joined', async () => {
    handler = (_, response, count) => (count === 1 ? cut(response, other) : response.end(bytes));
    await get();
    expect(await readFile(path.join(dir, 'a.whl'))).toEqual(bytes);
    expect(requests.map(({ headers }) => headers.range)).toEqual([undefined, undefined]);
  });

  test('again and again: as many tries as were allowed, and nothing is left', async () => {
    handler = (_, response) => cut(response, bytes);
    await expect(get()).rejects.toMatchObject({ code: 'artifact-unreachable' });
    expect(requests).toHaveLength(3);
    expect(await readdir(dir)).toEqual([]);
  });
});

describe('a server that says something else', () => {
  test('less than the lock has, as a page that says 200', async () => {
    handler = (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>log in</html>');
    await expect(get()).rejects.toThrow(/19 of 300000 bytes, and is a web page/);
  });

  test('a length that is not kept to, where the lock has none', async () => {
    handler = (_, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('x', () => response.destroy());
    };
    await expect(get({ size: undefined, hash: undefined })).rejects.toMatchObject({
      code: 'artifact-unreachable',
    });
  });

  test('more than the lock has, without an end', async () => {
    let sent = 0;
    handler = (_, response) => {
      response.on('error', () => {});
      // Node says so to the one, to the other or to both, as its versions differ; without an end it
      // would write in a circle.
      const more = (error?: Error | null): void => {
        if (error || response.destroyed) return;
        sent += bytes.length;
        response.write(bytes, more);
      };
      more();
    };
    await expect(get()).rejects.toMatchObject({ code: 'artifact-changed' });
    expect(requests).toHaveLength(1);
    expect(sent).toBeLessThan(1_000_000_000);
    expect(await readdir(dir)).toEqual([]);
  });

  test('credentials go to their own host, not to where it redirects', async () => {
    const elsewhere = server.origin.replace('127.0.0.1', 'localhost');
    handler = (request, response) => {
      if (request.url === '/a.whl') response.writeHead(302, { location: `${elsewhere}/b.whl` }).end();
      else response.end(bytes);
    };
    const loginFor = (url: URL) => (url.hostname === '127.0.0.1' ? 'me:"s\\ecret' : undefined);
    await get({}, { loginFor });
    const sent = `Basic ${Buffer.from('me:"s\\ecret').toString('base64')}`;
    expect(requests.map(({ headers }) => headers.authorization)).toEqual([sent, undefined]);
  });

  test.each(['file:///etc/passwd', 'ftp://x/', 'gopher://127.0.0.1:6379/_x'])(
    'a redirect to %s',
    async (location) => {
      handler = (_, response) => response.writeHead(302, { location }).end();
      await expect(get()).rejects.toMatchObject({ code: 'artifact-address' });
    },
  );

  test('a redirect to nowhere', async () => {
    handler = (_, response) => response.writeHead(302).end();
    await expect(get()).rejects.toThrow('302');
    expect(requests).toHaveLength(1);
  });
});

describe('a disk', () => {
  test('that is full stops at once, with what to do', async () => {
    await symlink('/dev/full', path.join(dir, 'a.whl.part'));
    handler = (_, response) => response.end(bytes);
    await expect(get()).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringContaining('no space left'),
    });
    expect(requests).toHaveLength(1);
    expect(await readdir(dir)).toEqual([]);
  });

  test('that has no such folder', async () => {
    handler = (_, response) => response.end(bytes);
    await expect(get({ target: path.join(dir, 'none', 'a.whl') })).rejects.toMatchObject({
      code: 'files-unwritable',
    });
  });
});
