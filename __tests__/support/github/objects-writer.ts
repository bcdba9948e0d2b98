import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

interface Waiting {
  resolve: (oid: string) => void;
  reject: (error: Error) => void;
}

/** Writes objects of one type through one long-lived `git hash-object --stdin-paths`. */
export class ObjectWriter {
  readonly #start: (type: string) => ChildProcessWithoutNullStreams;
  readonly #children = new Map<string, { child: ChildProcessWithoutNullStreams; waiting: Waiting[] }>();
  #folder: string | undefined;
  #count = 0;

  constructor(directory: string, env: Record<string, string | undefined>) {
    const args = [`--git-dir=${directory}`, 'hash-object', '-w', '--no-filters', '--stdin-paths', '-t'];
    this.#start = (type) => spawn('git', [...args, type], { env, stdio: 'pipe' });
  }

  /** Writes an object and returns its id; rejects where git finds it malformed. */
  write(type: 'blob' | 'tree' | 'commit', content: Buffer): Promise<string> {
    this.#folder ??= mkdtempSync(join(tmpdir(), 'loopback-github-'));
    const file = join(this.#folder, String(this.#count++));
    writeFileSync(file, content);
    const { child, waiting } = this.#children.get(type) ?? this.#open(type);
    return new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin.write(`${file}\n`);
    });
  }

  /** Ends the processes and takes the scratch files away. */
  close(): void {
    for (const { child } of this.#children.values()) child.stdin.end();
    this.#children.clear();
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  }

  #open(type: string) {
    const child = this.#start(type);
    const entry = { child, waiting: [] as Waiting[] };
    this.#children.set(type, entry);
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    child.stdin.on('error', () => undefined);
    createInterface({ input: child.stdout }).on('line', (line) => entry.waiting.shift()?.resolve(line));
    child.on('close', () => {
      if (this.#children.get(type) === entry) this.#children.delete(type);
      for (const { reject } of entry.waiting.splice(0))
        reject(new Error(`git hash-object: ${complaint.trim()}`));
    });
    return entry;
  }
}
