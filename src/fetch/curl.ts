import { statSync } from 'node:fs';
import { UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';
import { noSuchProgram } from '../system/run.ts';
import { configOf, type Transfer } from './curl-config.ts';
import type { Network } from './network.ts';

/** More did not make a real lock (166 files, 112 MB) faster on two cores. */
const parallel = 16;
/** Milliseconds between checks of file sizes: before 8.4, `max-filesize` needs a Content-Length. */
const sizeInterval = 200;

/** The result of one transfer, from curl's `--write-out`. */
export interface Ended {
  /** HTTP status; 0 if there was no response. */
  readonly status: number;
  /** Exit code of this transfer ("man curl", EXIT CODES). */
  readonly exitCode: number;
  readonly message: string;
  /** Absolute address of a redirect. */
  readonly redirect: string | undefined;
  readonly contentType: string;
}

/** Exit codes of a file over its limit: curl's, and ours for a transfer that still runs. */
export const tooLarge = 63;
export const growing = -1;

/**
 * Runs one curl for all transfers.
 * @param onEnd called once for each transfer, one at a time; if it throws, the others are cancelled
 * @throws UserError `curl-missing`, `curl-failed`, and errors of `onEnd`
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
  const sizeCheck = setInterval(() => settleLarge(transfers, open, settle), sizeInterval);
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
    clearInterval(sizeCheck);
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

/** Parses a line of `--write-out`; undefined for other output. */
function endedOf(line: string): [number, Ended] | undefined {
  const [, index, json] = /^(\d+) (\{.*\})$/.exec(line) ?? [];
  if (index === undefined || json === undefined) return undefined;
  const { http_code, exitcode, errormsg, redirect_url, content_type } = JSON.parse(json) as WriteOut;
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

/** The used fields of `%{json}`; curl 7.75 and later have all of them. */
interface WriteOut {
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
      "'curl' is not on PATH, and uv-fod downloads files with it. Install it in an earlier step (Debian and Ubuntu: sudo apt-get install --yes curl), or use an image that has it.",
    );
  const last = stderr.trimEnd().split('\n').at(-1) ?? '';
  return new UserError(
    'curl-failed',
    `curl exited with code ${code} before it had downloaded everything (${printable(last.slice(0, 300))}). Version 7.75 or later is required: check 'curl --version', and run this again.`,
  );
}
