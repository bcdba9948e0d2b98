import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { download } from '../../../src/fetch/download.ts';
import { makeHostPolicy } from '../../../src/fetch/host-policy.ts';
import type { Network } from '../../../src/fetch/network.ts';
import { networkFrom } from '../../../src/fetch/network.ts';
import { UserError } from '../../../src/system/errors.ts';
import { type Loopback, onLoopback } from '../../support/files/loopback.ts';
import { testNetwork } from '../../support/files/network.ts';

let server: Loopback;
let dir: string;
let requests: IncomingMessage[];
let location = '';
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'addresses-'));
  server = await onLoopback(
    createServer((request, response) => {
      requests.push(request);
      if (request.url === '/go') response.writeHead(302, { location }).end();
      else response.end('x');
    }),
  );
});
beforeEach(() => {
  requests = [];
});
afterAll(async () => {
  await server.close();
  await rm(dir, { recursive: true, force: true });
});

const one = (url: string, label = 'a.whl') => ({
  ...{ url, label, target: path.join(dir, label) },
  ...{ hash: undefined, size: undefined },
});
const get = (url: string, network: Network) => download([one(url)], network);
/** Resolves names as a table says, and counts how often it is asked. */
function policyOf(names: Readonly<Record<string, readonly string[]>>, isUntrusted = true) {
  const asked: string[] = [];
  const policy = makeHostPolicy(
    async () => ({ allowedHosts: undefined, isUntrusted }),
    async (name) => {
      asked.push(name);
      const found = names[name];
      if (!found) throw new Error(`getaddrinfo ENOTFOUND ${name}`);
      return found;
    },
  );
  return { policy, asked };
}
const networkOf = async (names: Readonly<Record<string, readonly string[]>>, isUntrusted = true) =>
  testNetwork({
    ...(await networkFrom({ PATH: process.env.PATH }, policyOf(names, isUntrusted).policy.approve)),
    retries: 0,
  });

describe('the address that is connected to', () => {
  test('is the one that was approved: the name is not resolved again', async () => {
    const network = await networkOf({ 'files.example': ['127.0.0.1'] }, false);
    await get(`http://files.example:${server.port}/a`, network);
    expect(requests.map(({ headers }) => headers.host)).toEqual([`files.example:${server.port}`]);
  });

  test('is asked of the resolver once for all files of a host', async () => {
    const { policy, asked } = policyOf({ 'files.example': ['127.0.0.1'] }, false);
    const network = await testNetwork(await networkFrom({ PATH: process.env.PATH }, policy.approve));
    const files = Array.from({ length: 20 }, (_, n) =>
      one(`http://files.example:${server.port}/${n}`, `${n}.whl`),
    );
    await download(files, network);
    expect({ asked, requests: requests.length }).toEqual({ asked: ['files.example'], requests: 20 });
  });

  test.each(['FILES.example', 'files.example.', 'files.example'])('is pinned for %s', async (name) => {
    const network = await networkOf(
      { 'files.example': ['127.0.0.1'], 'files.example.': ['127.0.0.1'] },
      false,
    );
    await get(`http://${name}:${server.port}/a`, network);
    expect(requests).toHaveLength(1);
  });

  // To the policy `localhost` is a public name here: whatever this machine's resolver says, it is
  // not asked.
  test.each(['http', 'https'])(
    'over %s, is none that a second answer gives (DNS rebinding)',
    async (scheme) => {
      const network = await networkOf({ localhost: ['192.0.2.1', '93.184.215.14'] });
      await expect(get(`${scheme}://localhost:${server.port}/a`, network)).rejects.toMatchObject({
        code: 'host-not-allowed',
      });
      const patience = { connect: 1, window: 5, minimum: 1, total: 5, rate: 1 };
      const rebound = { ...(await networkOf({ localhost: ['93.184.215.14'] })), patience };
      await expect(get(`${scheme}://localhost:${server.port}/a`, rebound)).rejects.toMatchObject({
        code: 'artifact-unreachable',
      });
      expect(requests).toEqual([]);
    },
    60_000,
  );

  test.each([
    'http://127.0.0.1:PORT/a',
    'http://[::ffff:127.0.0.1]:PORT/a',
    'http://[::1]:PORT/a',
    'http://0x7f.1:PORT/a',
    'http://2130706433:PORT/a',
    'http://017700000001:PORT/a',
    'http://127.1:PORT/a',
    'http://0:PORT/a',
    'http://files.example@127.0.0.1:PORT/a',
    'http://inner.example:PORT/a',
    'http://half.example:PORT/a',
    'http://[64:ff9b::7f00:1]:PORT/a',
  ])('is never an inner one for a lock that is not trusted: %s', async (address) => {
    const network = await networkOf({
      'files.example': ['93.184.215.14'],
      'inner.example': ['10.0.0.1'],
      'half.example': ['93.184.215.14', '127.0.0.1'],
    });
    await expect(get(address.replace('PORT', String(server.port)), network)).rejects.toMatchObject({
      code: 'host-not-allowed',
    });
    expect(requests).toEqual([]);
  });
});

describe('a redirect', () => {
  test('is judged as any address is, and not tried again', async () => {
    const network = await networkOf({ 'files.example': ['127.0.0.1'] }, false);
    const asked: string[] = [];
    location = `http://169.254.169.254/latest/meta-data`;
    const approve: Network['approve'] = async (address, what) => {
      asked.push(address);
      if (address.includes('169.254')) throw new UserError('host-not-allowed', 'no');
      return network.approve(address, what);
    };
    await expect(
      get(`http://files.example:${server.port}/go`, { ...network, approve, retries: 3 }),
    ).rejects.toMatchObject({ code: 'host-not-allowed' });
    expect(asked).toEqual([`http://files.example:${server.port}/go`, location]);
  });

  test('to another name on the same address is another address: its connection is not reused', async () => {
    const network = await networkOf({ 'a.example': ['127.0.0.1'] }, false);
    location = `http://b.example:${server.port}/b`;
    await expect(get(`http://a.example:${server.port}/go`, network)).rejects.toMatchObject({
      code: 'artifact-unreachable',
    });
    expect(requests.map(({ url }) => url)).toEqual(['/go']);
  });
});

describe('a redirect from the internet to the inside, without any configuration', () => {
  // A server that each name leads to, whatever it stands for: the pins are replaced after the
  // judgement.
  const names: Readonly<Record<string, readonly string[]>> = {
    'public.example': ['93.184.215.14'],
    'other.example': ['93.184.215.15', '2606:4700::1'],
    'inside.example': ['10.0.0.7'],
    'half.example': ['93.184.215.16', '192.168.0.9'],
  };
  test.each([
    ['public.example', 'http://inside.example/', '10.0.0.7'],
    ['public.example', 'http://half.example/', '192.168.0.9'],
    ['public.example', 'http://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
    ['unknown.example', 'http://169.254.169.254/', '169.254.169.254'],
    ['public.example', 'http://other.example/', undefined],
    // The lock itself names the inside.
    ['inside.example', 'http://10.0.0.8/', undefined],
    ['inside.example', 'http://other.example/', undefined],
    ['public.example', 'http://unknown.example/', undefined],
  ])('from %s to %s', async (from, to, refusal) => {
    // Through a proxy, which stands for the internet: it answers for every name.
    location = to;
    const base = await testNetwork({}, { http_proxy: server.origin });
    const approve: Network['approve'] = async (address) => {
      const host = new URL(address).hostname.replace(/^\[|\]$/g, '');
      return names[host] ?? (/^[\d.:a-f]+$/.test(host) ? [host] : []);
    };
    // A proxy is asked by the whole address.
    const proxied = await onLoopback(
      createServer((request, response) => {
        requests.push(request);
        if (request.url?.endsWith('/go')) response.writeHead(302, { location }).end();
        else response.end('x');
      }),
    );
    try {
      const got = get(`http://${from}/go`, { ...base, approve, proxyFor: () => proxied.origin });
      if (refusal === undefined) await expect(got).resolves.toBeUndefined();
      else
        await expect(got).rejects.toMatchObject({
          code: 'redirect-inward',
          message: expect.stringContaining(`(${refusal})`),
        });
      expect(requests).toHaveLength(refusal === undefined ? 2 : 1);
    } finally {
      await proxied.close();
    }
  });
});
