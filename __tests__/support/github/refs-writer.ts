import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

interface Transaction {
  lines: string[];
  resolve: () => void;
  reject: (error: Error) => void;
}

/**
 * Changes references through one `git update-ref --stdin` that stays open: each transaction is all
 * or nothing, under git's own locks. Git ends where one is refused; the next transaction gets a new
 * process.
 */
export class RefWriter {
  readonly #start: () => ChildProcessWithoutNullStreams;
  #child: ChildProcessWithoutNullStreams | undefined;
  #queue: Transaction[] = [];
  #current: Transaction | undefined;

  constructor(directory: string, env: Record<string, string | undefined>) {
    this.#start = () =>
      spawn('git', [`--git-dir=${directory}`, 'update-ref', '--stdin'], { env, stdio: 'pipe' });
  }

  /** Commits these lines of git-update-ref(1) as one transaction; rejects with git's words. */
  commit(lines: string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ lines, resolve, reject });
      this.#next();
    });
  }

  /** Ends the process. */
  close(): void {
    this.#child?.stdin.end();
    this.#child = undefined;
  }

  #next(): void {
    if (this.#current) return;
    this.#current = this.#queue.shift();
    if (!this.#current) return;
    const child = this.#child ?? this.#open();
    child.stdin.write(['start', ...this.#current.lines, 'prepare', 'commit', ''].join('\n'));
  }

  #open(): ChildProcessWithoutNullStreams {
    const child = this.#start();
    this.#child = child;
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    child.stdin.on('error', () => undefined);
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line !== 'commit: ok') return;
      const done = this.#current;
      this.#current = undefined;
      done?.resolve();
      this.#next();
    });
    child.on('close', () => {
      if (this.#child === child) this.#child = undefined;
      const failed = this.#current;
      this.#current = undefined;
      failed?.reject(new Error(complaint.trim()));
      this.#next();
    });
    return child;
  }
}
