import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createPlain, type IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { download } from '../../../src/fetch/download.ts';
import { type Loopback, onLoopback } from '../../support/files/loopback.ts';
import { certificate, privateKey } from '../../support/files/loopback-certificate.ts';
import { testNetwork } from '../../support/files/network.ts';

let secure: Loopback;
let proxy: Loopback;
let dir: string;
let requests: IncomingMessage[];
let tunnels: IncomingMessage[];
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'network-'));
  await writeFile(path.join(dir, 'authority.pem'), certificate);
  secure = await onLoopback(
    createServer({ cert: certificate, key: privateKey }, (request, response) => {
      requests.push(request);
      response.end('x');
    }),
  );
  const tunnel = createPlain((request, response) => {
    requests.push(request);
    response.end('x');
  });
  tunnel.on('connect', (request, socket) => {
    tunnels.push(request);
    const inner = connect(secure.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      inner.pipe(socket).pipe(inner);
    });
    for (const end of [socket, inner]) end.on('error', () => {});
  });
  proxy = await onLoopback(tunnel);
});
beforeEach(() => {
  [requests, tunnels] = [[], []];
});
afterAll(async () => {
  await proxy.close();
  await secure.close();
  await rm(dir, { recursive: true, force: true });
});

const get = async (url: string, environment: NodeJS.ProcessEnv) => {
  const file = { url, label: 'a.whl', target: path.join(dir, 'a.whl'), hash: undefined, size: undefined };
  await download([file], await testNetwork({ retries: 0 }, environment));
};

describe('certificates', () => {
  test.each(['SSL_CERT_FILE', 'NIX_SSL_CERT_FILE'])('of %s are trusted', async (name) => {
    await get(`${secure.origin}/a`, { [name]: path.join(dir, 'authority.pem') });
    expect(requests).toHaveLength(1);
  });

  test('that no authority vouches for are refused in one sentence, and nothing is asked for', async () => {
    await expect(get(`${secure.origin}/a`, {})).rejects.toMatchObject({
      code: 'artifact-unreachable',
      message: expect.stringContaining('SSL_CERT_FILE'),
    });
    expect(requests).toEqual([]);
  });

  test('of another name are refused', async () => {
    const network = await testNetwork(
      { retries: 0, approve: async () => ['127.0.0.1'] },
      { SSL_CERT_FILE: path.join(dir, 'authority.pem') },
    );
    const file = { label: 'a.whl', target: path.join(dir, 'a.whl'), hash: undefined, size: undefined };
    const url = `https://files.example:${secure.port}/a`;
    await expect(download([{ ...file, url }], network)).rejects.toMatchObject({
      code: 'artifact-unreachable',
    });
    expect(requests).toEqual([]);
  });

  test('a file of them that does not exist', async () => {
    await expect(get(`${secure.origin}/a`, { SSL_CERT_FILE: path.join(dir, 'none') })).rejects.toMatchObject({
      code: 'artifact-unreachable',
    });
  });
});

describe('a proxy', () => {
  const authority = () => ({ SSL_CERT_FILE: path.join(dir, 'authority.pem') });

  test('is asked for https by a tunnel, with its password', async () => {
    const https_proxy = proxy.origin.replace('//', '//you:p%40ss%22@');
    // The name on the certificate; only the proxy knows where it is.
    await get('https://localhost/a', { ...authority(), https_proxy });
    expect(tunnels.map(({ url, headers }) => [url, headers['proxy-authorization']])).toEqual([
      ['localhost:443', basic('you:p@ss"')],
    ]);
    expect(requests.map(({ headers }) => headers['proxy-authorization'])).toEqual([undefined]);
  });

  test('is asked for http by the whole address', async () => {
    await get('http://unknown.example/a', { HTTP_PROXY: proxy.origin });
    expect(requests.map(({ url }) => url)).toEqual(['http://unknown.example/a']);
  });

  test('may be named for all, and without its protocol', async () => {
    await get('http://unknown.example/a', { all_proxy: proxy.origin.slice('http://'.length) });
    expect(requests).toHaveLength(1);
  });

  test('is passed over for hosts of NO_PROXY', async () => {
    await get(`${secure.origin}/a`, {
      ...authority(),
      https_proxy: 'http://127.0.0.1:9',
      NO_PROXY: 'x.example, 127.0.0.1',
    });
    expect({ requests: requests.length, tunnels }).toEqual({ requests: 1, tunnels: [] });
  });
});

describe('curl', () => {
  test('that is missing is named, with what to do', async () => {
    await expect(get(`${secure.origin}/a`, { PATH: dir })).rejects.toMatchObject({ code: 'curl-missing' });
  });

  test('that is too old, or fails by itself, is named', async () => {
    await writeFile(path.join(dir, 'curl'), '#!/bin/sh\necho "curl: option --x: is unknown" >&2\nexit 2\n', {
      mode: 0o755,
    });
    await expect(get(`${secure.origin}/a`, { PATH: `${dir}:${process.env.PATH}` })).rejects.toMatchObject({
      code: 'curl-failed',
      message: expect.stringContaining('is unknown'),
    });
  });
});
