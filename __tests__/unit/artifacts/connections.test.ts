import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, createServer as createPlainServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { download } from '../../../src/artifacts/download.ts';
import { makeNetwork } from '../../../src/effects/network.ts';
import { onLoopback } from '../../support/files/loopback.ts';
import { certificate, privateKey } from '../../support/files/loopback-certificate.ts';

const bytes = Buffer.from(Array.from({ length: 400_000 }, (_, n) => n % 251));
const hash = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

let dir: string;
let server: Server;
let origin: string;
let close: () => Promise<void>;
let connections: number;
let requests: IncomingMessage[];
let handler: (response: ServerResponse, count: number) => void;

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'connections-'));
  [connections, requests] = [0, []];
  server = createServer({ key: privateKey, cert: certificate }, (request, response) => {
    requests.push(request);
    handler(response, requests.length);
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.on('tlsClientError', () => {});
  ({ origin, close } = await onLoopback(server));
});
afterEach(async () => {
  await close();
  await rm(dir, { recursive: true, force: true });
});

const whole = (response: ServerResponse): void => void response.end(bytes);
const makeGet = (at: string, trusted: string | undefined = certificate) => {
  const network = { ...makeNetwork({ certificates: trusted }), retries: 3, retryDelay: 1 };
  return (name: string) =>
    download({ url: `${at}/${name}`, hash, size: bytes.length, label: name }, path.join(dir, name), network);
};

describe('connections of downloads', () => {
  test('are asked one file after the other', async () => {
    handler = whole;
    const get = makeGet(origin);
    for (let n = 0; n < 5; n += 1) await get(`${n}.whl`);
    const more = ['a', 'b', 'c'].map((name) => `${name}.whl`);
    await Promise.all(more.map(get));
    for (const name of more) expect((await readFile(path.join(dir, name))).equals(bytes)).toBe(true);
    expect(requests).toHaveLength(8);
    expect(connections).toBe(3);
  });

  test('that the server closed meanwhile are made anew, and that is no try that failed', async () => {
    handler = whole;
    const get = makeGet(origin);
    await get('a.whl');
    server.closeAllConnections();
    await get('b.whl');
    handler = (response) => response.setHeader('connection', 'close').end(bytes);
    await get('c.whl');
    await get('d.whl');
    expect(requests).toHaveLength(4);
    expect(connections).toBe(3);
  });

  test('that break in the middle are made anew, and the rest is asked for', async () => {
    handler = (response, count) => {
      if (count > 1) return whole(response);
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, 50_000), () => setTimeout(() => response.destroy(), 20));
    };
    await makeGet(origin)('a.whl');
    expect(requests.map(({ headers }) => headers.range)).toEqual([undefined, 'bytes=50000-']);
  });

  test('of a server whose certificate nobody vouches for are refused, at once and with what to do', async () => {
    handler = whole;
    const network = { ...makeNetwork({}), retries: 4, retryDelay: 60_000 };
    const file = { url: `${origin}/a.whl`, label: 'a.whl' };
    await expect(download(file, path.join(dir, 'a.whl'), network)).rejects.toThrow(
      /certificate is not trusted \(self-signed certificate.*SSL_CERT_FILE/,
    );
    expect([connections, requests.length]).toEqual([1, 0]);
  });

  test('statuses and redirects mean what they do elsewhere', async () => {
    handler = (response, count) => {
      if (count === 1) response.writeHead(302, { location: '/b.whl' }).end('over there');
      else if (count === 2) response.writeHead(503).end('later');
      else whole(response);
    };
    await makeGet(origin)('a.whl');
    expect(requests).toHaveLength(3);
    handler = (response) => void response.writeHead(404).end();
    await expect(makeGet(origin)('gone.whl')).rejects.toThrow('the server answered 404');
    expect(requests).toHaveLength(4);
  });
});

describe('answers as they lie on the line', () => {
  /** Answers every request with the same bytes. */
  const fromLine = async (answer: readonly Buffer[], then: (socket: Socket) => void = () => {}) => {
    let asked = 0;
    const sockets: Socket[] = [];
    const plain = createPlainServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      socket.on('data', () => {
        asked += 1;
        for (const piece of answer) socket.write(piece);
        then(socket);
      });
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const get = makeGet(`http://127.0.0.1:${(plain.address() as AddressInfo).port}`);
    try {
      return { ...(await get('a.whl')), asked };
    } finally {
      for (const socket of sockets) socket.destroy();
      plain.close();
    }
  };
  const text = (...lines: string[]): Buffer => Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
  const chunk = (from: number, to: number): Buffer =>
    Buffer.concat([
      Buffer.from(`${(to - from).toString(16)};x=y\r\n`),
      bytes.subarray(from, to),
      Buffer.from('\r\n'),
    ]);

  test('in chunks, with a trailer', async () => {
    const head = text('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked');
    const answer = [head, chunk(0, 7), chunk(7, 70_007), chunk(70_007, bytes.length)];
    const end = Buffer.from('0\r\nX-Digest: none\r\n\r\n');
    // Cut where it hurts: within lengths and line ends.
    const all = Buffer.concat([...answer, end]);
    const pieces = [...all.subarray(0, 200)].map((byte) => Buffer.from([byte]));
    expect(await fromLine([...pieces, all.subarray(200)])).toMatchObject({ size: bytes.length, asked: 1 });
  });

  test('until the connection ends, after something told on the way', async () => {
    const head = Buffer.concat([text('HTTP/1.1 103 Early Hints', 'Link: <x>'), text('HTTP/1.0 200 OK')]);
    const ended = await fromLine([head, bytes], (socket) => socket.end());
    expect(ended).toMatchObject({ size: bytes.length, asked: 1 });
  });

  const tooMany = Buffer.from(`HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(20_000)}`);
  test.each([
    ['another protocol', [Buffer.from('SSH-2.0-OpenSSH_10.0\r\n\r\n')], /not one of HTTP\/1\.1/],
    ['a line that ends in its middle', [text('HTTP/1.1 200 OK', 'a: b\rc')], /not one of HTTP\/1\.1/],
    [
      'two lengths',
      [text('HTTP/1.1 200 OK', 'Content-Length: 1', 'Content-Length: 2')],
      /not one of HTTP\/1\.1/,
    ],
    ['a length that is none', [text('HTTP/1.1 200 OK', 'Content-Length: -1')], /a length that is no number/],
    ['headers without an end', [tooMany], /not one of HTTP\/1\.1|more around its bytes than bytes/],
    [
      'another coding',
      [text('HTTP/1.1 200 OK', 'Transfer-Encoding: gzip')],
      /an encoding that nobody asked for/,
    ],
    [
      'a chunk that goes on',
      [text('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked'), Buffer.from('1\r\nabc\r\n')],
      /not one of HTTP\/1\.1/,
    ],
    [
      'a chunk whose length has no end',
      [text('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked'), Buffer.alloc(300_000, '0')],
      /more around its bytes than bytes/,
    ],
    [
      'another answer that nobody asked for',
      [
        text('HTTP/1.1 200 OK', 'Content-Length: 1'),
        Buffer.concat([Buffer.from('x'), text('HTTP/1.1 200 OK')]),
      ],
      /followed by another/,
    ],
  ])('%s is an error with a reason', async (_, answer, reason) => {
    await expect(fromLine(answer)).rejects.toThrow(reason);
  });
});
