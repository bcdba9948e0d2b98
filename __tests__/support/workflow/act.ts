import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import type { OtherStore } from '../nix/other-store.ts';
import { run } from '../nix/run.ts';
import { checkout } from '../runner/runner.ts';
import { nixPath } from '../scenario/small.ts';

/** Where set-up has put programs (script/lib/act.sh). */
const cache = process.env.UV_FOD_CACHE ?? '';
const act = path.join(cache, 'act/act');
const standIns = path.join(import.meta.dirname, 'actions');

/**
 * What an example names in `uses:`, and what runs in its place. This project's Action is itself.
 */
const actions: Readonly<Record<string, string>> = {
  'actions/checkout': path.join(standIns, 'checkout'),
  'cachix/install-nix-action': path.join(standIns, 'install-nix'),
  'astral-sh/setup-uv': path.join(standIns, 'setup-uv'),
  'actions/upload-artifact': path.join(standIns, 'upload-artifact'),
  'actions/download-artifact': path.join(standIns, 'download-artifact'),
};

/** One event that GitHub would start a workflow for. */
export interface Trigger {
  /** File below .github/workflows of `work`. */
  readonly workflow: string;
  readonly eventName:
    | 'push'
    | 'schedule'
    | 'workflow_dispatch'
    | 'pull_request'
    | 'merge_group'
    | 'workflow_run';
  readonly event: object;
  /** A working tree with the workflow in it; act reads it, the job checks out for itself. */
  readonly work: string;
  /** Commit that the job is for. */
  readonly sha: string;
  readonly ref: string;
  /** `owner/name`. */
  readonly repository: string;
  /** The git server's repository. */
  readonly bare: string;
  /** Address of the loopback GitHub. */
  readonly github: string;
  readonly token: string;
  readonly runId: number;
  /** More of the runner's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** A store in place of this machine's own. */
  readonly store?: OtherStore;
}

export interface Ran {
  /** Of act: 0 where every job succeeded. */
  readonly code: number;
  readonly log: string;
  /** Of the last step that set each. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly summary: string;
  readonly errors: readonly { readonly title: string; readonly file: string; readonly message: string }[];
}

/**
 * Runs workflows in a folder of its own, on this machine, with a PATH that has neither Nix nor uv.
 */
export interface Runner {
  /** Where act's cache server keeps what is saved. */
  readonly cache: string;
  run(trigger: Trigger): Promise<Ran>;
  close(): Promise<void>;
}

export async function makeRunner(): Promise<Runner> {
  const dir = await mkdtemp(path.join(tmpdir(), 'act-'));
  const bins = await splitPath(dir);
  // As a release has it, and the same for all runs of a ring though somebody builds meanwhile.
  const own = path.join(dir, 'uv-fod');
  await mkdir(own);
  await cp(path.join(checkout, 'action.yml'), path.join(own, 'action.yml'));
  await cp(path.join(checkout, 'dist'), path.join(own, 'dist'), { recursive: true });
  return {
    cache: path.join(dir, 'cache'),
    run: (trigger) => runAct(trigger, dir, own, bins),
    close: () => rm(dir, { recursive: true, force: true }),
  };
}

interface Bins {
  readonly system: string;
  readonly nix: string;
}

/** The system's programs without Nix, and Nix alone, each in a folder of links. */
async function splitPath(dir: string): Promise<Bins> {
  const bins = { system: path.join(dir, 'bin'), nix: path.join(dir, 'nix-bin') };
  await Promise.all([mkdir(bins.system), mkdir(bins.nix)]);
  for (const name of await readdir('/usr/bin')) {
    const into = /^nix(-|$)/.test(name) ? bins.nix : bins.system;
    await symlink(path.join('/usr/bin', name), path.join(into, name));
  }
  return bins;
}

async function runAct(trigger: Trigger, dir: string, own: string, bins: Bins): Promise<Ran> {
  const { work, workflow, eventName, github, repository, runId, sha, ref, token, bare } = trigger;
  const event = path.join(dir, `event-${runId}.json`);
  await writeFile(event, JSON.stringify(trigger.event));
  const file = path.join(work, '.github/workflows', workflow);
  const told = {
    GITHUB_API_URL: github,
    GITHUB_GRAPHQL_URL: `${github}/graphql`,
    GITHUB_REPOSITORY: repository,
    GITHUB_RUN_ID: String(runId),
    GITHUB_REF: ref,
    SHA_REF: sha,
    TEST_ARTIFACTS: path.join(dir, `artifacts-${runId}`),
    TEST_REMOTE: `file://${bare}`,
    TEST_NIX_BIN: bins.nix,
    TEST_NIX_PATH: nixPath,
    TEST_UV_BIN: path.join(cache, 'uv/bin'),
  };
  const args = [
    ...[eventName, '--directory', work, '--workflows', file, '--eventpath', event, '--json'],
    ...['--platform', 'ubuntu-latest=-self-hosted', '--no-skip-checkout', '--actor', 'octocat'],
    ...['--use-new-action-cache', '--action-cache-path', path.join(dir, 'actions')],
    ...['--cache-server-addr', '127.0.0.1', '--cache-server-path', path.join(dir, 'cache')],
    ...['--secret', `GITHUB_TOKEN=${token}`],
    ...Object.entries(told).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...(await usedActions(file, own)).flatMap((one) => ['--local-repository', one]),
  ];
  const env = { PATH: `${path.join(cache, 'node24/bin')}:${bins.system}`, NIX_PATH: '', ...trigger.env };
  const start = trigger.store?.run ?? run;
  const { code, stdout, stderr } = await start(act, args, { cwd: work, env });
  return { code, ...read(stdout, stderr) };
}

/**
 * `owner/name@commit=folder` for each `uses:` of a workflow; one that nothing stands in for is an
 * error.
 */
async function usedActions(file: string, own: string): Promise<string[]> {
  const { jobs } = parse(await readFile(file, 'utf8')) as {
    jobs: Record<string, { steps: readonly { uses?: string }[] }>;
  };
  const used = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
  return used.map((uses) => {
    const name = uses.replace(/@.*/, '');
    const folder = name === 'OWNER/uv-fod' ? own : actions[name];
    if (folder === undefined) throw new Error(`nothing stands in for ${uses}`);
    return `${uses}=${folder}`;
  });
}

/** One line of act's log. */
interface Line {
  readonly msg?: string;
  readonly command?: string;
  readonly name?: string;
  readonly arg?: string;
  readonly content?: string;
  readonly kvPairs?: Readonly<Record<string, string>>;
}

function read(stdout: string, stderr: string): Omit<Ran, 'code'> {
  const lines = stdout.split('\n').flatMap((line): Line[] => {
    try {
      return [JSON.parse(line) as Line];
    } catch {
      return line === '' ? [] : [{ msg: line }];
    }
  });
  const of = (command: string): Line[] => lines.filter((line) => line.command === command);
  return {
    log: `${lines.map(({ msg = '' }) => msg.trimEnd()).join('\n')}\n${stderr}`,
    outputs: new Map(of('set-output').map(({ name = '', arg = '' }) => [name, arg])),
    summary: of('summary')
      .map(({ content = '' }) => content)
      .join('\n'),
    errors: of('error').map(({ kvPairs, arg = '' }) => ({
      title: kvPairs?.title ?? '',
      file: kvPairs?.file ?? '',
      message: arg,
    })),
  };
}
