import { type ChildProcess, spawn } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import { endTree } from './end-tree.ts';
import type { UserError } from './errors.ts';
import { gitSettings, quietGit } from './git-settings.ts';
import { evaluatorMemory, type Limits, limitsOf, timedOut, tooMuchOutput } from './limits.ts';
import { splitLines } from './lines.ts';
import { noSuchProgram, type Run, type RunOptions, type RunResult } from './run.ts';

/**
 * What of this process's environment a child gets: what concerns finding programs, files, trust, proxies and indexes.
 * Everything else stays here, GitHub's tokens and the Action's inputs first of all.
 */
const passed =
  /^(PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TZ|TERM|TMPDIR|XDG_\w+|NIX_\w+|SSL_CERT_(FILE|DIR)|GIT_SSL_CAINFO|NODE_EXTRA_CA_CERTS|(https?|all|no|ftp)_proxy|NETRC|UV_(DEFAULT_INDEX|INDEX|INDEX_\w+|CACHE_DIR|PYTHON\w*|NATIVE_TLS|SYSTEM_CERTS|OFFLINE))$/i;

/** Bytes of stderr that are kept, the last ones: a build's log has no end of its own. */
const mostStderr = 16 << 20;

/** Seconds after which Nix ends a build, and one that prints nothing: a hang must not take a day. The user's own NIX_CONFIG wins. */
const nixLimits = 'timeout = 10800\nmax-silent-time = 3600';

/** Bytes a second, and seconds, below which git gives a transfer up (git-config, http.lowSpeedLimit). */
const slowGit = { GIT_HTTP_LOW_SPEED_LIMIT: '1000', GIT_HTTP_LOW_SPEED_TIME: '60' };

/** @returns the environment of children, out of that of this process */
export function childEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value !== undefined && passed.test(name) ? [[name, value]] : [],
    ),
  );
  return {
    ...kept,
    PATH: absoluteOnly(environment.PATH ?? ''),
    ...slowGit,
    ...gitSettings(quietGit),
    ...evaluatorMemory(environment),
    NIX_CONFIG: `${nixLimits}\n${environment.NIX_CONFIG ?? ''}`,
  };
}

/** An entry of PATH that is relative, or empty, means the current folder: that is a checkout, whose files must not run. */
const absoluteOnly = (entries: string): string =>
  entries.split(path.delimiter).filter(path.isAbsolute).join(path.delimiter);

/**
 * Programs run quietly: what they print is the caller's to show. Each leads a process group of its own, so that it can be ended
 * with all that it started, and has limits of time and output.
 *
 * @param environment what children get, from `childEnvironment`
 * @param stop ends what runs, and then every call is rejected with its reason once the program is gone
 * @param seconds limit of time of every program in place of the usual ones (src/system/limits.ts)
 * @throws UserError `timed-out`, `too-much-output`
 */
export function makeRun(
  environment: Readonly<Record<string, string>>,
  stop?: AbortSignal,
  seconds?: number,
): Run {
  return async (program: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> => {
    const tool = await findProgram(program, environment.PATH ?? '');
    if (tool === undefined)
      return { code: noSuchProgram, stdout: '', stderr: `${program}: no such program on PATH` };
    stop?.throwIfAborted();
    const child = spawn(tool, args, {
      detached: true,
      env: options.onlyEnv ? { ...options.onlyEnv } : { ...environment, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    const end = (): void => endTree(child);
    stop?.addEventListener('abort', end, { once: true });
    options.signal?.addEventListener('abort', end, { once: true });
    if (options.signal?.aborted) end();
    options.onStart?.();
    try {
      const result = await outcome(child, program, limitsOf(program, seconds), options);
      stop?.throwIfAborted();
      return result;
    } finally {
      stop?.removeEventListener('abort', end);
      options.signal?.removeEventListener('abort', end);
    }
  };
}

/** The first program of that name on PATH. */
async function findProgram(program: string, pathVariable: string): Promise<string | undefined> {
  for (const folder of absoluteOnly(pathVariable).split(path.delimiter).filter(Boolean)) {
    const file = path.join(folder, program);
    const isThere = await Promise.all([stat(file), access(file, constants.X_OK)]).catch(() => undefined);
    if (isThere?.[0].isFile()) return file;
  }
  return undefined;
}

async function outcome(
  child: ChildProcess,
  program: string,
  limits: Limits,
  options: RunOptions,
): Promise<RunResult> {
  const stdout: Buffer[] = [];
  const stderr = lastBytes(mostStderr);
  const lines = splitLines(options.onLine ?? (() => {}));
  let broken: UserError | undefined;
  const give = (error: UserError): void => {
    if (broken === undefined) endTree(child);
    broken ??= error;
  };
  const timer = setTimeout(() => give(timedOut(program, limits)), limits.seconds * 1000);
  const count = (most: number) => {
    let size = 0;
    return (chunk: Buffer): boolean => {
      size += chunk.length;
      if (size > most) give(tooMuchOutput(program, most));
      return broken === undefined;
    };
  };
  const [fitsOut, fitsErr] = [count(limits.stdout), count(limits.stderr)];
  child.stdout?.on('data', (chunk: Buffer) => fitsOut(chunk) && stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => {
    if (!fitsErr(chunk)) return;
    stderr.add(chunk);
    lines.add(chunk);
  });
  // A program that ends without reading what it was given is its own matter.
  child.stdin?.on('error', () => {});
  child.stdin?.end(options.input ?? '');
  try {
    const { code, signal } = await ended(child);
    if (broken !== undefined) throw broken;
    lines.end();
    return {
      code: code ?? 1,
      stdout: Buffer.concat(stdout).toString(),
      stderr: stderr.text() + (signal === null ? '' : `\nerror: ended by ${signal}\n`),
    };
  } finally {
    clearTimeout(timer);
  }
}

/** Milliseconds without output, twice, after which a program that has ended is no longer listened to. */
const quiet = 1000;

/**
 * Waits for a program and for the rest of its output. What it left running may keep its pipes open for good (a daemon, a
 * connection that ssh shares): they are closed once nothing more comes.
 */
function ended(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  const outputs = [child.stdout, child.stderr];
  let still = 0;
  const stir = (): void => {
    still = 0;
  };
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      for (const output of outputs) output?.on('data', stir);
      const timer = setInterval(() => {
        still += 1;
        if (still >= 2) for (const output of outputs) output?.destroy();
      }, quiet);
      child.once('close', () => clearInterval(timer));
    });
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

/** Keeps about the last `most` bytes of what is added. */
function lastBytes(most: number) {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    add: (chunk: Buffer): void => {
      chunks.push(chunk);
      size += chunk.length;
      while (size - (chunks[0]?.length ?? 0) > most) size -= chunks.shift()?.length ?? 0;
    },
    text: (): string => Buffer.concat(chunks).toString(),
  };
}
