import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from '@jest/globals';
import type { LoggedRequest } from '../../support/github/types.ts';
import type { Step } from '../../support/runner/runner.ts';
import { type Computed, type PublishedWorld, publishedWorld } from '../../support/scenario/published.ts';
import { git } from '../../support/scenario/repository.ts';
import { edit } from '../../support/scenario/small.ts';
import {
  type Acted,
  type ActOptions,
  makeWorld,
  repositoryName,
  token,
  type World,
} from '../../support/scenario/world.ts';

export const branch = 'uv-fod/small';
export const minutes = 60_000;

/**
 * A world whose derivation no store has yet: its build really runs, and takes `seconds` at least.
 */
export async function unbuiltWorld(seconds = 0, ...tokens: Parameters<typeof makeWorld>): Promise<World> {
  const world = await makeWorld(...tokens);
  const wait = seconds > 0 ? `sleep ${seconds}; ` : '';
  await edit(world.repository, 'default.nix', (text) =>
    text.replace('version = "1.0";', `version = "1.0"; postInstall = "${wait}echo ${randomUUID()}";`),
  );
  await world.repository.push('A derivation that nobody built');
  return world;
}

/** Puts something into the build of the derivation: what prepares a checkout. */
export const building =
  (script: string): NonNullable<ActOptions['prepare']> =>
  async (workspace) => {
    const file = path.join(workspace, 'default.nix');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('version = "1.0";', `version = "1.0"; postInstall = "${script}";`));
  };

interface Pull {
  readonly number: number;
  readonly state: string;
  readonly title: string;
  readonly head: { readonly ref: string; readonly sha: string };
}

/** All pull requests, oldest first, as the API gives them to somebody who asks. */
export async function pullsOf(world: World): Promise<Pull[]> {
  const response = await fetch(`${world.github.url}/repos/${repositoryName}/pulls?state=all`, {
    headers: { authorization: `bearer ${token}` },
  });
  return ((await response.json()) as Pull[]).sort((a, b) => a.number - b.number);
}

/**
 * What a person sees of the remote: branches, the commits of ours, what these change, and pull
 * requests.
 */
export async function endState(world: World): Promise<unknown> {
  const { repository } = world;
  const refs = (await repository.refs()).split('\n').map((line) => line.split(' ')[0]);
  const isThere = refs.includes(`refs/heads/${branch}`);
  return {
    refs,
    subjects: isThere ? (await repository.log(`main..${branch}`)).replaceAll(/^[0-9a-f]{40} /gm, '') : '',
    diff: isThere ? await repository.diff('main', branch) : '',
    pulls: (await pullsOf(world)).map(({ number, state, title, head }) => ({
      ...{ number, state, title },
      head: head.ref,
    })),
  };
}

/** The one state that every way has to lead to. */
export const published = {
  refs: ['refs/heads/main', `refs/heads/${branch}`],
  subjects: 'small: update the hash of its Python dependencies',
  diff: expect.stringMatching(/- {4}hash = "sha256-[^"]+";\n\+ {4}hash = "sha256-[^"]+";/),
  pulls: [
    { number: 1, state: 'open', title: 'small: update the hash of its Python dependencies', head: branch },
  ],
};

/**
 * Options of a run whose temporary files can be looked at, and whose process can be sent signals.
 */
export async function watched(world: World, more: Partial<Step> = {}) {
  const temp = await mkdtemp(path.join(world.dir, 'temp-'));
  let pid = 0;
  const step: Partial<Step> = {
    onStart: (number) => {
      pid = number;
    },
    ...more,
  };
  const options: ActOptions = { env: { RUNNER_TEMP: temp, TMPDIR: temp }, step };
  return { options, temp, kill: (signal: NodeJS.Signals) => process.kill(pid, signal), pid: () => pid };
}

/** Kills a process and all below it at once. */
export async function killTree(root: number): Promise<void> {
  const all = await processes();
  const doomed = [root];
  for (let at = 0; at < doomed.length; at++)
    doomed.push(...all.filter(({ parent }) => parent === doomed[at]).map(({ pid }) => pid));
  for (const pid of doomed) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended with its parent.
    }
  }
}

export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  readonly environment: string;
  readonly cwd: string;
}

/** Every process of the machine; one that ends while it is looked at is left out. */
export async function processes(): Promise<Process[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(names.map((name) => describe(name).catch(() => undefined)));
  return found.filter((one) => one !== undefined);
}

async function describe(name: string): Promise<Process> {
  const [stat, command, environment, cwd] = await Promise.all([
    readFile(`/proc/${name}/stat`, 'latin1'),
    readFile(`/proc/${name}/cmdline`, 'latin1'),
    readFile(`/proc/${name}/environ`, 'latin1').catch(() => ''),
    readlink(`/proc/${name}/cwd`).catch(() => ''),
  ]);
  const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  return { pid: Number(name), parent, command: command.replaceAll('\0', ' '), environment, cwd };
}

/**
 * What a checkout has that git does not know of; files that only git's own folder has are not among
 * it.
 */
export const status = (workspace: string): Promise<string> => git(workspace, 'status', '--porcelain');

/** The n-th write of a run that begins when `from` writes were made. */
export const isWrite = (request: LoggedRequest, from: number, n: number): boolean =>
  request.write === from + n;

/** One sentence under this code, exit 1, and neither an output nor an edit is left. */
export function expectFailed(acted: Acted, code: string, message: RegExp): void {
  expect(acted.errors.map(({ title }) => title)).toEqual([code]);
  expect(acted.errors[0]?.message).toMatch(message);
  expect({ code: acted.code, left: acted.left, outputs: acted.outputs.size }).toEqual({
    code: 1,
    left: '',
    outputs: 0,
  });
}

/** Runs `body` in a world of its own, which is closed afterwards. */
export async function withWorld(
  make: () => Promise<World>,
  body: (world: World) => Promise<void>,
): Promise<void> {
  const world = await make();
  try {
    await body(world);
  } finally {
    await world.close();
  }
}

/** Runs something in a world in which only publishing is left to do. */
export async function withPublished(
  computed: Computed,
  body: (world: PublishedWorld) => Promise<void>,
): Promise<void> {
  const world = await publishedWorld(computed);
  try {
    await body(world);
  } finally {
    await world.close();
  }
}
