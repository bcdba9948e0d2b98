import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { type Loopback, onLoopback } from '../../support/files/loopback.ts';
import { runText } from '../../support/nix/run.ts';
import { bytes, filename, hashWithout, updateByNix, writeWheelProject } from '../support/wheel-project.ts';
import { minutes } from '../support/world.ts';

// Point 5 for downloads: what is contacted, and what goes along.
let dir: string;
let server: Loopback;
let requests: IncomingMessage[] = [];
let location: string | undefined;
let count = 0;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'attack-downloads-'));
  server = await onLoopback(
    createServer((request, response) => {
      requests.push(request);
      if (location !== undefined && request.url?.includes('/go/'))
        response.writeHead(302, { location }).end();
      else response.end(bytes);
    }),
  );
});
afterAll(async () => {
  await server?.close();
  await rm(dir, { recursive: true, force: true });
});

/**
 * A project whose wheel is at an address; nothing was asked for yet, and the home is an empty
 * folder.
 */
async function project(url: string) {
  requests = [];
  location = undefined;
  const folder = await writeWheelProject(path.join(dir, String(++count)), { url });
  const home = path.join(dir, `home-${count}`);
  await mkdir(home);
  return { folder, home };
}
const urls = (): (string | undefined)[] => requests.map(({ url }) => url);
const sentLogins = (): (string | undefined)[] => requests.map(({ headers }) => headers.authorization);
const basic = (login: string): string => `Basic ${Buffer.from(login).toString('base64')}`;

for (const [entry, way] of [
  ['cli', hashWithout],
  ['nix', updateByNix],
] as const)
  attack(
    5,
    [entry],
    'an address that would add options to the configuration of curl',
    async () => {
      const pwned = path.join(dir, `pwned-${entry}`);
      const { folder, home } = await project(
        `${server.origin}/x"\noutput = "${pwned}"\nurl = "${server.origin}/second"\r\n#/${filename}`,
      );
      await way(folder, { HOME: home });
      expect(existsSync(pwned)).toBe(false);
      expect(urls().filter((url) => url?.startsWith('/second'))).toEqual([]);
    },
    minutes,
  );

attack(5, ['cli'], 'an address with patterns of curl is asked as it is, once', async () => {
  const { folder, home } = await project(`${server.origin}/[1-9]/{a,b}/${filename}`);
  expect(await hashWithout(folder, { HOME: home })).toMatchObject({ code: 0 });
  expect(urls()).toHaveLength(1);
});

attack(5, ['cli'], 'an address that curl would take for a file of options or for an option', async () => {
  for (const url of [`@${server.origin}/${filename}`, `-o${dir}/pwned`, `--config=${dir}/x`]) {
    const { folder, home } = await project(url);
    expect(await hashWithout(folder, { HOME: home })).toMatchObject({ code: 1, stdout: '' });
    expect(requests).toEqual([]);
  }
});

attack(5, ['cli'], 'a .curlrc in the home or in CURL_HOME has no say', async () => {
  const { folder, home } = await project(`${server.origin}/${filename}`);
  const text = `url = "${server.origin}/stolen"\noutput = "${home}/stolen"\nproxy = "http://127.0.0.1:9"\nuser = "me:secret"\n`;
  for (const name of ['.curlrc', '.config/curlrc', 'curlrc']) {
    await mkdir(path.dirname(path.join(home, name)), { recursive: true });
    await writeFile(path.join(home, name), text);
  }
  expect(await hashWithout(folder, { HOME: home, CURL_HOME: home })).toMatchObject({ code: 0 });
  expect(urls()).toEqual([`/${filename}`]);
  expect(sentLogins()).toEqual([undefined]);
  expect(existsSync(path.join(home, 'stolen'))).toBe(false);
});

attack(5, ['cli'], 'a redirect takes no login along, neither its own nor the default one', async () => {
  const { folder, home } = await project(`${server.origin}/go/${filename}`);
  location = `http://localhost:${server.port}/${filename}`;
  const netrc = path.join(home, 'netrc');
  await writeFile(netrc, 'machine 127.0.0.1 login me password "se#cret\ndefault login any password one\n');
  expect(await hashWithout(folder, { HOME: home, NETRC: netrc })).toMatchObject({ code: 0 });
  expect(sentLogins()).toEqual([basic('me:"se#cret'), undefined]);
});

attack(5, ['cli'], 'nor does it take along what uv has for an index by name or in its address', async () => {
  const own = { UV_INDEX_OWN_USERNAME: 'me', UV_INDEX_OWN_PASSWORD: 'secret' };
  for (const env of [
    { UV_INDEX: `own=${server.origin}/simple`, ...own },
    { UV_DEFAULT_INDEX: `${server.origin.replace('//', '//me:secret@')}/simple` },
  ]) {
    const { folder, home } = await project(`${server.origin}/go/${filename}`);
    location = `http://localhost:${server.port}/${filename}`;
    expect(await hashWithout(folder, { HOME: home, ...env })).toMatchObject({ code: 0 });
    expect(sentLogins()).toEqual([basic('me:secret'), undefined]);
  }
});

attack(5, ['cli'], "a login of another host's name, of a parent or with another case", async () => {
  const { folder, home } = await project(`${server.origin}/${filename}`);
  const netrc = path.join(home, 'netrc');
  await writeFile(
    netrc,
    'machine 127.0.0.10 login a password b\nmachine 0.0.1 login a password b\nmachine localhost login a password b\n',
  );
  // A file of curl's own name is not read either.
  await writeFile(path.join(home, '.netrc'), 'machine 127.0.0.1 login me password secret\n');
  expect(await hashWithout(folder, { HOME: home, NETRC: netrc })).toMatchObject({ code: 0 });
  expect(sentLogins()).toEqual([undefined]);
});

attack(5, ['cli'], 'no password is in the arguments of curl, in its environment or in the log', async () => {
  const { folder, home } = await project(`http://files.example/${filename}`);
  const tools = path.join(home, 'bin');
  const seen = path.join(home, 'seen');
  await mkdir(tools);
  const real = (await runText('bash', ['-c', 'command -v curl'])).trim();
  await writeFile(
    path.join(tools, 'curl'),
    `#!/bin/sh\n{ echo "$@"; cat /proc/$$/environ; } >>'${seen}'\nexec ${real} "$@"\n`,
    { mode: 0o755 },
  );
  const netrc = path.join(home, 'netrc');
  await writeFile(netrc, 'machine files.example login me password secret-login\n');
  const proxy = server.origin.replace('//', '//you:secret-proxy@');
  const env = { NETRC: netrc, http_proxy: proxy, GITHUB_TOKEN: 'secret-token' };
  const ended = await hashWithout(folder, {
    ...{ ...env, HOME: home, UV_INDEX: 'files=http://files.example/simple' },
    ...{ UV_INDEX_FILES_PASSWORD: 'secret-named', UV_INDEX_FILES_USERNAME: 'you' },
    PATH: `${tools}:${process.env.PATH}`,
  });
  expect(ended).toMatchObject({ code: 0 });
  expect(await readFile(seen, 'utf8')).toContain('--config -');
  expect((await readFile(seen, 'utf8')) + ended.stdout + ended.stderr).not.toContain('secret');
  // As uv has it: what is for the index itself comes first.
  expect(sentLogins()).toEqual([basic('you:secret-named')]);
  expect(requests.map(({ headers }) => headers['proxy-authorization'])).toEqual([basic('you:secret-proxy')]);
});

attack(
  5,
  ['cli'],
  'a proxy that fails: its password is in no message',
  async () => {
    const { folder, home } = await project(`http://files.example/${filename}`);
    const proxy = 'http://you:secret-proxy@127.0.0.1:9';
    const { code, stderr } = await hashWithout(folder, { HOME: home, http_proxy: proxy });
    expect(code).toBe(1);
    expect(stderr).not.toContain('secret');
    expect(requests).toEqual([]);
  },
  minutes,
);

attack(
  5,
  ['cli'],
  'a host of NO_PROXY is not shown to the proxy, and another one is not asked directly',
  async () => {
    const { folder, home } = await project(`${server.origin}/${filename}`);
    let shown = 0;
    const proxy = await onLoopback(
      createServer((_, response) => {
        shown += 1;
        response.end(bytes);
      }),
    );
    try {
      const env = { HOME: home, http_proxy: proxy.origin };
      for (const no_proxy of ['127.0.0.1', '127.0.0.0/8', `127.0.0.1:${server.port}`, '*']) {
        await rm(path.join(folder, 'cache'), { recursive: true, force: true });
        expect(await hashWithout(folder, { ...env, no_proxy })).toMatchObject({ code: 0 });
      }
      expect({ shown, direct: requests.length }).toEqual({ shown: 0, direct: 4 });
      for (const no_proxy of ['0.0.1', '127.0.0.1:1', '7.0.0.1']) {
        await rm(path.join(folder, 'cache'), { recursive: true, force: true });
        expect(await hashWithout(folder, { ...env, no_proxy })).toMatchObject({ code: 0 });
      }
      expect({ shown, direct: requests.length }).toEqual({ shown: 3, direct: 4 });
    } finally {
      await proxy.close();
    }
  },
  minutes,
);

for (const to of ['file:///etc/passwd', 'ftp://127.0.0.1/x', 'scp://127.0.0.1/x', 'dict://127.0.0.1:1/x'])
  attack(5, ['cli'], `a redirect to ${to.split(':')[0]}`, async () => {
    const { folder, home } = await project(`${server.origin}/go/${filename}`);
    location = to;
    const { code, stdout, stderr } = await hashWithout(folder, { HOME: home });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/not an http or https address/);
    expect(urls()).toEqual([`/go/${filename}`]);
  });

for (const to of ['http://[::ffff:127.0.0.1]', 'http://127.1', 'http://2130706433', 'http://0x7f.0.0.1'])
  attack(5, ['cli'], `a server of the internet that redirects to ${to}`, async () => {
    // A proxy stands for the internet.
    const { folder, home } = await project(`http://files.internet.example/go/${filename}`);
    location = `${to}:${server.port}/${filename}`;
    const { code, stderr } = await hashWithout(folder, { HOME: home, http_proxy: server.origin });
    expect(code).toBe(1);
    expect(stderr).toMatch(/not a public address/);
    expect(urls()).toEqual([`http://files.internet.example/go/${filename}`]);
  });
