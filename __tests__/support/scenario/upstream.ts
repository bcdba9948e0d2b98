import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { getOctokit } from '../github/libraries.ts';
import { startGitHub } from '../github/server.ts';
import type { GitHub } from '../github/types.ts';
import { serveRepositories } from '../nix/git-source.ts';
import { runText } from '../nix/run.ts';
import { git } from './repository.ts';
import { lockSmall } from './small.ts';

/**
 * A project of other people's: its repository is served the way a git host does, and GitHub tells
 * its releases.
 */
export interface Upstream {
  readonly github: GitHub;
  /** GitHub's API as the Action has it. */
  readonly hub: ReturnType<typeof getOctokit>;
  /** Address of the repository for git. */
  readonly url: string;
  /** Commit that its branch main is at. */
  head(): Promise<string>;
  /**
   * Publishes a version: uv locks that six, the tag is `version/VERSION`.
   * @param index what the lock says that its packages are from, in place of where uv has them from
   */
  release(version: string, six: string, index?: string): Promise<void>;
  close(): Promise<void>;
}

/** @param dir a folder of its own */
export async function makeUpstream(dir: string): Promise<Upstream> {
  const work = path.join(dir, 'upstream');
  await mkdir(work, { recursive: true });
  await git(work, 'init', '--quiet', '--initial-branch=main');
  const served = path.join(dir, 'served');
  await mkdir(served);
  await runText('git', ['clone', '--quiet', '--bare', work, path.join(served, 'small')]);
  const host = await serveRepositories(served);
  const github = await startGitHub({
    repository: 'up/small',
    bare: path.join(served, 'small'),
    tokens: { upstream: { permissions: { contents: 'write' } } },
  });
  const hub = getOctokit('upstream', { baseUrl: github.url });
  return {
    github,
    hub,
    url: `${host.url}/small`,
    head: () => git(work, 'rev-parse', 'HEAD'),
    release: (version, six, index) => release(work, hub, version, six, index),
    close: async () => {
      await Promise.all([host.close(), github.close()]);
      await rm(work, { recursive: true, force: true });
    },
  };
}

async function release(
  work: string,
  hub: Upstream['hub'],
  version: string,
  six: string,
  index: string | undefined,
): Promise<void> {
  await lockSmall(work, six);
  const project = path.join(work, 'pyproject.toml');
  const text = await readFile(project, 'utf8');
  await writeFile(project, text.replace(/^version = .*$/m, `version = "${version}"`));
  await runText('uv', ['lock', '--quiet', '--python', 'python3.14'], { cwd: work });
  if (index !== undefined) {
    const lock = path.join(work, 'uv.lock');
    await writeFile(
      lock,
      (await readFile(lock, 'utf8')).replaceAll(/registry = "[^"]*"/g, `registry = "${index}"`),
    );
  }
  // Of this run alone: nothing that other tests keep in the store is the same.
  const run = path.basename(path.dirname(work));
  await writeFile(path.join(work, 'ui.txt'), `the web UI's dependencies of ${version}, ${run}\n`);
  await git(work, 'add', '--all');
  await git(work, 'commit', '--quiet', '--message', `Release ${version}`);
  await git(work, 'push', '--quiet', path.join(work, '../served/small'), 'HEAD:main');
  await hub.rest.repos.createRelease({
    ...{ owner: 'up', repo: 'small' },
    tag_name: `version/${version}`,
    target_commitish: 'main',
  });
}
