import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { loneGit } from '../../system/environment.ts';
import { once } from '../../system/promises.ts';
import type { Run, RunOptions, RunResult } from '../../system/run.ts';
import { explainGit, isPassing, type Step } from '../failures.ts';
import type { RepositoryName } from '../types.ts';

/** The repository, with the token that git needs to reach it. */
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
  /** Milliseconds that count as one second of waiting; less in tests. */
  readonly second?: number;
}

/** The token for HTTP basic authentication; the user name is ignored. */
export const basic = (token: string): string => Buffer.from(`x-access-token:${token}`).toString('base64');

/**
 * Only processes that talk to the forge get the token. It is in their environment, never in
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
  const environment = (...more: Parameters<typeof loneGit>) => ({
    ...loneGit(['commit.gpgSign', 'false'], ['http.followRedirects', 'false'], ...more),
    ...{ HOME: home, XDG_CONFIG_HOME: home, LC_ALL: 'C', LANGUAGE: 'C' },
    // Plain http only if the runner's server address uses it.
    GIT_ALLOW_PROTOCOL: server.protocol.replace(':', ''),
  });
  const quiet = environment();
  const talking = environment(
    ['remote.origin.url', `${root}/${name}.git`],
    [`http.${root}/.extraHeader`, `Authorization: Basic ${basic(remote.token)}`],
  );
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
