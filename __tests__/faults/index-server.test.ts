import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { onLoopback } from '../support/files/loopback.ts';
import { certificate, privateKey } from '../support/files/loopback-certificate.ts';
import { type FileServer, sha256, startFileServer } from '../support/files/server.ts';
import { run, runText } from '../support/nix/run.ts';
import { wheelBytes } from '../support/nix/wheel.ts';
import { smallDerivation, uvFod } from '../support/scenario/small.ts';
import { minutes } from './support/world.ts';

// What an index does wrong, met twice: by the fixed output in Nix's sandbox, and by the hash that
// is derived without Nix.
let dir: string;
let server: FileServer;
const bytes = wheelBytes('thing', 'index');
const filename = 'thing-1.0-py3-none-any.whl';
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'index-'));
  server = await startFileServer();
});
afterAll(async () => {
  await server.close();
  await rm(dir, { recursive: true, force: true });
});

let count = 0;
type Answer = (request: IncomingMessage, response: ServerResponse, time: number) => void;

/** A project whose only wheel is at an address of its own, which answers as it is told. */
async function project(
  answer: Answer,
  more: { url?: (own: string) => string; hash?: string; size?: number } = {},
) {
  const folder = path.join(dir, String(++count));
  const own = `/${count}/${filename}`;
  let times = 0;
  server.answers.set(own, (request, response) => answer(request, response, ++times));
  const url = more.url?.(own) ?? `${server.origin}${own}`;
  const hash = more.hash ?? `sha256:${sha256(bytes)}`;
  await mkdir(folder);
  await writeFile(path.join(folder, 'default.nix'), smallDerivation);
  await writeFile(
    path.join(folder, 'pyproject.toml'),
    '[project]\nname = "small"\nversion = "1.0"\nrequires-python = ">=3.14"\ndependencies = ["thing"]\n\n[tool.uv]\npackage = false\n',
  );
  await writeFile(
    path.join(folder, 'uv.lock'),
    `version = 1\nrequires-python = ">=3.14"\n\n[[package]]\nname = "small"\nversion = "1.0"\nsource = { virtual = "." }\ndependencies = [{ name = "thing" }]\n\n[[package]]\nname = "thing"\nversion = "1.0"\nsource = { registry = "${server.origin}/simple" }\nwheels = [{ url = "${url}"${hash === '' ? '' : `, hash = "${hash}"`}, size = ${more.size ?? bytes.length} }]\n`,
  );
  return { folder, times: () => times };
}

const ways = {
  'a fixed output in Nix': async (folder: string, env: Record<string, string>) =>
    uvFod(['update', 'small', '--no-verify'], folder, { XDG_CACHE_HOME: path.join(folder, 'cache'), ...env }),
  'the hash without Nix': async (folder: string, env: Record<string, string>) =>
    uvFod(['hash', '--python', '3.14.8'], folder, { XDG_CACHE_HOME: path.join(folder, 'cache'), ...env }),
};
const both = Object.entries(ways);

const good: Answer = (_, response) => void response.end(bytes);
const status =
  (code: number): Answer =>
  (_, response) =>
    void response.writeHead(code).end('no');
const reset: Answer = (request) => void request.socket.destroy();
const cut: Answer = (request, response) => {
  response.writeHead(200, { 'content-length': bytes.length });
  response.write(bytes.subarray(0, 100));
  setTimeout(() => request.socket.destroy(), 20);
};
const first =
  (fault: Answer): Answer =>
  (request, response, time) =>
    (time === 1 ? fault : good)(request, response, time);
const redirect =
  (to: (own: string) => string): Answer =>
  (request, response) =>
    void response.writeHead(302, { location: to(request.url ?? '') }).end();

const passing: Readonly<Record<string, Answer>> = {
  '500': status(500),
  '502': status(502),
  '503': status(503),
  '504': status(504),
  'too many requests (429)': status(429),
  'a connection that is reset': reset,
  'an answer that is cut': cut,
};

/** Nothing of a run that failed is left in the project. */
async function expectUntouched(folder: string): Promise<void> {
  expect(await readFile(path.join(folder, 'default.nix'), 'utf8')).toBe(smallDerivation);
  expect(existsSync(path.join(folder, 'uv-fod.lock.json'))).toBe(false);
}

/** In Nix, where each run takes seconds, of each kind one. */
const inNix = new Set([
  '503',
  'a connection that is reset',
  'an answer that is cut',
  'gone (404)',
  'other bytes of the same length',
  'more bytes than the lock says',
  'redirects in a circle',
]);

const casesOf = <T>(way: string, cases: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(cases).filter(([name]) => way === 'the hash without Nix' || inNix.has(name));

describe.each(both)('%s: a failure that passes', (way, hash) => {
  test.each(casesOf(way, passing))(
    '%s, once: asked again, and the hash is there',
    async (_, fault) => {
      const { folder, times } = await project(first(fault));
      const { code, stdout, stderr } = await hash(folder, {});
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/sha256-[A-Za-z0-9+/]{43}=/);
      expect(times()).toBeGreaterThanOrEqual(2);
    },
    minutes,
  );
});

interface Refusal {
  readonly answer: Answer;
  readonly message: RegExp;
  readonly more?: Parameters<typeof project>[1];
}

const refusals: Readonly<Record<string, Refusal>> = {
  'gone (404)': { answer: status(404), message: /can't be downloaded .*404.*lock again/ },
  'withdrawn (410)': { answer: status(410), message: /can't be downloaded .*410/ },
  'forbidden (403)': { answer: status(403), message: /can't be downloaded .*403/ },
  '503 for good': { answer: status(503), message: /can't be downloaded .*503/ },
  'a connection that is always reset': { answer: reset, message: /can't be downloaded/ },
  'other bytes of the same length': {
    answer: (_, response) => void response.end(Buffer.alloc(bytes.length, 'x')),
    message: /does not match uv\.lock/,
  },
  'more bytes than the lock says': {
    answer: (_, response) => void response.end(Buffer.concat([bytes, bytes])),
    message: /more than the \d+ bytes of the lock/,
  },
  'fewer bytes than the lock says': {
    answer: (_, response) => void response.end(bytes.subarray(0, 50)),
    message: /ended after 50 of \d+ bytes/,
  },
  'a web page in place of the file': {
    answer: (_, response) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Please log in</p>'),
    message: /is a web page/,
  },
  'redirects in a circle': { answer: redirect((own) => own), message: /more than 5 redirects/ },
  'a redirect to a file of this machine': {
    answer: redirect(() => 'file:///etc/passwd'),
    message: /not an http or https address/,
  },
};

describe.each(both)('%s: what does not pass', (way, hash) => {
  test.each(casesOf(way, refusals))(
    '%s: one sentence, and nothing is patched',
    async (_, { answer, message, more }) => {
      const { folder, times } = await project(answer, more);
      const { code, stdout, stderr } = await hash(folder, {});
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr.split('\n').filter((line) => line.startsWith('uv-fod: '))).toHaveLength(1);
      expect(stderr).toMatch(message);
      // Nix may fetch for both: five tries each, and a redirect's hops.
      expect(times()).toBeLessThanOrEqual(12);
      await expectUntouched(folder);
    },
    minutes,
  );
});

describe('redirects', () => {
  const hash = ways['the hash without Nix'];

  test(
    'to another host are followed, and the bytes are verified there',
    async () => {
      const { port } = new URL(server.origin);
      server.answers.set(`/moved/${filename}`, (_, response) => void response.end(bytes));
      const { folder } = await project(redirect(() => `http://localhost:${port}/moved/${filename}`));
      expect((await hash(folder, {})).code).toBe(0);
    },
    minutes,
  );

  test(
    'from https to plain http are refused',
    async () => {
      const secure = await onLoopback(
        createServer({ cert: certificate, key: privateKey }, (request, response) =>
          response.writeHead(302, { location: `${server.origin}${request.url}` }).end(),
        ),
      );
      try {
        const file = path.join(dir, 'authority.pem');
        await writeFile(file, certificate);
        const { folder, times } = await project(good, { url: (own) => `${secure.origin}${own}` });
        const { code, stderr } = await hash(folder, { NIX_SSL_CERT_FILE: file, SSL_CERT_FILE: file });
        expect({ code, times: times() }).toEqual({ code: 1, times: 0 });
        expect(stderr).toMatch(/redirects to plain http/);
      } finally {
        await secure.close();
      }
    },
    minutes,
  );
});

describe.each(both)('%s: a server of the internet that redirects to this machine', (way, hash) => {
  test(
    `is not followed there (${way})`,
    async () => {
      // A proxy stands for the internet: whatever is asked for, a name that only it knows answers.
      const asked: string[] = [];
      const listener = createPlainServer((request, response) => {
        asked.push(request.url ?? '');
        response.writeHead(302, { location: `${server.origin}/metadata/${filename}` }).end();
      });
      const proxy = await onLoopback(listener);
      let reached = 0;
      server.answers.set(`/metadata/${filename}`, (_, response) => {
        reached += 1;
        response.end(bytes);
      });
      try {
        const address = `http://files.internet.example/${filename}`;
        const { folder } = await project(good, { url: () => address });
        const { code, stderr } = await hash(folder, { http_proxy: proxy.origin, no_proxy: '127.0.0.1' });
        expect({ code, reached }).toEqual({ code: 1, reached: 0 });
        expect(stderr).toMatch(/files\.internet\.example redirects to 127\.0\.0\.1:\d+ \(127\.0\.0\.1\)/);
        expect(new Set(asked)).toEqual(new Set([address]));
        await expectUntouched(folder);
      } finally {
        await proxy.close();
      }
    },
    minutes,
  );
});

describe('what differs each time', () => {
  test(
    'a file of which the lock has no digest: two derivations of the hash differ, and nothing is patched',
    async () => {
      const { folder } = await project(
        (_, response, time) => void response.end(wheelBytes('thing', String(time))),
        {
          hash: '',
        },
      );
      const text = await readFile(path.join(folder, 'uv.lock'), 'utf8');
      await writeFile(path.join(folder, 'uv.lock'), text.replace(/, size = \d+/, ''));
      const { code, stderr } = await ways['a fixed output in Nix'](folder, {});
      expect(code).toBe(1);
      expect(stderr).toMatch(/Two derivations of the hash for x86_64-linux differ/);
      await expectUntouched(folder);
    },
    minutes,
  );
});

describe('this machine', () => {
  test(
    'a cache on a full disk is named, and nothing is patched',
    async () => {
      const full = path.join(dir, 'full');
      await mkdir(full);
      await runText('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', full]);
      try {
        const big = Buffer.alloc(1 << 20, 7);
        const { folder } = await project((_, response) => void response.end(big), {
          hash: `sha256:${sha256(big)}`,
          size: big.length,
        });
        const { code, stderr } = await ways['the hash without Nix'](folder, { XDG_CACHE_HOME: full });
        expect(code).toBe(1);
        expect(stderr).toMatch(/no space left .*XDG_CACHE_HOME/);
      } finally {
        await run('umount', [full]);
      }
    },
    minutes,
  );

  test(
    'a cache that cannot be written costs time, nothing else',
    async () => {
      const { folder } = await project(good);
      const { code, stderr } = await ways['the hash without Nix'](folder, { XDG_CACHE_HOME: '/dev/null' });
      expect(code).toBe(0);
      expect(stderr).toMatch(/warning: [^\n]*\/dev\/null/);
    },
    minutes,
  );

  test(
    'a cached file that was changed is not believed',
    async () => {
      const { folder, times } = await project(good);
      const cache = path.join(dir, 'poisoned');
      const before = await ways['the hash without Nix'](folder, { XDG_CACHE_HOME: cache });
      await writeFile(path.join(cache, 'uv-fod/artifacts-1/sha256', sha256(bytes)), 'poison');
      const after = await ways['the hash without Nix'](folder, { XDG_CACHE_HOME: cache });
      expect(after.stdout).toBe(before.stdout);
      expect(times()).toBe(2);
    },
    minutes,
  );
});
