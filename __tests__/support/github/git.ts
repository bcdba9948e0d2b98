import { spawn } from 'node:child_process';
import { writeLoose } from './loose.ts';
import { type GitObject, ObjectReader } from './objects-reader.ts';
import { RefWriter } from './refs-writer.ts';

/** Object id that stands for "no object" in git and in GitHub's updateRefs. */
export const NO_OBJECT = '0'.repeat(40);

/** Git said no; `stderr` has its words. */
export class GitFailure extends Error {
  readonly stderr: string;

  constructor(args: readonly string[], stderr: string) {
    super(`git ${args[0] ?? ''}: ${stderr.trim()}`);
    this.stderr = stderr;
  }
}

export interface GitInput {
  input?: string | Buffer;
  env?: Record<string, string>;
}

/** Runs git's plumbing in one bare repository. */
export interface Git {
  readonly directory: string;
  /** Standard output of a git command; rejects with GitFailure unless it exits 0. */
  run: (args: readonly string[], more?: GitInput) => Promise<Buffer>;
  /** The same as text, without the last newline. */
  text: (args: readonly string[], more?: GitInput) => Promise<string>;
  /** The same, or null where git exits with an error. */
  maybe: (args: readonly string[], more?: GitInput) => Promise<string | null>;
  /** An object by any name that git resolves, or null. */
  object: (name: string) => Promise<GitObject | null>;
  /** Writes an object and returns its id. */
  write: (type: 'blob' | 'tree' | 'commit', content: string | Buffer) => string;
  /** One transaction of git-update-ref(1); rejects with git's words. */
  changeRefs: (lines: string[]) => Promise<void>;
  /** Ends what was kept running. */
  close: () => void;
}

// Neither the user's nor the machine's git configuration may change what a test sees.
const ISOLATED = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', LC_ALL: 'C' };

/** Opens a bare repository for plumbing commands, each its own process. */
export function openGit(directory: string): Git {
  const environment = { PATH: process.env.PATH, ...ISOLATED };
  const reader = new ObjectReader(directory, environment);
  const refs = new RefWriter(directory, environment);
  const run = (args: readonly string[], more: GitInput = {}): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      const child = spawn('git', [`--git-dir=${directory}`, ...args], {
        env: { ...environment, ...more.env },
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
      child.on('error', reject);
      child.on('close', (code) => {
        if (code === 0) resolve(Buffer.concat(out));
        else reject(new GitFailure(args, Buffer.concat(err).toString()));
      });
      // A command that exits without reading its input is not an error of ours.
      child.stdin.on('error', () => undefined);
      child.stdin.end(more.input ?? '');
    });
  const text = async (args: readonly string[], more?: GitInput) =>
    (await run(args, more)).toString().replace(/\n$/, '');
  const maybe = async (args: readonly string[], more?: GitInput) => {
    try {
      return await text(args, more);
    } catch (error) {
      if (error instanceof GitFailure) return null;
      throw error;
    }
  };
  return {
    directory,
    run,
    text,
    maybe,
    object: (name) => reader.read(name),
    write: (type, content) => writeLoose(directory, type, Buffer.from(content)),
    changeRefs: (lines) => refs.commit(lines),
    close: () => {
      reader.close();
      refs.close();
    },
  };
}

/** The commit that a branch points at, or null. */
export async function branchHead(git: Git, branch: string): Promise<string | null> {
  return (await git.object(`refs/heads/${branch}^{commit}`))?.oid ?? null;
}

/** Whether `oid` names an object of that type here. */
export async function isObject(git: Git, oid: string, type: 'blob' | 'tree' | 'commit'): Promise<boolean> {
  return /^[0-9a-f]{40}$/.test(oid) && (await git.object(oid))?.type === type;
}

/** One change of a reference: from what it has to be to what it becomes; NO_OBJECT for "absent". */
export interface RefChange {
  name: string;
  before?: string | undefined;
  after: string;
}

/** Makes all changes in one transaction, or none: git itself compares and swaps under its lock. */
export async function changeRefs(git: Git, changes: readonly RefChange[]): Promise<void> {
  const lines = changes.map(({ name, before, after }) => {
    const old = before === undefined ? '' : ` ${before}`;
    return after === NO_OBJECT ? `delete ${name}${old}` : `update ${name} ${after}${old}`;
  });
  try {
    await git.changeRefs(lines);
  } catch (error) {
    throw new GitFailure(['update-ref'], error instanceof Error ? error.message : '');
  }
}
