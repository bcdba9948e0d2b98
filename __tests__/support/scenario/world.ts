import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startGitHub } from '../github/server.ts';
import type { GitHub, GitHubOptions, TokenOptions } from '../github/types.ts';
import { runStep, type Step, type StepResult } from '../runner/runner.ts';
import { git } from './repository.ts';
import { makeSmall, type SmallProject } from './small.ts';

export const repositoryName = 'you/small';
export const token = 'a-token-of-the-runner';
/** A token that may do what the documentation asks for. */
export const all: TokenOptions = {
  permissions: { contents: 'write', pull_requests: 'write', issues: 'write' },
};

/** The small project on a loopback GitHub, in a folder of its own. */
export interface World extends SmallProject {
  readonly dir: string;
  readonly github: GitHub;
  /** Runs the Action on a fresh checkout of main, as a push of its head would. */
  act(options?: ActOptions): Promise<Acted>;
  /** A pull request as the API has it. */
  pull(number: number): Promise<ShownPull>;
  close(): Promise<void>;
}

export interface ShownPull {
  readonly title: string;
  readonly body: string;
  readonly draft: boolean;
  readonly state: string;
}

export interface ActOptions {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly before?: string;
  readonly step?: Partial<Step>;
  /** Changes the checkout before the Action runs. */
  readonly prepare?: (workspace: string) => Promise<void>;
}

export interface Acted extends StepResult {
  /** `git status` of the checkout afterwards; empty where it is as it was. */
  readonly left: string;
  /** Errors that the runner would show, by their titles. */
  readonly errors: readonly {
    readonly title: string;
    readonly message: string;
    readonly file?: string;
    readonly line?: number;
  }[];
}

export async function makeWorld(tokens: Record<string, TokenOptions> = { [token]: all }): Promise<World> {
  return worldOf(makeSmall, { tokens });
}

/**
 * A world with a project of its own.
 * @param make puts the project into a folder
 */
export async function worldOf(
  make: (dir: string) => Promise<SmallProject>,
  options: Partial<GitHubOptions> = {},
): Promise<World> {
  const dir = await mkdtemp(path.join(tmpdir(), 'world-'));
  const project = await make(dir);
  const { bare } = project.repository;
  const github = await startGitHub({
    repository: repositoryName,
    bare,
    tokens: { [token]: all },
    ...options,
  });
  let runs = 0;
  return {
    ...project,
    dir,
    github,
    act: async (options = {}) => act(dir, project, github, ++runs, options),
    pull: async (number) => {
      const headers = { authorization: `token ${token}` };
      const answer = await fetch(`${github.url}/repos/${repositoryName}/pulls/${number}`, { headers });
      return (await answer.json()) as ShownPull;
    },
    close: async () => {
      await github.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function act(
  dir: string,
  project: SmallProject,
  github: GitHub,
  runId: number,
  options: ActOptions,
): Promise<Acted> {
  const workspace = await project.repository.checkout(path.join(dir, `checkout-${runId}`));
  await options.prepare?.(workspace);
  // What was just checked out is as it was committed.
  const before = options.prepare ? await git(workspace, 'status', '--porcelain') : '';
  const after = await project.repository.head();
  const result = await runStep({
    ...{
      workspace,
      runId,
      repository: repositoryName,
      github: github.url,
      ref: 'refs/heads/main',
      sha: after,
      eventName: 'push',
    },
    inputs: { attribute: 'small', token, ...options.inputs },
    event: { ref: 'refs/heads/main', before: options.before ?? project.pinned, after },
    ...(options.env ? { env: options.env } : {}),
    ...options.step,
  });
  const left = await git(workspace, 'status', '--porcelain');
  return { ...result, left: left === before ? '' : left, errors: annotations(result.log) };
}

/** What the runner makes of `::error …::` lines. */
function annotations(log: string): Acted['errors'] {
  return [...log.matchAll(/^::error ?([^\n]*?)::([^\n]*)$/gm)].map(([, properties = '', message = '']) => {
    const get = (name: string): string | undefined =>
      new RegExp(`(?:^|,)${name}=([^,]*)`).exec(properties)?.[1];
    const [file, line] = [get('file'), get('line')];
    return {
      title: get('title') ?? '',
      message: message.replaceAll('%0A', '\n').replaceAll('%25', '%'),
      ...(file ? { file } : {}),
      ...(line ? { line: Number(line) } : {}),
    };
  });
}
