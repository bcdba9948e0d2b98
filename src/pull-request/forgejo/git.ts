import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { once } from '../../system/promises.ts';
import type { Run, RunOptions, RunResult } from '../../system/run.ts';
import { explainGit, isPassing, type Step } from '../failures.ts';
import type { RepositoryName } from '../types.ts';

/** What git needs to reach a repository. */
export interface Remote extends RepositoryName {
  /** Address of the server, such as `https://codeberg.org`. */
  readonly serverUrl: string;
  readonly token: string;
}

/** A temporary bare repository, made on first use. */
export interface Store {
  /** Runs git without network and token. @throws Error if git fails, which is a bug of uv-fod */
  readonly local: (args: readonly string[], options?: LocalOptions) => Promise<string>;
  /** Runs git with the token to read, with retries after temporary failures. */
  readonly read: (step: Step, args: readonly string[]) => Promise<string>;
  /** Runs git with the token, once. */
  readonly once: (args: readonly string[]) => Promise<RunResult>;
  /** Host of the server, for the address of the committer. */
  readonly host: string;
}

type LocalOptions = Pick<RunOptions, 'input' | 'env'>;

/** Retries of reading. */
export interface GitPatience {
  readonly tries?: number;
  /** Milliseconds of a second of waiting; shorter in tests. */
  readonly second?: number;
}

/**
 * Settings for git in the environment (git-config, GIT_CONFIG_COUNT), not in files or arguments.
 */
function settings(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  const entries = pairs.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(pairs.length), ...Object.fromEntries(entries) };
}

/** The token for HTTP basic authentication; the user name is ignored. */
export const basic = (token: string): string => Buffer.from(`x-access-token:${token}`).toString('base64');

// No hooks, helpers, rewritten addresses or signing keys of the machine or the user.
const QUIET: readonly (readonly [string, string])[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.askPass', ''],
  ['credential.helper', ''],
  ['commit.gpgSign', 'false'],
  ['push.gpgSign', 'false'],
  ['push.recurseSubmodules', 'no'],
  ['fetch.recurseSubmodules', 'no'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['protocol.allow', 'never'],
  ['http.followRedirects', 'false'],
  // Ends a connection with less than a kilobyte per second for a minute.
  ['http.lowSpeedLimit', '1000'],
  ['http.lowSpeedTime', '60'],
];

function environment(home: string, more: readonly (readonly [string, string])[]): Record<string, string> {
  return {
    ...settings([...QUIET, ...more]),
    ...{ HOME: home, XDG_CONFIG_HOME: home, LC_ALL: 'C', LANGUAGE: 'C' },
    ...{ GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_ATTR_NOSYSTEM: '1' },
    ...{ GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: 'true' },
  };
}

/**
 * Only processes that talk to the forge get the token, in their environment; it is not in
 * arguments, addresses or files.
 * @param scratch folder for temporary files, which the caller deletes
 */
export function openStore(
  run: Run,
  scratch: string,
  remote: Remote,
  { tries = 3, second = 1000 }: GitPatience = {},
): Store {
  const home = path.join(scratch, `publish-${randomUUID()}`);
  const server = new URL(remote.serverUrl);
  const root = server.href.replace(/\/$/, '');
  const name = `${encodeURIComponent(remote.owner)}/${encodeURIComponent(remote.repo)}`;
  const quiet = environment(home, []);
  const talking = environment(home, [
    ['remote.origin.url', `${root}/${name}.git`],
    // Plain http only if the runner's server address has it.
    [`protocol.${server.protocol.replace(':', '')}.allow`, 'always'],
    [`http.${root}/.extraHeader`, `Authorization: Basic ${basic(remote.token)}`],
  ]);
  const git = (args: readonly string[], options: RunOptions): Promise<RunResult> =>
    run('git', ['--git-dir', path.join(home, 'repository.git'), ...args], options);
  const local: Store['local'] = async (args, { env, ...input } = {}) => {
    const { code, stdout, stderr } = await git(args, { ...input, env: { ...quiet, ...env } });
    if (code !== 0) throw new Error(`git ${args[0]}: ${stderr.trim() || `exit ${code}`}`);
    return stdout;
  };
  const made = once(async () => {
    await mkdir(home);
    await local(['init', '--quiet', '--bare', '--template=', '--object-format=sha1']);
  });
  const talk = async (args: readonly string[]): Promise<RunResult> => {
    await made();
    return git(args, { env: talking });
  };
  return {
    host: server.hostname,
    once: talk,
    local: async (args, options) => {
      await made();
      return local(args, options);
    },
    read: async (step, args) => {
      for (let time = 1; ; time++) {
        const { code, stdout, stderr } = await talk(args);
        if (code === 0) return stdout;
        if (time >= tries || !isPassing(stderr)) throw explainGit(step, stderr);
        await wait(time * second);
      }
    },
  };
}
