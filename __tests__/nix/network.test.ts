import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { onLoopback } from '../support/files/loopback.ts';
import { expectCode, nixBuild } from '../support/nix/nix.ts';
import { derivation, lock, scratch, writeFiles } from '../support/nix/project.ts';
import { runText } from '../support/nix/run.ts';
import { wheelBytes } from '../support/nix/wheel.ts';

const minutes = 60_000;
const file = 'private_thing-1.0-py3-none-any.whl';
const password = 'p:ss w\u00f6rd'.replaceAll(' ', '-');

let dir: string;
let remove: () => Promise<void>;
let index: Server;
let indexUrl: string;
let closeIndex: () => Promise<void>;
/** How many requests it refuses before it works again. */
let refusals = 0;
const seen: IncomingMessage[] = [];

/** A private index: a page and a file for those who know the password, and nothing for others. */
async function startIndex(): Promise<void> {
  const expected = `Basic ${Buffer.from(`me:${password}`).toString('base64')}`;
  index = createServer((request, response) => {
    seen.push(request);
    if (refusals > 0) {
      refusals -= 1;
      return void response.writeHead(503).end();
    }
    if (request.headers.authorization !== expected) return void response.writeHead(401).end('who are you?');
    if (request.url === '/simple/private-thing/') {
      response.writeHead(200, { 'content-type': 'text/html' });
      return void response.end(`<a href="/files/${file}">${file}</a>`);
    }
    if (request.url === `/files/${file}`) return void response.end(wheelBytes('private_thing', 'private'));
    response.writeHead(404).end();
  });
  ({ origin: indexUrl, close: closeIndex } = await onLoopback(index));
}

beforeAll(async () => {
  ({ dir, remove } = await scratch('network'));
  await startIndex();
  await writeFiles(dir, {
    'project/pyproject.toml': `[project]
name = "private"
version = "1.0"
requires-python = ">=3.14"
dependencies = ["private-thing"]

[tool.uv]
package = false

[[tool.uv.index]]
name = "private"
url = "${indexUrl}/simple"
explicit = true

[tool.uv.sources]
private-thing = { index = "private" }
`,
    'plain.nix': derivation(),
    'netrc.nix': derivation().replace(
      'hash = "";',
      'hash = ""; netrcImpureEnvVars = [ "INDEX_PASSWORD" ]; netrcPhase = "echo machine 127.0.0.1 login me password $INDEX_PASSWORD >netrc";',
    ),
  });
  process.env.UV_INDEX_PRIVATE_USERNAME = 'me';
  process.env.UV_INDEX_PRIVATE_PASSWORD = password;
  await lock(path.join(dir, 'project'));
}, minutes);
afterAll(async () => {
  delete process.env.UV_INDEX_PRIVATE_USERNAME;
  delete process.env.UV_INDEX_PRIVATE_PASSWORD;
  await closeIndex?.();
  await remove();
});

describe('a private index', () => {
  test(
    'refuses whoever has no password; the message names file and status, and is one sentence',
    async () => {
      const { code, stderr } = await nixBuild(['plain.nix', '-A', 'uvDeps'], dir);
      expectCode(1, { code, stderr });
      const ours = stderr.split('\n').filter((line) => line.startsWith('uv-fod: '));
      expect(ours).toHaveLength(1);
      expect(ours[0]).toContain(file);
      expect(ours[0]).toContain('401');
    },
    minutes,
  );

  test(
    'serves whom netrcPhase gives the password, out of the environment of the caller',
    async () => {
      const { code, stderr } = await nixBuild(['netrc.nix', '-A', 'uvDeps'], dir, {
        INDEX_PASSWORD: password,
      });
      expectCode(102, { code, stderr });
      expect(stderr).toMatch(/got: {4}sha256-/);
      expect(stderr).not.toContain(password);
    },
    minutes,
  );
});

describe('a proxy of the environment', () => {
  test(
    'is what downloads go through',
    async () => {
      const asked: string[] = [];
      const proxy = createServer((request, response) => {
        // The absolute form of a plain proxy request, passed on.
        asked.push(request.url ?? '');
        const { pathname } = new URL(request.url ?? '', indexUrl);
        if (pathname !== `/files/${file}`) return void response.writeHead(404).end();
        response.end(wheelBytes('private_thing', 'private'));
      });
      proxy.on('connect', (request, socket) => {
        asked.push(`CONNECT ${request.url}`);
        const [host = '', port = ''] = (request.url ?? '').split(':');
        const upstream = connect(Number(port), host, () => {
          socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
          upstream.pipe(socket);
          socket.pipe(upstream);
        });
        upstream.on('error', () => socket.destroy());
        socket.on('error', () => upstream.destroy());
      });
      const { origin, close } = await onLoopback(proxy);
      try {
        const env = { http_proxy: origin, no_proxy: '', INDEX_PASSWORD: password };
        const { code, stderr } = await nixBuild(['netrc.nix', '-A', 'uvDeps'], dir, env);
        expectCode(102, { code, stderr });
        expect(asked.some((url) => url.includes(new URL(indexUrl).host))).toBe(true);
      } finally {
        await close();
      }
    },
    minutes,
  );
});

describe('a server whose certificate is of an authority of your own', () => {
  test(
    'is trusted by what the environment names, and by nobody else',
    async () => {
      const [key, certificate] = [path.join(dir, 'key.pem'), path.join(dir, 'certificate.pem')];
      const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
      const made = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
      await runText('openssl', ['req', ...made, '-keyout', key, '-out', certificate, ...subject]);
      const options = { key: await readFile(key), cert: await readFile(certificate) };
      const secure = createSecureServer(options, (request, response) =>
        index.emit('request', request, response),
      );
      const { origin, close } = await onLoopback(secure);
      const text = await readFile(path.join(dir, 'project/uv.lock'), 'utf8');
      await writeFiles(dir, {
        'secure/uv.lock': text.replaceAll(indexUrl, origin),
        'secure/pyproject.toml': await readFile(path.join(dir, 'project/pyproject.toml'), 'utf8'),
        'secure.nix': (await readFile(path.join(dir, 'netrc.nix'), 'utf8')).replaceAll(
          './project',
          './secure',
        ),
      });
      try {
        const env = { INDEX_PASSWORD: password };
        const refused = await nixBuild(['secure.nix', '-A', 'uvDeps'], dir, env);
        expectCode(1, refused);
        expect(refused.stderr).toMatch(/uv-fod: .*certificate/);
        // Nix shows a fixed output this file under the name that the environment has for it.
        const trusted = ['--option', 'ssl-cert-file', certificate];
        expectCode(102, await nixBuild(['secure.nix', '-A', 'uvDeps', ...trusted], dir, env));
      } finally {
        await close();
      }
    },
    minutes,
  );
});

describe('a failure that passes', () => {
  test(
    'is tried again, later each time',
    async () => {
      refusals = 2;
      seen.length = 0;
      const { code, stderr } = await nixBuild(['netrc.nix', '-A', 'uvDeps'], dir, {
        INDEX_PASSWORD: password,
      });
      expectCode(102, { code, stderr });
      expect(seen.length).toBeGreaterThan(2);
    },
    minutes,
  );
});
