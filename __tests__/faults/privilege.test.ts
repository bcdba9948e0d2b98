import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { childEnvironment, forkEnvironment } from '../../src/system/environment.ts';
import { runText } from '../support/nix/run.ts';
import { type Acted, all, type World } from '../support/scenario/world.ts';
import { minutes, type Process, processes, unbuiltWorld, watched } from './support/world.ts';

/**
 * The canary: a token with all rights, which no other file of tests has; it must appear nowhere.
 */
const token = 'a-token-of-the-test-of-privilege';
const secrets = {
  ACTIONS_RUNTIME_TOKEN: 'runtime-canary',
  GITHUB_TOKEN: token,
  GH_TOKEN: token,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'oidc-canary',
  MY_SECRET: 'another-canary',
};

describe('credentials in a run of the Action', () => {
  let world: World;
  let acted: Acted;
  let temp: string;
  /** By number and command: a process shows another one before and after it executes a program. */
  const seen = new Map<string, Process>();
  beforeAll(async () => {
    world = await unbuiltWorld(2, { [token]: all });
    const run = await watched(world);
    temp = run.temp;
    let isRunning = true;
    const watching = (async () => {
      while (isRunning) {
        for (const one of await processes())
          if (one.parent !== process.pid && one.pid !== run.pid()) seen.set(`${one.pid} ${one.command}`, one);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    })();
    acted = await world.act({ ...run.options, inputs: { token }, env: { ...run.options.env, ...secrets } });
    isRunning = false;
    await watching;
  }, 2 * minutes);
  afterAll(() => world?.close());

  const canaries = [token, 'runtime-canary', 'oidc-canary', 'another-canary'];

  test('children were seen: Nix and a builder in its sandbox', () => {
    expect(acted.code).toBe(0);
    const commands = [...seen.values()].map(({ command }) => command).join('\n');
    // Those that take a while: shorter ones may come and go between two looks.
    expect(commands).toMatch(/nix-build/);
    expect(commands).toMatch(/sleep 2/);
  });

  test.each(canaries)('%s: in no child’s environment or arguments', (canary) => {
    const holders = [...seen.values()].filter(({ command, environment, cwd }) => {
      const isOurs =
        cwd.startsWith(world.dir) ||
        command.includes('nix') ||
        command.includes('sleep 2') ||
        command.includes('git');
      // Between fork and exec a child is still a copy of the Action.
      const isCopy = command.includes('dist/index.js');
      return isOurs && !isCopy && (command.includes(canary) || environment.includes(canary));
    });
    expect(holders.map(({ command }) => command)).toEqual([]);
  });

  test.each(canaries)(
    '%s: in no log but the line that masks it, no output, no summary, no saved state',
    (canary) => {
      expect(acted.log.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain(canary);
      expect([...acted.outputs.values()].join('\n')).not.toContain(canary);
      expect(acted.summary).not.toContain(canary);
    },
  );

  test('the token is masked before anything else is printed', () => {
    expect(acted.log.startsWith(`::add-mask::${token}\n`)).toBe(true);
  });

  test('the build’s output and the cache do not hold it, nor is anything left in the temporary folder', async () => {
    const out = /→ (\/nix\/store\/[^/]+)/.exec(acted.log)?.[1] ?? '';
    expect(out).toMatch(/^\/nix\/store/);
    const found = await runText('sh', [
      '-c',
      'grep -rlF -- "$1" "$2" "$3" || true',
      'sh',
      token,
      out,
      path.join(process.env.XDG_CACHE_HOME ?? '/nowhere', 'uv-fod/artifacts-1'),
    ]);
    expect(found).toBe('');
    // The files of the output `sbom` are for later steps.
    expect(await readdir(temp)).toEqual([expect.stringMatching(/^uv-fod-sbom-\w+$/)]);
  });

  test('nor do commit and pull request', async () => {
    expect(
      JSON.stringify(world.github.requests.map(({ body, path: at, query }) => [body, at, query])),
    ).not.toContain(token);
  });
});

describe('the environment of children', () => {
  const given = childEnvironment({
    PATH: '/bin',
    HOME: '/root',
    INPUT_TOKEN: 'x',
    GITHUB_TOKEN: 'x',
    ACTIONS_RUNTIME_TOKEN: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    NODE_OPTIONS: '--require /evil',
    LD_PRELOAD: '/evil.so',
    GIT_SSH_COMMAND: 'evil',
    NIX_PATH: 'nixpkgs=/n',
    UV_INDEX_PRIVATE_PASSWORD: 'for the index',
  });

  test.each([
    'INPUT_TOKEN',
    'GITHUB_TOKEN',
    'ACTIONS_RUNTIME_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'NODE_OPTIONS',
    'LD_PRELOAD',
    'GIT_SSH_COMMAND',
  ])('has no %s', (name) => {
    expect(given).not.toHaveProperty(name);
  });

  test('has what finds programs, files and indexes', () => {
    expect(given).toMatchObject({
      PATH: '/bin',
      HOME: '/root',
      NIX_PATH: 'nixpkgs=/n',
      UV_INDEX_PRIVATE_PASSWORD: 'for the index',
    });
  });
});

describe("the environment of children that work on a fork's lock", () => {
  const given = forkEnvironment(
    childEnvironment({
      PATH: '/bin',
      HOME: '/home/runner',
      NETRC: '/home/runner/.netrc',
      UV_INDEX_PRIVATE_USERNAME: 'canary',
      UV_INDEX_PRIVATE_PASSWORD: 'canary',
      UV_INDEX: 'private=https://me:canary@index.example/simple https://canary@other.example/simple',
      UV_DEFAULT_INDEX: 'https://me:canary@index.example/simple',
    }),
    '/scratch',
  );

  test('opens no index: no login in a variable, an address or a home', () => {
    expect(JSON.stringify(given)).not.toContain('canary');
    expect(Object.keys(given).filter((name) => /NETRC|USERNAME|PASSWORD/.test(name))).toEqual([]);
    expect(given).toMatchObject({
      HOME: '/scratch',
      XDG_CONFIG_HOME: '/scratch/.config',
      XDG_DATA_HOME: '/scratch/.local/share',
    });
  });

  test('opens no repository: neither keys nor an agent', () => {
    expect(given.GIT_SSH_COMMAND).toMatch(/-F none .*IdentityFile=none .*IdentityAgent=none/);
    expect(given.GIT_CONFIG_GLOBAL).toBe('/dev/null');
  });

  test("keeps the addresses, the caches and the user's own settings of Nix", () => {
    expect(given).toMatchObject({
      PATH: '/bin',
      UV_INDEX: 'private=https://index.example/simple https://other.example/simple',
      UV_DEFAULT_INDEX: 'https://index.example/simple',
      XDG_CACHE_HOME: '/home/runner/.cache',
      NIX_USER_CONF_FILES: '/home/runner/.config/nix/nix.conf',
    });
  });
});
