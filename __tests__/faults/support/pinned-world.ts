import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from '@jest/globals';
import { run, runText } from '../../support/nix/run.ts';
import { git } from '../../support/scenario/repository.ts';
import { uvFod } from '../../support/scenario/small-project.ts';
import { type Acted, makeWorld, type World } from '../../support/scenario/world.ts';
import { type PinnedIndex, startPinnedIndex } from './pinned-index.ts';

/** The build lock in a form that attacks change. */
export interface Loose {
  target: Record<string, unknown>;
  systems: Record<string, LooseSystem>;
  builds: Record<string, Record<string, unknown>>;
  wheels: Record<string, { url: string; hash: string }>;
}

interface LooseSystem {
  plan: string;
  hash: string;
  builds: string[];
  environments: Record<string, { wheels: string[]; builds: string[] }>;
}

/** An entry that is there. */
export function of<T>(table: Readonly<Record<string, T>>, key: string): T {
  const found = table[key];
  if (found === undefined) throw new Error(`there is no ${key}`);
  return found;
}

/**
 * A project that builds `thing` with `buildtool`, both from a loopback index that the base allows.
 */
export interface PinnedWorld extends World {
  readonly index: PinnedIndex;
  /** Text of the build lock that `uv-fod update` makes for the head of main. */
  readonly right: string;
  readonly derivation: string;
}

const lockName = 'uv-fod.lock.json';
export const tool = 'buildtool-1.0-py3-none-any.whl';
export const config = (hosts: readonly string[], more = ''): string =>
  `allowed-hosts = ${JSON.stringify(hosts)}\n${more}\n[[package]]\nattribute = "small"\n`;

/**
 * @param isCommitted whether main has the build lock, rather than a uv.lock that it is still to be
 * made for
 */
export async function pinnedWorld(isCommitted: boolean): Promise<PinnedWorld> {
  const world = await makeWorld();
  const { work } = world.repository;
  const index = await startPinnedIndex(world.dir);
  await writeFile(
    path.join(work, 'pyproject.toml'),
    `[project]
name = "small"
version = "1.0"
requires-python = ">=3.13"
dependencies = ["six==1.17.0", "iniconfig==2.1.0", "thing==1.0"]

[tool.uv]
package = false

[[tool.uv.index]]
url = "${index.origin}/simple"
`,
  );
  await runText('uv', ['lock', '--quiet', '--python', 'python3.14'], { cwd: work });
  const locked = await readFile(path.join(work, 'uv.lock'), 'utf8');
  const hosts = [...locked.matchAll(/url = "https?:\/\/([^/"]+)/g)].map(([, host = '']) => host);
  await mkdir(path.join(work, '.github'), { recursive: true });
  await writeFile(path.join(work, '.github/uv-fod.toml'), config([...new Set([...hosts, index.host])]));
  if (!isCommitted) await world.repository.push('Depend on thing');
  const { code, stderr } = await uvFod(['update', 'small', '--no-verify'], work);
  if (code !== 0) throw new Error(`uv-fod update ended with ${code}:\n${stderr}`);
  const right = await readFile(path.join(work, lockName), 'utf8');
  const derivation = await readFile(path.join(work, 'default.nix'), 'utf8');
  if (isCommitted) await world.repository.push('Depend on thing');
  else await git(work, 'checkout', '--quiet', '.');
  const close = async (): Promise<void> => {
    await index.close();
    await world.close();
  };
  return { ...world, index, right, derivation, close };
}

/** The text of a build lock with a change; an attack that changes nothing is none. */
export function changed(text: string, change: (lock: Loose) => void): string {
  const lock = JSON.parse(text) as Loose;
  change(lock);
  const after = `${JSON.stringify(lock, null, 2)}\n`;
  expect(after).not.toBe(text);
  return after;
}

/** A PATH with git and uv, and without Nix. */
export async function withoutNix(dir: string): Promise<string> {
  const folder = await mkdtemp(path.join(dir, 'without-nix-'));
  for (const name of ['git', 'curl', 'uv', 'python3.14']) {
    const { stdout } = await run('which', [name]);
    if (stdout.trim() !== '') await symlink(stdout.trim(), path.join(folder, name));
  }
  return folder;
}

/** Checks what a fork proposes on top of main. */
export async function checkProposed(
  world: PinnedWorld,
  lock: string,
  more: { readonly PATH?: string; readonly own?: boolean } = {},
): Promise<Acted> {
  world.index.asked.length = 0;
  const base = await world.repository.head();
  const repo = { full_name: 'you/small' };
  const pull = {
    number: 7,
    base: { sha: base, ref: 'main', repo },
    head: { ref: 'patch-1', repo: { full_name: 'stranger/small' } },
  };
  return world.act({
    inputs: { mode: 'check', token: '' },
    prepare: (workspace) => writeFile(path.join(workspace, lockName), lock),
    ...(more.PATH === undefined ? {} : { env: { PATH: more.PATH } }),
    ...(more.own
      ? {}
      : {
          step: { eventName: 'pull_request', event: { pull_request: pull }, ref: 'refs/pull/7/merge' },
        }),
  });
}

/**
 * Stale, with the reason, and a patch that makes the build lock right; nothing of the attack was
 * downloaded.
 */
export async function expectStale(world: PinnedWorld, acted: Acted, says: RegExp): Promise<void> {
  expect([acted.code, acted.outputs.get('status'), acted.left]).toEqual([3, 'stale', '']);
  expect(acted.errors[0]?.message).toMatch(says);
  expect(acted.log).not.toContain('defect of uv-fod');
  expect(world.index.asked.filter((url) => url.includes('evil'))).toEqual([]);
}
