import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds that a program has to end by itself; a runner kills after 7.5 s. */
const grace = 3000;

interface ProcessStatus {
  readonly parent: number;
  /** Start time, in any unit: distinguishes processes with the same id, which is reused. */
  readonly start: string;
}

/**
 * Ends a program and everything that it started, including programs in other sessions, such as
 * Nix's builders: first by SIGTERM, then the remaining ones by SIGKILL.
 * @param ps what `ps -A -o pid=,ppid=,lstart=` prints, for systems without /proc
 */
export async function endTree(child: ChildProcess, ps: () => Promise<string>): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const known = descendants(pid, await processes(ps));
  // Without a process group of its own, each process gets the signal.
  if (!send(-pid, 'SIGTERM')) {
    child.kill('SIGTERM');
    for (const id of known.keys()) send(id, 'SIGTERM');
  }
  const timer = new AbortController();
  await Promise.race([closed, sleep(grace, undefined, timer).catch(() => {})]);
  timer.abort();
  const all = await processes(ps);
  for (const entry of descendants(pid, all)) known.set(...entry);
  send(-pid, 'SIGKILL');
  child.kill('SIGKILL');
  for (const [id, start] of known) if (all.get(id)?.start === start) send(id, 'SIGKILL');
}

/** @returns whether the process exists */
function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** Reads proc_pid_stat(5); undefined if the process or /proc is missing. */
export function statusOf(pid: number): ProcessStatus | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name, in parentheses, may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), start: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

/** All descendants of a process, by id, with their start times. */
function descendants(root: number, all: ReadonlyMap<number, ProcessStatus>): Map<number, string> {
  // A set is extended while it is iterated.
  const found = new Set([root]);
  for (const parent of found) for (const [pid, one] of all) if (one.parent === parent) found.add(pid);
  found.delete(root);
  return new Map([...found].map((pid) => [pid, all.get(pid)?.start ?? '']));
}

async function processes(ps: () => Promise<string>): Promise<Map<number, ProcessStatus>> {
  if (statusOf(process.pid) === undefined) return parsePs(await ps());
  return new Map(
    readdirSync('/proc').flatMap((name) => {
      const status = /^\d+$/.test(name) ? statusOf(Number(name)) : undefined;
      return status ? [[Number(name), status] as const] : [];
    }),
  );
}

/** Reads what `ps -A -o pid=,ppid=,lstart=` prints. */
export const parsePs = (text: string): Map<number, ProcessStatus> =>
  new Map(
    [...text.matchAll(/^ *(\d+) +(\d+) +(.*)$/gm)].map(([, pid, parent, start = '']) => [
      Number(pid),
      { parent: Number(parent), start },
    ]),
  );
