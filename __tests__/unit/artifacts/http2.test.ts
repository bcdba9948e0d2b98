import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { download } from '../../../src/artifacts/download.ts';
import { makeNetwork } from '../../../src/effects/network.ts';
import { certificate, privateKey } from '../../support/files/loopback-certificate.ts';

const bytes = Buffer.from(Array.from({ length: 400_000 }, (_, n) => n % 251));
const hash = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

let dir: string;
let server: Http2SecureServer;
let origin: string;
let sessions: Http2Session[];
let streams: number;
let handler: (stream: ServerHttp2Stream, count: number) => void;

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'http2-'));
  sessions = [];
  streams = 0;
  server = createSecureServer({ key: privateKey, cert: certificate, maxSessionMemory: 1000 });
  server.on('session', (session) => sessions.push(session));
  server.on('sessionError', () => {});
  server.on('stream', (stream) => {
    stream.on('error', () => {});
    handler(stream, ++streams);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const session of sessions) session.destroy();
  server.close();
  await rm(dir, { recursive: true, force: true });
});

const whole = (stream: ServerHttp2Stream): void => {
  stream.respond({ ':status': 200, 'content-length': bytes.length });
  stream.end(bytes);
};
const makeGet = (at: string) => {
  const network = { ...makeNetwork({ certificates: certificate }), retries: 3, retryDelay: 1 };
  return (name: string) =>
    download({ url: `${at}/${name}`, hash, size: bytes.length, label: name }, path.join(dir, name), network);
};

describe('downloads over HTTP/2', () => {
  test('many files share a few connections', async () => {
    handler = whole;
    const get = makeGet(origin);
    const names = Array.from({ length: 40 }, (_, n) => `${n}.whl`);
    const results = await Promise.all(names.map(get));
    for (const name of names) expect((await readFile(path.join(dir, name))).equals(bytes)).toBe(true);
    expect(new Set(results.map(({ size }) => size))).toEqual(new Set([bytes.length]));
    expect(streams).toBe(40);
    expect(sessions.length).toBeLessThanOrEqual(3);
  });

  test('a stream that is reset is asked for again, from where it broke', async () => {
    const ranges: unknown[] = [];
    server.on('stream', (_, headers) => ranges.push(headers.range));
    handler = (stream, count) => {
      if (count > 1) return whole(stream);
      stream.respond({ ':status': 200 });
      stream.write(bytes.subarray(0, 50_000), () => setTimeout(() => stream.close(2), 20));
    };
    await makeGet(origin)('a.whl');
    expect(ranges).toEqual([undefined, 'bytes=50000-']);
  });

  test('a server that says goodbye, or goes, is asked on a new connection', async () => {
    handler = (stream, count) => {
      if (count === 1) stream.session?.goaway();
      if (count === 2) return stream.session?.destroy();
      whole(stream);
    };
    const get = makeGet(origin);
    await get('a.whl');
    await get('b.whl');
    await get('c.whl');
    expect(streams).toBe(4);
  });

  test('statuses and redirects mean what they do elsewhere', async () => {
    handler = (stream, count) => {
      if (count === 1) stream.respond({ ':status': 302, location: '/b.whl' }, { endStream: true });
      else if (count === 2) stream.respond({ ':status': 503 }, { endStream: true });
      else whole(stream);
    };
    await makeGet(origin)('a.whl');
    expect(streams).toBe(3);
    handler = (stream) => stream.respond({ ':status': 404 }, { endStream: true });
    await expect(makeGet(origin)('gone.whl')).rejects.toThrow('the server answered 404');
    expect(streams).toBe(4);
  });

  test('a certificate that nobody vouches for is refused', async () => {
    handler = whole;
    const network = { ...makeNetwork({}), retries: 0 };
    await expect(
      download({ url: `${origin}/a.whl`, label: 'a.whl' }, path.join(dir, 'a.whl'), network),
    ).rejects.toThrow(/self-signed certificate/);
    expect(streams).toBe(0);
  });

  test('a host without HTTP/2 is spoken to over HTTP/1.1', async () => {
    const versions: string[] = [];
    const old = createServer({ key: privateKey, cert: certificate }, (request, response) => {
      versions.push(request.httpVersion);
      response.end(bytes);
    });
    await new Promise<void>((resolve) => old.listen(0, '127.0.0.1', resolve));
    try {
      const get = makeGet(`https://127.0.0.1:${(old.address() as AddressInfo).port}`);
      await Promise.all(['a.whl', 'b.whl', 'c.whl'].map(get));
      expect(versions).toEqual(['1.1', '1.1', '1.1']);
    } finally {
      old.closeAllConnections();
      old.close();
    }
  });
});
