import { getExecOutput } from '@actions/exec';
import * as io from '@actions/io';
import type { Run, RunOptions, RunResult } from '../ports/run.ts';

/**
 * What of this process's environment a child gets: what concerns finding programs, files, trust, proxies and indexes.
 * Everything else stays here, GitHub's tokens and the Action's inputs first of all.
 */
const passed =
  /^(PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TZ|TERM|TMPDIR|XDG_\w+|NIX_\w+|SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS|(https?|all|no|ftp)_proxy|NETRC|UV_(DEFAULT_INDEX|INDEX|INDEX_\w+|CACHE_DIR|PYTHON\w*|NATIVE_TLS|SYSTEM_CERTS|OFFLINE))$/i;

/** @returns the environment of children, out of that of this process */
export function childEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value !== undefined && passed.test(name) ? [[name, value]] : [],
    ),
  );
}

/**
 * Programs run through @actions/exec, quietly: what they print is the caller's to show.
 * @param environment what children get, from `childEnvironment`
 */
export function makeRun(environment: Readonly<Record<string, string>>): Run {
  return async (program: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> => {
    const tool = await io.which(program, false);
    if (tool === '') return { code: 127, stdout: '', stderr: `${program}: no such program on PATH` };
    const result = await getExecOutput(`"${tool.replaceAll('"', '\\"')}"`, [...args], {
      silent: true,
      ignoreReturnCode: true,
      env: options.onlyEnv ? { ...options.onlyEnv } : { ...environment, ...options.env },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.input === undefined ? {} : { input: Buffer.from(options.input) }),
      listeners: options.onLine ? { errline: options.onLine } : {},
    });
    return { code: result.exitCode, stdout: result.stdout, stderr: result.stderr };
  };
}
