import { AsyncLocalStorage } from 'node:async_hooks';
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { accessSync, constants, statSync } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { exec, getExecOutput } from '@actions/exec';
import { endTree } from './end-tree.ts';
import { absoluteOnly } from './environment.ts';
import { limitsOf, timedOut, tooMuchOutput } from './limits.ts';
import { splitLines } from './lines.ts';
import { noSuchProgram, type Run, type RunOptions, type RunResult } from './run.ts';

/** Bytes of stderr that are kept, the last ones: a build's log can be of any length. */
const mostStderr = 16 << 20;

/**
 * @actions/exec gives no access to the process that it starts. Node announces each child that it
 * creates (diagnostics_channel, `child_process`); the async context identifies the call.
 */
const announced = new AsyncLocalStorage<(child: ChildProcess) => void>();
subscribe('child_process', (message) =>
  announced.getStore()?.((message as { process: ChildProcess }).process),
);

interface Start {
  readonly program: string;
  readonly command: readonly [string, ...string[]];
  readonly env: Record<string, string>;
  readonly cwd: string | undefined;
}

/**
 * Runs programs by @actions/exec, and shows nothing of what they print. Each has a session of its
 * own if there is `setsid`, has limits, and is ended with everything that it started.
 *
 * @param environment what children get, from `childEnvironment`
 * @param stop ends running programs; their calls reject with its reason once they have ended
 * @param seconds time limit of every program, instead of those in limits.ts
 * @throws UserError `timed-out`, `too-much-output`
 */
export function makeRun(
  environment: Readonly<Record<string, string>>,
  stop?: AbortSignal,
  seconds?: number,
): Run {
  const find = (program: string): string | undefined => findProgram(program, environment.PATH ?? '');
  return async (program: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> => {
    const [tool, setsid] = [find(program), find('setsid')];
    if (tool === undefined)
      return { code: noSuchProgram, stdout: '', stderr: `${program}: no such program on PATH` };
    const env = options.onlyEnv ? { ...options.onlyEnv } : { ...environment, ...options.env };
    const command = setsid === undefined ? ([tool, ...args] as const) : ([setsid, tool, ...args] as const);
    const start = { program, command, env, cwd: options.cwd };
    await expectStartable(start);
    stop?.throwIfAborted();
    const result = await outcome(start, options, stop, seconds);
    stop?.throwIfAborted();
    return result;
  };
}

/** The first program of this name on PATH. */
function findProgram(program: string, pathVariable: string): string | undefined {
  const folders = absoluteOnly(pathVariable).split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, program)).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Bytes of one argument, and of all with the environment and pointers (execve(2); macOS). */
const [mostOfOne, mostOfAll] = [(1 << 17) - 1, 1 << 20];

/** Throws the error of starting the program, because @actions/exec would wait forever. */
async function expectStartable({ command, env, cwd }: Start): Promise<void> {
  // With the dot, a file is an error as well.
  if (cwd !== undefined) await access(`${cwd}/.`, constants.X_OK);
  const texts = [...command, ...Object.entries(env).map((pair) => pair.join('='))];
  if (texts.some((text) => text.includes('\0'))) throw new TypeError('An argument contains a NUL character.');
  const sizes = texts.map((text) => Buffer.byteLength(text) + 1 + 8);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  if (all <= mostOfAll && sizes.every((size) => size <= mostOfOne)) return;
  throw Object.assign(new Error('spawn E2BIG'), { code: 'E2BIG', syscall: 'spawn', path: command[0] });
}

async function outcome(
  { program, command: [file, ...args], env, cwd }: Start,
  { input = '', onLine = () => {}, signal }: RunOptions,
  stop: AbortSignal | undefined,
  seconds: number | undefined,
): Promise<RunResult> {
  const limits = limitsOf(program, seconds);
  const limit = new AbortController();
  const ended = AbortSignal.any([limit.signal, stop, signal].filter((one) => one !== undefined));
  const timer = setTimeout(() => limit.abort(timedOut(program, limits)), limits.seconds * 1000);
  const exceeded = (most: number): void => limit.abort(tooMuchOutput(program, most));
  const stdout = keep(limits.stdout, limits.stdout, exceeded);
  const stderr = keep(mostStderr, limits.stderr, exceeded);
  const lines = splitLines(onLine);
  let child: ChildProcess | undefined;
  let failure: Error | undefined;
  let ending: Promise<void> | undefined;
  const end = (): void => {
    if (child?.pid !== undefined) ending ??= endTree(child, listProcesses);
  };
  const onChild = (created: ChildProcess): void => {
    child = created;
    created.once('error', (error) => {
      failure = error;
    });
    created.once('spawn', () => {
      // A program may end without reading its input.
      created.stdin?.on('error', () => {}).end(input);
      if (ended.aborted) end();
    });
    created.once('exit', () => closeWhenQuiet(created));
  };
  ended.addEventListener('abort', end, { once: true });
  try {
    const listeners = {
      stdout: (chunk: Buffer): void => void stdout.add(unjoined(chunk)),
      stderr: (chunk: Buffer): void => {
        if (stderr.add(unjoined(chunk))) lines.add(chunk);
      },
    };
    const options = { env, silent: true, ignoreReturnCode: true, delay: forGood, listeners };
    await announced
      .run(onChild, () => exec(quoted(file), args, cwd === undefined ? options : { ...options, cwd }))
      .catch((error: unknown) => {
        throw failure ?? error;
      });
  } finally {
    clearTimeout(timer);
    ended.removeEventListener('abort', end);
    await ending;
  }
  limit.signal.throwIfAborted();
  lines.end();
  const by = child?.signalCode ? `\nerror: ended by ${child.signalCode}\n` : '';
  return { code: child?.exitCode ?? 1, stdout: stdout.text(), stderr: stderr.text() + by };
}

/** @actions/exec splits its first argument at spaces outside quotes. */
const quoted = (file: string): string => `"${file.replaceAll('"', '\\"')}"`;

/** Longest delay in milliseconds, because `closeWhenQuiet` decides instead. */
const forGood = 2 ** 31 - 1;

/**
 * @actions/exec joins output to lines even without a listener, which takes quadratic time for a
 * long line. With this, it joins empty texts instead.
 */
function unjoined(chunk: Buffer): Buffer {
  chunk.toString = () => '';
  return chunk;
}

/** What `ps` lists, for systems without /proc. */
const listProcesses = async (): Promise<string> => {
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C' };
  return (await getExecOutput('ps', ['-A', '-o', 'pid=,ppid=,lstart='], { env, silent: true })).stdout;
};

/** Milliseconds; after two such intervals without output an ended program's pipes are closed. */
const quiet = 1000;

/** Closes the pipes of an ended program: a daemon that it left (such as ssh's) keeps them open. */
function closeWhenQuiet(child: ChildProcess): void {
  const outputs = [child.stdout, child.stderr];
  let still = 0;
  for (const output of outputs)
    output?.on('data', () => {
      still = 0;
    });
  const timer = setInterval(() => {
    still += 1;
    if (still >= 2) for (const output of outputs) output?.destroy();
  }, quiet);
  child.once('close', () => clearInterval(timer));
}

/**
 * Keeps about the last `kept` bytes.
 * @param exceeded called after more than `most` bytes; nothing is kept from then on
 */
function keep(kept: number, most: number, exceeded: (most: number) => void) {
  const chunks: Buffer[] = [];
  let [size, all] = [0, 0];
  return {
    add: (chunk: Buffer): boolean => {
      all += chunk.length;
      if (all > most) {
        exceeded(most);
        return false;
      }
      chunks.push(chunk);
      size += chunk.length;
      while (size - (chunks[0]?.length ?? 0) > kept) size -= chunks.shift()?.length ?? 0;
      return true;
    },
    text: (): string => Buffer.concat(chunks).toString(),
  };
}
