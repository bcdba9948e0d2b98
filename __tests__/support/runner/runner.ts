import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { once } from '../../../src/system/promises.ts';

export const checkout = path.resolve(import.meta.dirname, '../../..');

/** One step of a workflow that uses this Action. */
export interface Step {
  /** Folder that actions/checkout filled. */
  readonly workspace: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** `owner/name`. */
  readonly repository: string;
  /** Address of the loopback GitHub. */
  readonly github: string;
  /** `refs/heads/main`. */
  readonly ref: string;
  readonly sha: string;
  readonly eventName: string;
  readonly event: object;
  readonly runId?: number;
  /** More of the runner's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called with what the step prints, as it prints it. */
  readonly onOutput?: (text: string) => void;
  readonly signal?: AbortSignal;
  /** File that gets what the step prints, in place of a pipe to the caller. */
  readonly logFile?: string;
  /** Called with the number of the process. */
  readonly onStart?: (pid: number) => void;
}

export interface StepResult {
  readonly code: number;
  readonly log: string;
  readonly outputs: ReadonlyMap<string, string>;
  readonly summary: string;
  /** Text of each file that the output `sbom` names, by its name. */
  readonly sboms: ReadonlyMap<string, string>;
  readonly milliseconds: number;
}

/**
 * Runs the built Action as a runner does: `node dist/index.js` in the workspace, inputs and event
 * in the environment and in files, and nothing of this process's own environment but what finds
 * programs and the network.
 */
export async function runStep(step: Step): Promise<StepResult> {
  const temp = await mkdtemp(path.join(tmpdir(), 'runner-'));
  try {
    const { files, env } = await prepareStep(step, temp);
    const started = performance.now();
    const { code, log } = await spawnNode(step, env);
    const milliseconds = performance.now() - started;
    const outputs = parseOutputs(await readFile(files.GITHUB_OUTPUT, 'utf8'));
    const sboms = new Map<string, string>();
    for (const file of outputs.get('sbom')?.split('\n').filter(Boolean) ?? []) {
      if (!file.startsWith(`${env.RUNNER_TEMP}/`)) throw new Error(`${file} is not in RUNNER_TEMP`);
      sboms.set(path.basename(file), await readFile(file, 'utf8'));
    }
    const summary = await readFile(files.GITHUB_STEP_SUMMARY, 'utf8');
    return { code, log, outputs, summary, sboms, milliseconds };
  } finally {
    await rm(temp, { recursive: true, force: true });
  }
}

/** The files and the environment of a step, in a folder for temporary files. */
export async function prepareStep(step: Step, temp: string) {
  const files = await makeFiles(temp, step);
  return { files, env: { ...environment(step, temp, files), ...(await inputs(step)) } };
}

async function makeFiles(temp: string, step: Step) {
  const files = {
    GITHUB_EVENT_PATH: path.join(temp, 'event.json'),
    GITHUB_OUTPUT: path.join(temp, 'output'),
    GITHUB_STEP_SUMMARY: path.join(temp, 'summary.md'),
    GITHUB_ENV: path.join(temp, 'env'),
    GITHUB_PATH: path.join(temp, 'path'),
    GITHUB_STATE: path.join(temp, 'state'),
  };
  for (const file of Object.values(files)) await writeFile(file, '');
  await writeFile(files.GITHUB_EVENT_PATH, JSON.stringify(step.event));
  return files;
}

function environment(step: Step, temp: string, files: Record<string, string>): Record<string, string> {
  const passed = [
    'PATH',
    'HOME',
    'USER',
    'LANG',
    'SSL_CERT_FILE',
    'NIX_SSL_CERT_FILE',
    'NODE_EXTRA_CA_CERTS',
    'XDG_CACHE_HOME',
    'UV_DEFAULT_INDEX',
  ];
  const own = Object.fromEntries(
    passed.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
  return {
    ...own,
    ...files,
    // The look-alike set's own files are elsewhere; a fork's evaluation reads only folders of the
    // Nix path.
    NIX_PATH: `nixpkgs=${checkout}/nix/testing:uv-fod=${checkout}/nix:machine=/opt/uv-fod`,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: 'uv-fod',
    GITHUB_WORKFLOW: 'update',
    GITHUB_JOB: 'update',
    GITHUB_ACTOR: 'octocat',
    GITHUB_REPOSITORY: step.repository,
    GITHUB_WORKSPACE: step.workspace,
    GITHUB_REF: step.ref,
    GITHUB_REF_NAME: step.ref.replace(/^refs\/heads\//, ''),
    GITHUB_SHA: step.sha,
    GITHUB_EVENT_NAME: step.eventName,
    GITHUB_RUN_ID: String(step.runId ?? 1),
    GITHUB_RUN_NUMBER: '1',
    GITHUB_SERVER_URL: step.github,
    GITHUB_API_URL: step.github,
    GITHUB_GRAPHQL_URL: `${step.github}/graphql`,
    RUNNER_TEMP: temp,
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: 'X64',
    ...step.env,
  };
}

/** Defaults of action.yml. */
const defaults = once(async (): Promise<[name: string, value: string][]> => {
  const action = parse(await readFile(path.join(checkout, 'action.yml'), 'utf8')) as {
    inputs: Record<string, { default?: string }>;
  };
  return Object.entries(action.inputs).map(([name, { default: value = '' }]) => [
    name,
    value.startsWith('${{') ? '' : value,
  ]);
});

/** Inputs as the runner gives them: defaults of action.yml below those of the step. */
async function inputs(step: Step): Promise<Record<string, string>> {
  const all = { ...Object.fromEntries(await defaults()), ...step.inputs } as Record<string, string>;
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
}

async function spawnNode(step: Step, env: Record<string, string>): Promise<{ code: number; log: string }> {
  const main = path.join(checkout, 'dist/index.js');
  await mkdir(step.workspace, { recursive: true });
  const file = step.logFile === undefined ? undefined : await open(step.logFile, 'a');
  const child = spawn(process.execPath, [main], {
    cwd: step.workspace,
    env,
    stdio: ['ignore', file?.fd ?? 'pipe', file?.fd ?? 'pipe'],
    ...(step.signal ? { signal: step.signal, killSignal: 'SIGKILL' as const } : {}),
  });
  if (child.pid !== undefined) step.onStart?.(child.pid);
  let log = '';
  const take = (chunk: Buffer): void => {
    log += chunk.toString();
    step.onOutput?.(chunk.toString());
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  const code = await new Promise<number>((resolve) => {
    child.on('error', () => {});
    child.on('close', (status, signal) => resolve(status ?? (signal ? 137 : 1)));
  });
  await file?.close();
  return { code, log };
}

/** `name<<delimiter`, lines, `delimiter`: the format that the toolkit writes. */
function parseOutputs(text: string): Map<string, string> {
  const outputs = new Map<string, string>();
  for (const [, name = '', , value = ''] of text.matchAll(/^([^\n<]+)<<(\S+)\n([\s\S]*?)\n?\2$/gm))
    outputs.set(name, value);
  return outputs;
}
