import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { GitHubOptions, LoggedRequest } from '../github/types.ts';
import { madeOnce } from './made-once.ts';
import { git, Repository } from './repository.ts';
import { lockSmall, makeSmall } from './small.ts';
import { type Acted, type ActOptions, type World, worldOf } from './world.ts';

const file = 'uv-fod-result.json';

/**
 * Two bumps of the small project, one on top of the other, and what `mode: compute` made of each.
 */
export interface Computed {
  /** Folder of the repository, of which worlds are copies. */
  readonly dir: string;
  readonly pinned: string;
  readonly bumped: string;
  /** Commit of the second bump; the first is `bumped`. */
  readonly next: string;
  readonly results: Readonly<Record<'first' | 'next', string>>;
}

/** A world in which only publishing is left to do, which takes half a second and no Nix. */
export interface PublishedWorld extends World {
  readonly computed: Computed;
  /**
   * Publishes what was computed, as a job on the head of main would; what it asked GitHub comes
   * with it.
   */
  publish(result: 'first' | 'next', options?: PublishOptions): Promise<Acted & { requests: LoggedRequest[] }>;
  /** Brings the second bump to main. */
  moveOn(): Promise<void>;
}

/** What `mode: compute` hands over, as far as scenarios change it. */
export interface Handed {
  proposed: { files: unknown[] }[];
}

export interface PublishOptions extends ActOptions {
  // A method, so that tests may say more of what they change.
  change?(result: Handed): void;
}

/** Makes the two bumps and computes them, once for all scenarios. */
export async function compute(): Promise<Computed> {
  const { dir, value } = await madeOnce('computed', async (part) => {
    const world = await worldOf(makeSmall);
    try {
      const { pinned, bumped } = world;
      const first = await computeHere(world);
      await lockSmall(world.repository.work, '1.17.0', '2.3.0');
      const next = await world.repository.push('Bump iniconfig to 2.3.0');
      const results = { first, next: await computeHere(world) };
      await Repository.copy(world.dir, part);
      return { pinned, bumped, next, results };
    } finally {
      await world.close();
    }
  });
  return { dir, ...value };
}

async function computeHere(world: World): Promise<string> {
  let workspace = '';
  const { code, log } = await world.act({
    inputs: { mode: 'compute', token: '' },
    prepare: async (dir) => {
      workspace = dir;
    },
  });
  if (code !== 0) throw new Error(`mode: compute ended with ${code}:\n${log}`);
  return readFile(path.join(workspace, file), 'utf8');
}

/** A fresh world, with main at the first bump. */
export async function publishedWorld(
  computed: Computed,
  options: Partial<GitHubOptions> = {},
): Promise<PublishedWorld> {
  const { pinned, bumped, next, results } = computed;
  const world = await worldOf(async (dir) => {
    const repository = await Repository.copy(computed.dir, dir);
    await git(repository.work, 'reset', '--quiet', '--hard', bumped);
    await git(repository.bare, 'update-ref', 'refs/heads/main', bumped);
    return { pinned, bumped, repository };
  }, options);
  return {
    ...world,
    computed,
    moveOn: async () => {
      const { work } = world.repository;
      await git(work, 'merge', '--quiet', '--ff-only', next);
      await git(work, 'push', '--quiet', 'origin', 'HEAD:main');
    },
    publish: async (name, { prepare, inputs, change, ...rest } = {}) => {
      const before = world.github.requests.length;
      const acted = await world.act({
        ...rest,
        inputs: { mode: 'publish', ...inputs },
        prepare: async (workspace) => {
          await prepare?.(workspace);
          const value = JSON.parse(results[name]) as Handed;
          change?.(value);
          const head = await git(workspace, 'rev-parse', 'HEAD');
          await writeFile(path.join(workspace, file), JSON.stringify({ ...value, head }));
        },
      });
      return { ...acted, requests: world.github.requests.slice(before) };
    },
  };
}
