import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import type { Run, RunResult } from '../../system/run.ts';
import { explainGit, isPassing, type Step } from './failures.ts';

/** What is needed to reach a repository by git. */
export interface Remote {
  /** Address of the server, from which paths of repositories start, such as `https://codeberg.org`. */
  readonly serverUrl: string;
  readonly owner: string;
  readonly repo: string;
  readonly token: string;
}

/** A bare repository of ours, which is thrown away, between this program and the forge's. */
export interface Store {
  /** Runs git in it, without the network and without the token. @throws Error where git fails, which is a defect of ours */
  readonly local: (args: readonly string[], more?: LocalOptions) => Promise<string>;
  /** Runs git in it with the token, for reading: tried again after what passes. */
  readonly read: (step: Step, args: readonly string[]) => Promise<string>;
  /** Runs git in it with the token, once. */
  readonly once: (args: readonly string[]) => Promise<RunResult>;
  /** Whose name commits have. */
  readonly host: string;
}

interface LocalOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** How patient reading is. */
export interface GitPatience {
  readonly tries?: number;
  /** Milliseconds that stand for a second of waiting; tests have no time. */
  readonly second?: number;
}

/** Settings for git by its environment (git-config, GIT_CONFIG_COUNT): no file has them, and no list of processes. */
function settings(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  const entries = pairs.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(pairs.length), ...Object.fromEntries(entries) };
}

/** The token as HTTP's basic authentication has it; the user's name is not looked at. */
export const basic = (token: string): string => Buffer.from(`x-access-token:${token}`).toString('base64');

// Nothing of this machine's or of the user's configuration takes part: no hooks, helpers, rewritten addresses, signing keys.
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
  // Less than a kilobyte a second for a minute is a connection that hangs.
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
 * Makes the repository between. The token reaches the children that talk to the forge, in their environment, and no other; it is in no
 * argument, no address and no file.
 * @param scratch folder for temporary files, which the caller deletes
 */
export async function openStore(
  run: Run,
  scratch: string,
  remote: Remote,
  { tries = 3, second = 1000 }: GitPatience = {},
): Promise<Store> {
  const home = await mkdtemp(path.join(scratch, 'publish-'));
  const dir = path.join(home, 'repository.git');
  const server = new URL(remote.serverUrl);
  const root = server.href.replace(/\/$/, '');
  const quiet = environment(home, []);
  const talking = environment(home, [
    [
      'remote.origin.url',
      `${root}/${encodeURIComponent(remote.owner)}/${encodeURIComponent(remote.repo)}.git`,
    ],
    // http only where the runner itself says that the server is there.
    [`protocol.${server.protocol.replace(':', '')}.allow`, 'always'],
    [`http.${root}/.extraHeader`, `Authorization: Basic ${basic(remote.token)}`],
  ]);
  const git = (args: readonly string[], options: LocalOptions = {}, base = quiet): Promise<RunResult> => {
    const { input } = options;
    const env = { ...base, ...options.env };
    return run('git', ['--git-dir', dir, ...args], { env, ...(input === undefined ? {} : { input }) });
  };
  const local: Store['local'] = async (args, options) => {
    const { code, stdout, stderr } = await git(args, options);
    if (code !== 0) throw new Error(`git ${args[0]}: ${stderr.trim() || `exit ${code}`}`);
    return stdout;
  };
  const read: Store['read'] = async (step, args) => {
    for (let time = 1; ; time++) {
      const result = await git(args, {}, talking);
      if (result.code === 0) return result.stdout;
      if (time >= tries || !isPassing(result.stderr)) throw explainGit(step, result.stderr);
      await new Promise((resolve) => setTimeout(resolve, time * second));
    }
  };
  await local(['init', '--quiet', '--bare', '--template=', '--object-format=sha1']);
  const once: Store['once'] = (args) => git(args, {}, talking);
  return { local, read, once, host: server.hostname };
}
