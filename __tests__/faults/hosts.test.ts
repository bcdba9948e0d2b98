import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isPublicAddress } from '../../src/fetch/addresses.ts';
import { makeHostPolicy } from '../../src/fetch/host-policy.ts';
import { type Loopback, onLoopback } from '../support/files/loopback.ts';
import { sha256 } from '../support/files/server.ts';
import { serveRepositories } from '../support/nix/git-source.ts';
import { wheelBytes } from '../support/nix/wheel.ts';
import { git } from '../support/scenario/repository.ts';
import { type Acted, makeWorld, repositoryName, type World } from '../support/scenario/world.ts';
import { expectFailed, minutes } from './support/world.ts';

let world: World;
/** A server of this machine: what a stranger's lock would like to reach. */
let inner: {
  origin: string;
  asked: string[];
  logins: (string | undefined)[];
  answer: (request: IncomingMessage, response: ServerResponse) => void;
};
let server: Loopback;
const wheel = wheelBytes('inner_thing', 'inside');
const filename = 'inner_thing-1.0-py3-none-any.whl';

beforeAll(async () => {
  world = await makeWorld();
  const asked: string[] = [];
  const logins: (string | undefined)[] = [];
  inner = { origin: '', asked, logins, answer: (_, response) => void response.end(wheel) };
  const listener = createServer((request, response) => {
    asked.push(request.url ?? '');
    logins.push(request.headers.authorization);
    inner.answer(request, response);
  });
  server = await onLoopback(listener);
  inner.origin = server.origin;
}, minutes);
afterAll(async () => {
  await server?.close();
  await world?.close();
});

const port = (): number => server.port;

/** Puts one more wheel into the checkout's lock, at an address. */
const locked =
  (url: string, more: Readonly<Record<string, string>> = {}) =>
  async (workspace: string): Promise<void> => {
    const lock = path.join(workspace, 'uv.lock');
    const text = (await readFile(lock, 'utf8')).replace(
      /(name = "small"\nversion = "1.0"\nsource = \{ virtual = "\." \}\ndependencies = \[\n)/,
      '$1    { name = "inner-thing" },\n',
    );
    if (!text.includes('inner-thing')) throw new Error('the lock is not as expected');
    await writeFile(
      lock,
      `${text}\n[[package]]\nname = "inner-thing"\nversion = "1.0"\nsource = { url = "${url}" }\nwheels = [\n    { url = "${url}", hash = "sha256:${sha256(wheel)}" },\n]\n`,
    );
    for (const [file, content] of Object.entries(more)) {
      await mkdir(path.dirname(path.join(workspace, file)), { recursive: true });
      await writeFile(path.join(workspace, file), content);
    }
  };

/** A run for a pull request of somebody: its base is what main says. */
async function proposed(
  prepare: (workspace: string) => Promise<void>,
  env: Record<string, string> = {},
  from = 'stranger/small',
): Promise<Acted> {
  const base = await world.repository.head();
  return world.act({
    prepare,
    env,
    inputs: { verify: 'false', 'pull-request': 'false' },
    step: {
      eventName: 'pull_request',
      ref: 'refs/pull/7/merge',
      event: {
        pull_request: {
          number: 7,
          base: { sha: base, ref: 'main' },
          head: { ref: 'patch-1', repo: { full_name: from } },
        },
      },
    },
  });
}

const config = (hosts: readonly string[]): string =>
  `allowed-hosts = ${JSON.stringify(hosts)}\n\n[[package]]\nattribute = "small"\n`;

function expectRefused(acted: Acted, why: RegExp): void {
  expectFailed(acted, 'host-not-allowed', why);
  expect(acted.errors[0]?.message).toMatch(/allowed-hosts in \.github\/uv-fod\.toml on the base branch/);
}

describe("a pull request's lock names an address of this machine or its network: refused, and never asked", () => {
  test.each([
    ['loopback', () => `http://127.0.0.1:${port()}/${filename}`],
    ['loopback by name', () => `http://localhost:${port()}/${filename}`],
    ['loopback, IPv6', () => `http://[::1]:${port()}/${filename}`],
    ['loopback, IPv4 in IPv6', () => `http://[::ffff:127.0.0.1]:${port()}/${filename}`],
    ['loopback, as one number', () => `http://2130706433:${port()}/${filename}`],
    ['loopback, in octal', () => `http://0177.0.0.1:${port()}/${filename}`],
    ['any address', () => `http://0.0.0.0:${port()}/${filename}`],
    ['the metadata of a cloud', () => `http://169.254.169.254/latest/${filename}`],
    ['a private network', () => `https://10.0.0.7/${filename}`],
    ['credentials in the address', () => `https://me:secret@files.example/${filename}`],
    ['a file', () => `file:///etc/${filename}`],
  ])(
    '%s',
    async (_, address) => {
      inner.asked.length = 0;
      expectRefused(await proposed(locked(address())), /is not fetched: '/);
      expect(inner.asked).toEqual([]);
    },
    minutes,
  );

  test(
    "though the pull request's own configuration allows it",
    async () => {
      inner.asked.length = 0;
      const { host } = new URL(inner.origin);
      const allowed = { '.github/uv-fod.toml': config([host]) };
      expectRefused(await proposed(locked(`${inner.origin}/${filename}`, allowed)), /not a public address/);
      expect(inner.asked).toEqual([]);
    },
    minutes,
  );
});

describe('what the base branch allows', () => {
  let before: string;
  beforeAll(async () => {
    before = await world.repository.head();
    const lock = await readFile(path.join(world.repository.work, 'uv.lock'), 'utf8');
    const hosts = [...lock.matchAll(/url = "https?:\/\/([^/"]+)/g)].map(([, host = '']) => host);
    await mkdir(path.join(world.repository.work, '.github'), { recursive: true });
    await writeFile(
      path.join(world.repository.work, '.github/uv-fod.toml'),
      config([...new Set(hosts), new URL(inner.origin).host]),
    );
    await world.repository.push('The hosts that may be fetched from');
  });
  afterAll(() => git(world.repository.work, 'push', '--quiet', '--force', 'origin', `${before}:main`));

  test(
    'is fetched, this machine included: so the tests get in',
    async () => {
      inner.asked.length = 0;
      const { code, log } = await proposed(locked(`${inner.origin}/${filename}`));
      expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
      expect(inner.asked).toContain(`/${filename}`);
    },
    minutes,
  );

  test.each([
    [
      'of this repository',
      repositoryName,
      `Basic ${Buffer.from('me:canary-of-the-index').toString('base64')}`,
    ],
    ["of a fork: an index's login is not for its lock", 'stranger/small', undefined],
  ])(
    'is asked with a login where the pull request is %s',
    async (_, from, login) => {
      inner.logins.length = 0;
      const file = path.join(world.dir, 'netrc');
      await writeFile(file, 'machine 127.0.0.1 login me password canary-of-the-index\n');
      const env = { NETRC: file, XDG_CACHE_HOME: path.join(world.dir, `cache-${from.replace('/', '-')}`) };
      const { code } = await proposed(locked(`${inner.origin}/${filename}`), env, from);
      expect(code).toBe(0);
      // Nix's fixed output has no login of this machine at all; the hash without Nix asks as it
      // may.
      expect(new Set(inner.logins)).toEqual(new Set(login === undefined ? [undefined] : [undefined, login]));
    },
    minutes,
  );

  test(
    'is all that is fetched: another port is another host',
    async () => {
      expectRefused(
        await proposed(locked(`http://127.0.0.1:9/${filename}`)),
        /not among the configuration's/,
      );
    },
    minutes,
  );

  test(
    'does not reach further by a redirect',
    async () => {
      inner.asked.length = 0;
      inner.answer = (_, response) => {
        response.writeHead(302, { location: 'http://127.0.0.1:9/elsewhere.whl' }).end();
      };
      try {
        const acted = await proposed(locked(`${inner.origin}/${filename}`));
        expect(acted.code).toBe(1);
        expect(acted.left).toBe('');
      } finally {
        inner.answer = (_, response) => void response.end(wheel);
      }
    },
    minutes,
  );
});

describe('the judgement of an address', () => {
  const stranger = (names: Readonly<Record<string, readonly string[]>> = {}) =>
    makeHostPolicy(
      () => Promise.resolve({ allowedHosts: undefined, isUntrusted: true }),
      (name) => Promise.resolve(names[name] ?? ['93.184.215.14']),
    ).check;

  test.each([
    ...[
      '127.0.0.1',
      '10.1.2.3',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
    ],
    ...['0.0.0.0', '224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1'],
    ...[
      '::',
      '::1',
      'fe80::1',
      'fc00::1',
      'fd12:3456::1',
      'ff02::1',
      '::ffff:10.0.0.1',
      '64:ff9b::a00:1',
      '2002:a00:1::',
    ],
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(['1.1.1.1', '151.101.1.63', '172.32.0.1', '2606:4700::1', '2a04:4e42::223'])(
    '%s is',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test('a name of which one address is private is refused', async () => {
    const check = stranger({ 'files.example': ['93.184.215.14', '192.168.0.9'] });
    await expect(check('https://files.example/a.whl', 'a.whl')).rejects.toMatchObject({
      code: 'host-not-allowed',
    });
    await expect(check('https://other.example/a.whl', 'a.whl')).resolves.toBeUndefined();
  });
});

describe('git, for a stranger', () => {
  test(
    'a submodule that points at another host is not fetched',
    async () => {
      const { fetchGitTree } = await import('../../src/build-lock/git-tree.ts');
      const { makeRun } = await import('../../src/system/exec.ts');
      const { runText } = await import('../support/nix/run.ts');
      const dir = path.join(world.dir, 'git');
      const work = path.join(dir, 'work');
      await mkdir(path.join(dir, 'served'), { recursive: true });
      await mkdir(work, { recursive: true });
      await git(work, 'init', '--quiet', '--initial-branch=main');
      await writeFile(
        path.join(work, '.gitmodules'),
        `[submodule "inner"]\n\tpath = inner\n\turl = ${inner.origin}/secrets.git\n`,
      );
      await git(work, 'add', '--all');
      await git(work, 'update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},inner`);
      await git(work, 'commit', '--quiet', '--message', 'A submodule');
      const commit = await git(work, 'rev-parse', 'HEAD');
      await runText('git', ['clone', '--quiet', '--bare', work, path.join(dir, 'served/outer')]);
      await git(path.join(dir, 'served/outer'), 'config', 'uploadpack.allowAnySHA1InWant', 'true');
      const host = await serveRepositories(path.join(dir, 'served'));
      try {
        const { check } = makeHostPolicy(() =>
          Promise.resolve({ allowedHosts: [new URL(host.url).host], isUntrusted: true }),
        );
        inner.asked.length = 0;
        const run = makeRun({ PATH: process.env.PATH ?? '' });
        await expect(
          fetchGitTree({ url: `${host.url}/outer`, commit }, path.join(dir, 'out'), run, check),
        ).rejects.toMatchObject({
          code: 'host-not-allowed',
          message: expect.stringContaining('The submodule'),
        });
        expect(inner.asked).toEqual([]);
      } finally {
        await host.close();
      }
    },
    minutes,
  );

  test.each([
    '--upload-pack=touch /tmp/pwned',
    'ext::sh -c touch% /tmp/pwned',
    'file:///etc',
    '/etc',
    '-oProxyCommand=x',
    'git://x.example/y',
  ])('%s is no address of a repository', async (url) => {
    const { fetchGitTree } = await import('../../src/build-lock/git-tree.ts');
    const { existsSync } = await import('node:fs');
    const called: string[] = [];
    const run = async (program: string) => {
      called.push(program);
      return { code: 0, stdout: '', stderr: '' };
    };
    await expect(
      fetchGitTree({ url, commit: '1'.repeat(40) }, path.join(world.dir, 'never'), run),
    ).rejects.toMatchObject({ code: 'git-unreachable' });
    expect(called).toEqual([]);
    expect(existsSync('/tmp/pwned')).toBe(false);
  });

  test('a commit that is an option is none', async () => {
    const { fetchGitTree } = await import('../../src/build-lock/git-tree.ts');
    const run = async () => ({ code: 0, stdout: '', stderr: '' });
    await expect(
      fetchGitTree({ url: 'https://x.example/y', commit: '--upload-pack=x' }, world.dir, run),
    ).rejects.toThrow(/is not a commit id/);
  });
});
