import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { basic, openStore, type Remote } from '../../../src/pull-request/forgejo/git.ts';
import { childEnvironment } from '../../../src/system/environment.ts';
import { makeRun } from '../../../src/system/exec.ts';
import type { Run, RunOptions } from '../../../src/system/run.ts';

// The git between this program and a Forgejo or Gitea, without a server: what it is started with.
// `script/test gitea` has a server.
const remote: Remote = { serverUrl: 'https://forge.example/', owner: 'acme', repo: 'nix', token: 'canary' };
const step = { to: 'read the repository', needs: 'read:repository' };

interface Started {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'forgejo-git-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** Answers as git would in the end, and keeps what it was started with. */
function recorder(...failures: string[]): { run: Run; started: Started[] } {
  const started: Started[] = [];
  const run: Run = async (_, args, { env = {} }: RunOptions = {}) => {
    started.push({ args, env });
    const stderr = args.includes('ls-remote') ? failures.shift() : undefined;
    return stderr === undefined ? { code: 0, stdout: 'done', stderr: '' } : { code: 128, stdout: '', stderr };
  };
  return { run, started };
}

describe('the token', () => {
  test('is in the environment of the git that talks to the server, and nowhere else', async () => {
    const { run, started } = recorder();
    const store = openStore(run, dir, remote);
    await store.local(['hash-object', '--stdin'], { input: 'x' });
    await store.read(step, ['ls-remote', '--', 'origin']);
    const holds = (text: string): boolean => text.includes('canary') || text.includes(basic('canary'));
    const holders = started.filter(({ env }) => holds(JSON.stringify(env))).map(({ args }) => args.at(2));
    expect(holders).toEqual(['ls-remote']);
    expect(started.filter(({ args }) => holds(args.join(' ')))).toEqual([]);
    const env: Readonly<Record<string, string>> = started.at(-1)?.env ?? {};
    const at = Object.entries(env).find(([, value]) => value.startsWith('Authorization: '))?.[0] ?? '';
    expect(env[at.replace('VALUE', 'KEY')]).toBe('http.https://forge.example/.extraHeader');
  });

  test('is in no file of the repository', async () => {
    const home = await mkdtemp(path.join(dir, 'files-'));
    await openStore(makeRun(childEnvironment(process.env)), home, remote).local(['rev-parse', '--git-dir']);
    const [made = ''] = await readdir(home);
    const config = await readFile(path.join(home, made, 'repository.git/config'), 'utf8');
    expect(config).not.toMatch(/canary|forge\.example/);
  });
});

describe('a real git', () => {
  test("nothing of the machine's or the user's configuration takes part", async () => {
    const home = path.join(dir, 'home');
    await mkdir(home, { recursive: true });
    await writeFile(
      path.join(home, '.gitconfig'),
      '[url "https://elsewhere.example/"]\n\tinsteadOf = https://forge.example/\n[core]\n\thooksPath = /hooks\n[credential]\n\thelper = store\n[commit]\n\tgpgSign = true\n',
    );
    const run = makeRun(childEnvironment({ ...process.env, HOME: home, XDG_CONFIG_HOME: home }));
    const store = openStore(run, dir, remote);
    const config = await store.local(['config', '--list', '--show-scope']);
    expect(config).not.toMatch(/^(?:global|system)/m);
    expect(config).not.toContain('elsewhere');
    const get = async (key: string) => (await store.local(['config', '--get', key])).trim();
    expect(await get('core.hooksPath')).toBe('/dev/null');
    expect(await get('commit.gpgSign')).toBe('false');
    expect(await get('http.followRedirects')).toBe('false');
    expect(await get('credential.helper')).toBe('');
  });

  test.each(['http://forge.example/a.git', 'file:///etc', 'ext::sh -c true', 'ssh://forge.example/a'])(
    "no protocol but that of the server's own address: %s",
    async (address) => {
      const store = openStore(makeRun(childEnvironment(process.env)), dir, remote);
      const { code, stderr } = await store.once(['ls-remote', '--', address]);
      expect({ code, stderr }).toEqual({
        code: 128,
        stderr: expect.stringMatching(/transport '.*' not allowed/),
      });
    },
  );
});

describe('a server that fails', () => {
  const gateway = "fatal: unable to access '…': The requested URL returned error: 502\n";

  test('is asked again, and no more than three times', async () => {
    const { run, started } = recorder(gateway);
    const store = openStore(run, dir, remote, { second: 1 });
    expect(await store.read(step, ['ls-remote', '--', 'origin'])).toBe('done');
    const again = recorder(gateway, gateway, gateway);
    const out = openStore(again.run, dir, remote, { second: 1 });
    await expect(out.read(step, ['ls-remote', '--', 'origin'])).rejects.toMatchObject({
      code: 'forge-unavailable',
    });
    const asked = (all: readonly Started[]) => all.filter(({ args }) => args.includes('ls-remote')).length;
    expect([asked(started), asked(again.started)]).toEqual([2, 3]);
  });

  test.each([
    [
      "fatal: could not read Username for 'https://forge.example': terminal prompts disabled",
      'token-rejected',
    ],
    ["fatal: unable to access '…': The requested URL returned error: 403", 'token-permission'],
    ["fatal: repository 'https://forge.example/acme/nix.git/' not found", 'repository-not-found'],
    ['fatal: unable to update url base from redirection:\n  asked for: …\n  redirect: …', 'forge-redirects'],
    ['fatal: something that nobody has seen yet', 'forge-refused'],
  ])('%s: %s, at once', async (stderr, code) => {
    const { run, started } = recorder(stderr, stderr);
    const store = openStore(run, dir, remote, { second: 1 });
    await expect(store.read(step, ['ls-remote', '--', 'origin'])).rejects.toMatchObject({ code });
    expect(started.filter(({ args }) => args.includes('ls-remote'))).toHaveLength(1);
  });
});
