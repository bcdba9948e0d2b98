import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

/** An object of the repository. */
export interface GitObject {
  oid: string;
  type: string;
  content: Buffer;
}

interface Waiting {
  resolve: (object: GitObject | null) => void;
  reject: (error: Error) => void;
}

/**
 * Reads objects by any name that git resolves, through one long-lived `git cat-file --batch`: a
 * process for each look-up is what made the server slow. Answers come in the order of the
 * questions.
 */
export class ObjectReader {
  readonly #start: () => ChildProcessWithoutNullStreams;
  #child: ChildProcessWithoutNullStreams | undefined;
  #buffer = Buffer.alloc(0);
  #waiting: Waiting[] = [];

  constructor(directory: string, env: Record<string, string | undefined>) {
    this.#start = () =>
      spawn('git', [`--git-dir=${directory}`, 'cat-file', '--batch'], { env, stdio: 'pipe' });
  }

  /** The object, or null where there is none by that name. */
  read(name: string): Promise<GitObject | null> {
    if (name.includes('\n') || name.includes('\0')) return Promise.resolve(null);
    const child = this.#child ?? this.#open();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      child.stdin.write(`${name}\n`);
    });
  }

  /** Ends the process. */
  close(): void {
    this.#child?.stdin.end();
    this.#child = undefined;
  }

  #open(): ChildProcessWithoutNullStreams {
    const child = this.#start();
    this.#child = child;
    this.#buffer = Buffer.alloc(0);
    child.stdout.on('data', (chunk: Buffer) => {
      this.#buffer = Buffer.concat([this.#buffer, chunk]);
      this.#drain();
    });
    child.stdin.on('error', () => undefined);
    child.on('close', () => {
      if (this.#child === child) this.#child = undefined;
      for (const { reject } of this.#waiting.splice(0)) reject(new Error('git cat-file ended'));
    });
    return child;
  }

  #drain(): void {
    for (;;) {
      const newline = this.#buffer.indexOf(10);
      if (newline < 0) return;
      const [oid = '', type = '', size = ''] = this.#buffer.subarray(0, newline).toString().split(' ');
      // A name that is not found comes back with "missing" or "ambiguous" at its end, and names may
      // hold spaces.
      const found = /^[0-9a-f]{40}$/.test(oid) && /^(blob|tree|commit|tag)$/.test(type);
      const end = newline + 1 + (found ? Number(size) + 1 : 0);
      if (this.#buffer.length < end) return;
      const content = Buffer.from(this.#buffer.subarray(newline + 1, Math.max(end - 1, newline + 1)));
      this.#buffer = this.#buffer.subarray(end);
      this.#waiting.shift()?.resolve(found ? { oid, type, content } : null);
    }
  }
}
