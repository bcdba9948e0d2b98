import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { networkFrom } from '../../../src/fetch/network.ts';
import { makeFetchText } from '../../../src/fetch/text.ts';
import { chooseIndex, indexReleases, versionIn } from '../../../src/release/index-page.ts';
import { type Loopback, onLoopback } from '../../support/files/loopback.ts';

const file = (filename: string, uploaded?: string, yanked: boolean | string = false) => ({
  ...{ filename, yanked, url: `/files/${filename}` },
  ...(uploaded === undefined ? {} : { 'upload-time': uploaded }),
});

const files = [
  file('a_b-1.0.tar.gz', '2026-01-01T00:00:00Z'),
  file('a_b-1.0-py3-none-any.whl', '2026-01-02T00:00:00Z'),
  file('A.B-2.0-1-py3-none-any.whl', '2026-02-01T00:00:00Z'),
  file('a_b-3.0.tar.gz', '2026-03-01T00:00:00Z', 'broken'),
  file('a-b-4.0.zip'),
  file('a_b-4.0-py3-none-any.whl', '2026-04-01T00:00:00Z'),
  file('other-9.0.tar.gz', '2026-01-01T00:00:00Z'),
  { filename: 7 },
];

let server: Loopback;
const asked: string[] = [];
beforeAll(async () => {
  const index = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.accept}`);
    const json = { 'content-type': 'application/vnd.pypi.simple.v1+json' };
    if (request.url === '/simple/a-b/') response.writeHead(200, json).end(JSON.stringify({ files }));
    else if (request.url === '/old/a-b/') response.writeHead(302, { location: '/simple/a-b/' }).end();
    else if (request.url === '/loop/a-b/') response.writeHead(302, { location: '/loop/a-b/' }).end();
    else if (request.url === '/html/a-b/')
      response.writeHead(200, { 'content-type': 'text/html' }).end('<a>');
    else if (request.url === '/broken/a-b/') response.writeHead(200, json).end('{"files":');
    else if (request.url === '/down/a-b/') response.writeHead(503, json).end('{}');
    else response.writeHead(404).end();
  });
  server = await onLoopback(index);
});
afterAll(() => server.close());

const fetchText = makeFetchText(() => networkFrom({ PATH: process.env.PATH }), tmpdir());
const read = (index: string | undefined, name = 'A.b') => indexReleases(index, name, fetchText);

describe('versions on a package index', () => {
  test('are those with a file that is not yanked, as old as their last file', async () => {
    expect(await read(`${server.origin}/simple/`)).toEqual([
      { version: '1.0', date: Date.parse('2026-01-02T00:00:00Z') },
      { version: '2.0', date: Date.parse('2026-02-01T00:00:00Z') },
      { version: '4.0' },
    ]);
    expect(asked).toEqual(['/simple/a-b/ application/vnd.pypi.simple.v1+json']);
  });

  test('are found behind a redirect', async () => {
    expect(await read(`${server.origin}/old`)).toHaveLength(3);
  });

  test.each([
    ['html', 'releases-unreachable', /status 200 and text\/html, which is not the JSON of its Simple API/],
    ['broken', 'releases-unreachable', /is not the JSON of its Simple API/],
    ['down', 'releases-unreachable', /status 503/],
    ['loop', 'releases-unreachable', /more than 5 redirects/],
    ['nowhere', 'releases-not-found', /has no package 'A.b'/],
  ])('/%s: says what is wrong', async (folder, code, message) => {
    await expect(read(`${server.origin}/${folder}`)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  test('nobody home: says so', async () => {
    await expect(read('http://127.0.0.1:9/simple')).rejects.toMatchObject({ code: 'releases-unreachable' });
  });

  test('without an index nothing is asked', async () => {
    await expect(read(undefined)).rejects.toMatchObject({ code: 'index-unknown' });
  });

  test('the index is the first that is an address of the web', () => {
    expect(chooseIndex(undefined, '../wheels', 'https://index.example/simple', 'https://b.example')).toBe(
      'https://index.example/simple',
    );
    expect(chooseIndex(undefined)).toBeUndefined();
  });
});

test.each([
  ['a_b-1.0-py3-none-any.whl', '1.0'],
  ['a-b-1.0.tar.gz', '1.0'],
  ['a.b-1.0-1.zip', '1.0-1'],
  ['a-1.0.tar.gz', undefined],
  ['a_b-1.0.egg', undefined],
  [`${'-'.repeat(390)}.tar.gz`, undefined],
])('%s has the version %s', (name, version) => {
  expect(versionIn(name, 'a-b')).toBe(version);
});
