import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LoggedRequest } from '../github/types.ts';
import type { EndedRun } from '../github/workflow-run.ts';
import { type Pull, type PullWorld, pullEvent } from './own-pull.ts';
import { git } from './repository.ts';
import type { Acted } from './world.ts';

/** Path of the computing job's workflow. */
export const workflow = '.github/workflows/uv-fod-pull-request-compute.yml';
/** Name of the file that it leaves. */
export const result = 'uv-fod-result.json';
const artifact = path.join('uv-fod-results', 'uv-fod-x86_64-linux');

type Files = Readonly<Record<string, string>>;

export interface Publishing {
  /** What is not as usual in the run that has ended, or in its payload. */
  readonly run?: Partial<EndedRun>;
  readonly payload?: (payload: object) => object;
  readonly inputs?: Files;
  /** Files of the artifact. */
  readonly files: Files;
}

export interface Published extends Acted {
  readonly requests: LoggedRequest[];
  /** Why nothing was published. */
  readonly reason: string | undefined;
  readonly checkedOut: string;
  /** Exit code, title of the error, and outcome. */
  readonly found: (string | number | undefined)[];
}

/** The two jobs for a pull request. */
export interface TwoJobs {
  /** The computing job, and the text that it leaves for the other one. */
  compute(
    pull: Pull,
    inputs?: Files,
  ): Promise<Acted & { readonly requests: LoggedRequest[]; readonly text: string }>;
  /** The publishing job, for the end of a run for this branch at the stale commit. */
  publish(branch: string, options: Publishing): Promise<Published>;
  close(): Promise<void>;
}

export async function twoJobs(world: PullWorld): Promise<TwoJobs> {
  const programs = await mkdtemp(path.join(tmpdir(), 'two-jobs-'));
  for (const name of ['git', 'curl']) await symlink(`/usr/bin/${name}`, path.join(programs, name));
  return {
    compute: async (pull, inputs = {}) => {
      let workspace = '';
      const prepare = async (dir: string): Promise<void> => {
        workspace = dir;
      };
      const run = await pull.act({ inputs: { mode: 'compute', token: '', ...inputs }, prepare });
      return { ...run, text: await readFile(path.join(workspace, result), 'utf8').catch(() => run.log) };
    },
    publish: (branch, options) => publish(world, programs, branch, options),
    close: () => rm(programs, { recursive: true, force: true }),
  };
}

async function publish(
  world: PullWorld,
  programs: string,
  branch: string,
  { run, payload = (one) => one, inputs, files }: Publishing,
): Promise<Published> {
  const main = await world.repository.head();
  const ended = {
    ...({ id: 77, path: workflow, eventName: 'pull_request', conclusion: 'failure' } as const),
    event: pullEvent({ ref: branch }, 1, world.stale, main),
    ...run,
  };
  const seen = world.github.requests.length;
  let workspace = '';
  const acted = await world.act({
    inputs: { mode: 'publish', 'compute-workflow': workflow, result: 'uv-fod-results', ...inputs },
    env: { PATH: programs },
    step: { eventName: 'workflow_run', event: payload(world.github.workflowRun(ended)) },
    prepare: async (dir) => {
      workspace = dir;
      for (const [name, text] of Object.entries(files)) {
        await mkdir(path.join(dir, artifact), { recursive: true });
        await writeFile(path.join(dir, artifact, name), text);
      }
    },
  });
  const results = JSON.parse(acted.outputs.get('results') ?? '[]') as { reason?: string }[];
  return {
    ...acted,
    ...{ requests: world.github.requests.slice(seen), reason: results[0]?.reason },
    checkedOut: await git(workspace, 'rev-parse', 'HEAD'),
    found: [acted.code, acted.errors[0]?.title, acted.outputs.get('outcome')],
  };
}
