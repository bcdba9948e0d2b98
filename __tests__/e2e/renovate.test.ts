import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startGitHub } from '../support/github/server.ts';
import type { GitHub } from '../support/github/types.ts';
import { run } from '../support/nix/run.ts';
import { checkout } from '../support/runner/runner.ts';
import { git } from '../support/scenario/repository.ts';
import { edit, makeSmall, nixPath, type SmallProject, uvFod } from '../support/scenario/small.ts';
import { all, repositoryName, token } from '../support/scenario/world.ts';

// The command of Renovate's postUpgradeTasks: it changes files, and does nothing else.
const minutes = 60_000;
let dir: string;
let project: SmallProject;
let github: GitHub;
let env: Record<string, string>;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'renovate-'));
  project = await makeSmall(dir);
  const { bare } = project.repository;
  github = await startGitHub({ repository: repositoryName, bare, tokens: { [token]: all } });
  // All that Renovate has, and more than it gives to a command.
  env = {
    ...{ GITHUB_TOKEN: token, GH_TOKEN: token, RENOVATE_TOKEN: token, INPUT_TOKEN: token },
    ...{ GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'push', GITHUB_REPOSITORY: repositoryName },
    ...{ GITHUB_API_URL: github.url, GITHUB_SERVER_URL: github.url },
  };
}, 2 * minutes);
afterAll(async () => {
  await github?.close();
  await rm(dir, { recursive: true, force: true });
});

const status = (): Promise<string> => git(project.repository.work, 'status', '--porcelain');

/** Whatever comes of it: it asks GitHub nothing, and no ref moves. */
async function update(...args: string[]) {
  const { repository } = project;
  const refs = await repository.refs();
  const head = await git(repository.work, 'rev-parse', 'HEAD');
  const { code, stdout, stderr } = await uvFod(['update', 'small', '--quiet', ...args], repository.work, env);
  expect({ requests: github.requests, refs: await repository.refs() }).toEqual({ requests: [], refs });
  expect(await git(repository.work, 'rev-parse', 'HEAD')).toBe(head);
  return { found: [code, stdout], stderr };
}

test(
  'it ends with 0 for files that changed and for none, and prints nothing on standard output',
  async () => {
    expect((await update()).found).toEqual([0, '']);
    expect(await status()).toBe(' M default.nix\n M uv-fod.lock.json');
    expect((await update()).found).toEqual([0, '']);
    expect(await status()).toBe(' M default.nix\n M uv-fod.lock.json');
  },
  3 * minutes,
);

test(
  'it ends with 1 for an error, which is on standard error, and leaves the files as they were',
  async () => {
    const { work } = project.repository;
    await git(work, 'checkout', '--quiet', '--', '.');
    await edit(project.repository, 'default.nix', (text) => text.replace('[ "six" ', '[ "seven" '));
    const before = await status();
    const { found, stderr } = await update();
    expect([found, await status()]).toEqual([[1, ''], before]);
    expect(stderr).toContain('seven');
    await git(work, 'checkout', '--quiet', '--', '.');
  },
  3 * minutes,
);

describe('examples/renovate/uv-fod.sh', () => {
  /** Runs a command where Renovate's own Nix, which lacks the settings, comes first on PATH. */
  async function behindRenovatesNix(program: string, args: readonly string[]) {
    const own = path.join(dir, 'own');
    await mkdir(own, { recursive: true });
    const shadow =
      '#!/bin/sh\necho "error: experimental Nix feature \'nix-command\' is disabled" >&2\nexit 1\n';
    for (const name of ['nix', 'nix-build', 'nix-instantiate', 'nix-store']) {
      await writeFile(path.join(own, name), shadow);
      await chmod(path.join(own, name), 0o755);
    }
    await symlink(process.execPath, path.join(own, 'node')).catch(() => undefined);
    const PATH = `${own}:${process.env.PATH}`;
    const cwd = project.repository.work;
    return run(program, args, { cwd, env: { ...env, PATH, NIX_PATH: nixPath } });
  }

  test(
    'takes the Nix that it names, though Renovate has put its own first on PATH',
    async () => {
      const launcher = path.join(dir, 'uv-fod-renovate');
      const text = await readFile(path.join(checkout, 'examples/renovate/uv-fod.sh'), 'utf8');
      const own = text
        .replace(/^nix_bin=.*$/m, 'nix_bin=/usr/bin')
        .replace(/^uv_fod=.*$/m, `uv_fod='${checkout}'`);
      await writeFile(launcher, own, { mode: 0o755 });
      const cli = path.join(checkout, 'dist/cli.js');
      const bare = await behindRenovatesNix(process.execPath, [cli, 'update', 'small', '--quiet']);
      expect([bare.code, bare.stdout, await status()]).toEqual([1, '', '']);
      const { code, stdout, stderr } = await behindRenovatesNix(launcher, ['small']);
      expect({ code, stdout, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
      expect(await status()).toBe(' M default.nix\n M uv-fod.lock.json');
    },
    3 * minutes,
  );
});
