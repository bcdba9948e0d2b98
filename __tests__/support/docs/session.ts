import { appendFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Outcome, run } from '../nix/run.ts';
import { checkout } from '../runner/runner.ts';
import { cloneOfUvFod } from '../scenario/clone.ts';
import type { Block } from './pages.ts';

/** A person's shell: what one block exports, and where it goes, holds for the next. */
export interface Session {
  /** The folder that the shell began in; this repository lies in it as `uv-fod`. */
  readonly dir: string;
  /** Writes a block to the file that it names, or runs it. */
  do(block: Block): Promise<Outcome>;
  close(): Promise<void>;
}

/** What a session begins with. */
export interface SessionOptions {
  /** Folder that the first command runs in, relative to the session's. */
  readonly start?: string;
  /** What a person has in the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Repositories on this machine that stand for addresses. */
  readonly remotes?: Readonly<Record<string, string>>;
}

export async function openSession(options: SessionOptions = {}): Promise<Session> {
  const dir = await mkdtemp(path.join(tmpdir(), 'docs-'));
  const [state, bin] = [path.join(dir, '.state'), path.join(dir, '.bin')];
  await Promise.all([state, bin].map((one) => mkdir(one)));
  await symlink(checkout, path.join(dir, 'uv-fod'));
  const clone = await cloneOfUvFod(state);
  const command = `#!/bin/sh\nexec "${process.execPath}" "${clone}/dist/cli.js" "$@"\n`;
  await writeFile(path.join(bin, 'uv-fod'), command, { mode: 0o755 });
  const start = path.join(dir, options.start ?? '.');
  await mkdir(start, { recursive: true });
  await writeFile(path.join(state, 'cwd'), start);
  await writeFile(path.join(state, 'env'), '');
  const env = {
    PATH: `${bin}:${process.env.PATH}`,
    NIX_PATH: `nixpkgs=${checkout}/nix/testing`,
    ...(await gitConfig(dir, options.remotes ?? {})),
    ...options.env,
  };
  const bash = (text: string): Promise<Outcome> =>
    run('bash', ['-c', `. ${state}/env; cd "$(cat ${state}/cwd)"; set -eo pipefail\n${text}`], {
      cwd: dir,
      env,
    });
  return {
    dir,
    do: (block) => {
      const [word = ''] = block.words;
      if (block.language !== 'sh' && /[./]/.test(word))
        return bash(
          `mkdir -p "$(dirname '${word}')"\ncat >'${word}' <<'END-OF-FILE'\n${block.text}END-OF-FILE\n`,
        );
      return bash(`${block.text}\nexport -p >${state}/env\npwd >${state}/cwd\n`);
    },
    close: () => rm(dir, { recursive: true, force: true }),
  };
}

/** A person's git: a name, and addresses that lead to repositories of this machine. */
async function gitConfig(dir: string, remotes: Readonly<Record<string, string>>) {
  const file = path.join(dir, '.gitconfig');
  await writeFile(file, '[user]\n\tname = You\n\temail = you@example.com\n[safe]\n\tdirectory = *\n');
  for (const [address, bare] of Object.entries(remotes))
    await appendFile(file, `[url "${bare}"]\n\tinsteadOf = ${address}\n`);
  return { GIT_CONFIG_GLOBAL: file, GIT_CONFIG_NOSYSTEM: '1' };
}

/** The exit code that a block says it ends with (`sh exit=3`). */
export const exitOf = ({ words }: Block): number =>
  Number(words.find((word) => word.startsWith('exit='))?.slice('exit='.length) ?? 0);

/**
 * Lines of a log that a page shows and the log does not have, in this order; `…` in a line stands
 * for any text.
 */
export function missingLines(shown: string, log: string): string[] {
  const lines = log.split('\n');
  let at = 0;
  return shown.split('\n').filter((line) => {
    if (line.trim() === '') return false;
    const pattern = new RegExp(line.trim().split('…').map(literally).join('.*'));
    const found = lines.findIndex((one, index) => index >= at && pattern.test(one));
    if (found >= 0) at = found + 1;
    return found < 0;
  });
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
