import { statSync } from 'node:fs';
import { UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';
import { noSuchProgram } from '../system/run.ts';
import { configOf, type Transfer } from './curl-config.ts';
import type { Network } from './network.ts';

/** Transfers at once. More did not make a real lock (166 files, 112 MB) faster on two cores. */
const parallel = 16;
/** Milliseconds between two looks at how large files have become: before 8.4, curl's own limit heeds only announced lengths. */
const lookEvery = 200;

/** How one transfer ended, in curl's own words. */
export interface Ended {
  /** HTTP status; 0 if there was no answer. */
  readonly status: number;
  /** curl's exit code for this transfer ("man curl", EXIT CODES). */
  readonly exitCode: number;
  readonly message: string;
  /** Absolute address that the answer redirects to. */
  readonly redirect: string | undefined;
  readonly contentType: string;
}

/** Exit code of a file that is larger than it may be, and ours for one that was still growing. */
export const tooLarge = 63;
export const growing = -1;

/**
 * Runs one curl for all transfers.
 * @param onEnd called once for each transfer that ended, one after the other; what it throws ends the others
 * @throws UserError `curl-missing`, `curl-failed`, and what `onEnd` throws
 */
export async function curl(
  transfers: readonly Transfer[],
  network: Network,
  onEnd: (index: number, ended: Ended) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { run, environment, certificates, patience } = network;
  const controller = new AbortController();
  const open = new Set(transfers.keys());
  let settling = Promise.resolve();
  const settle = (index: number, ended: Ended): void => {
    if (!open.delete(index)) return;
    settling = settling.then(() => (controller.signal.aborted ? undefined : onEnd(index, ended)));
    settling.catch((error: unknown) => controller.abort(error));
  };
  const common = {
    certificates,
    connectTimeout: patience.connect,
    slowest: Math.ceil(patience.minimum / patience.window),
    slowSeconds: patience.window,
  };
  const looking = setInterval(() => settleLarge(transfers, open, settle), lookEvery);
  try {
    const args = [
      '-q',
      '--no-progress-meter',
      '--parallel',
      '--parallel-max',
      `${parallel}`,
      '--config',
      '-',
    ];
    const result = await run('curl', args, {
      onlyEnv: environment,
      input: configOf(transfers, common),
      signal: AbortSignal.any([controller.signal, signal]),
      onLine: (line) => {
        const [index, ended] = endedOf(line) ?? [];
        if (index !== undefined && ended) settle(index, ended);
      },
    });
    await settling;
    signal.throwIfAborted();
    if (open.size > 0) throw failure(result.code, result.stderr);
  } finally {
    clearInterval(looking);
    await settling.catch(() => {});
  }
}

function settleLarge(
  transfers: readonly Transfer[],
  open: ReadonlySet<number>,
  settle: (index: number, ended: Ended) => void,
): void {
  for (const index of [...open]) {
    const { file = '', most = 0 } = transfers[index] ?? {};
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > most)
      settle(index, { status: 0, exitCode: growing, message: '', redirect: undefined, contentType: '' });
  }
}

/** A line of `--write-out`, whose values curl has escaped as JSON; undefined for what else curl prints. */
function endedOf(line: string): [number, Ended] | undefined {
  const [, index, json] = /^(\d+) (\{.*\})$/.exec(line) ?? [];
  if (index === undefined || json === undefined) return undefined;
  const { http_code, exitcode, errormsg, redirect_url, content_type } = JSON.parse(json) as Said;
  return [
    Number(index),
    {
      status: http_code ?? 0,
      exitCode: exitcode ?? 0,
      message: printable(errormsg ?? '').replace(/\.$/, ''),
      redirect: redirect_url || undefined,
      contentType: content_type ?? '',
    },
  ];
}

/** What is used of `%{json}`; curl 7.75 and later have all of it. */
interface Said {
  readonly http_code?: number;
  readonly exitcode?: number;
  readonly errormsg?: string | null;
  readonly redirect_url?: string | null;
  readonly content_type?: string | null;
}

function failure(code: number, stderr: string): UserError {
  if (code === noSuchProgram)
    return new UserError(
      'curl-missing',
      "Files are downloaded with curl, and there is no 'curl' on PATH. Install it before this step (Debian and Ubuntu: sudo apt-get install --yes curl), or run this in an image that has it.",
    );
  const last = stderr.trimEnd().split('\n').at(-1) ?? '';
  return new UserError(
    'curl-failed',
    `curl ended with code ${code} before it had fetched everything (${printable(last.slice(0, 300))}). It has to be version 7.75 or newer; see what 'curl --version' prints, and run this again.`,
  );
}
