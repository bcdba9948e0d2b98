import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds that a program has to end by itself: a runner waits 7.5 s before it asks again, less politely. */
const grace = 3000;

/**
 * Ends a program that leads a process group, and all that it started: politely first, and after a moment whatever is left of
 * them, those included that have gone to a session of their own, as Nix's builders do.
 */
export function endTree(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  const known = descendants(pid);
  send(-pid, 'SIGTERM');
  const kill = (): void => {
    for (const one of descendants(pid)) known.set(...one);
    send(-pid, 'SIGKILL');
    // By its start, too: numbers are given again.
    for (const [id, start] of known) if (statusOf(id)?.start === start) send(id, 'SIGKILL');
  };
  const timer = setTimeout(kill, grace);
  child.once('close', () => {
    clearTimeout(timer);
    // The program has ended; what it left running has not.
    kill();
  });
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

/** What Linux tells of a process (proc_pid_stat(5)); undefined where there is none, or no /proc. */
export function statusOf(pid: number): { parent: number; start: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name, in parentheses, may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), start: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

/** Everything below a process, by number, each with its start. */
function descendants(root: number): Map<number, string> {
  const found = new Map<number, string>();
  const children = new Map<number, number[]>();
  const starts = new Map<number, string>();
  for (const name of processes()) {
    const status = statusOf(name);
    if (!status) continue;
    children.set(status.parent, [...(children.get(status.parent) ?? []), name]);
    starts.set(name, status.start);
  }
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const child of children.get(next) ?? []) {
      found.set(child, starts.get(child) ?? '');
      open.push(child);
    }
  }
  return found;
}

function processes(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}
