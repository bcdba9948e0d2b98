import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from '@jest/globals';
import { apiNetworkOf, makeApiFetch } from '../../../src/effects/api-fetch.ts';

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

test('asks with method, headers and body, and hands over the answer', async () => {
  const { url } = await serve(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    response.writeHead(201, 'Made', { 'content-type': 'application/json', 'x-asked': `${request.method}` });
    response.end(
      JSON.stringify({ of: request.headers.authorization, body: Buffer.concat(pieces).toString() }),
    );
  });
  const answer = await makeApiFetch({})(`${url}/x`, {
    ...{ method: 'POST', headers: { authorization: 'token t' }, body: '{"é":1}' },
  });
  expect(answer).toMatchObject({ status: 201, statusText: 'Made', url: `${url}/x` });
  expect(answer.headers.get('x-asked')).toBe('POST');
  expect([...answer.headers]).toContainEqual(['content-type', 'application/json']);
  expect(JSON.parse(await answer.text())).toEqual({ of: 'token t', body: '{"é":1}' });
});

test('reads what is packed', async () => {
  const { url } = await serve((request, response) => {
    expect(request.headers['accept-encoding']).toBe('gzip');
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('packed'));
  });
  const answer = await makeApiFetch({})(url);
  expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe('packed');
});

test('follows where a renamed repository is now, and takes no login to another host', async () => {
  const seen: (string | undefined)[] = [];
  const other = await serve((request, response) => {
    seen.push(request.headers.authorization);
    response.end('there');
  });
  const { url } = await serve((request, response) => {
    seen.push(request.headers.authorization);
    const location = { '/old': '/new', '/away': other.url }[request.url ?? ''];
    response.writeHead(location ? 301 : 200, location ? { location } : {}).end('here');
  });
  const headers = { authorization: 'token t' };
  expect(await (await makeApiFetch({})(`${url}/old`, { headers })).text()).toBe('here');
  expect(seen.at(-1)).toBe('token t');
  expect(await (await makeApiFetch({})(`${url}/away`, { headers })).text()).toBe('there');
  expect(seen.at(-1)).toBeUndefined();
});

test('an answer that is cut off is an error, and so is no answer', async () => {
  const { url, server } = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('a part', () => response.destroy());
  });
  const answer = await makeApiFetch({})(url);
  await expect(answer.text()).rejects.toThrow('aborted');
  server.close().closeAllConnections();
  await expect(makeApiFetch({})(url)).rejects.toThrow('ECONNREFUSED');
});

test('a time-out is its own error, before an answer and in the middle of one', async () => {
  const { url } = await serve((request, response) => {
    if (request.url === '/half') response.writeHead(200).write('a part');
  });
  const signal = () => AbortSignal.timeout(100);
  await expect(makeApiFetch({})(url, { signal: signal() })).rejects.toMatchObject({ name: 'TimeoutError' });
  const half = await makeApiFetch({})(`${url}/half`, { signal: signal() });
  await expect(half.text()).rejects.toThrow();
});

test('goes through the proxy that the environment names, but for loopback and where it says not to', async () => {
  const asked: (string | undefined)[] = [];
  const proxy = await serve((request, response) => {
    asked.push(request.url);
    response.end('by proxy');
  });
  proxy.server.on('connect', (request, socket) => {
    asked.push(request.url);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  const environment = { HTTP_PROXY: proxy.url, https_proxy: proxy.url, no_proxy: 'inside.example' };
  const ask = makeApiFetch(apiNetworkOf(environment));
  await ask('https://api.example/x').catch(() => {});
  expect(asked.join()).toContain('api.example');
  const before = asked.length;
  await expect(ask('http://inside.example/')).rejects.toThrow();
  const { url } = await serve((_, response) => void response.end('direct'));
  expect(await (await ask(url)).text()).toBe('direct');
  expect(asked.length).toBe(before);
});
