import { statSync } from 'node:fs';
import { UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';
import { noSuchProgram } from '../system/run.ts';
import { toolMissing } from '../system/tools.ts';
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

/** Exit code of a file over its limit, also of one that is still being written. */
export const tooLarge = 63;

/**
 * Runs one curl for all transfers.
 * @param onEnd called once for each transfer; if it throws, the others are cancelled
 * @throws UserError `curl-missing`, `curl-failed`, and errors of `onEnd`
 */
export async function curl(
  transfers: readonly Transfer[],
  network: Network,
  onEnd: (index: number, ended: Ended) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const controller = new AbortController();
  const open = new Map(transfers.entries());
  const settling: Promise<void>[] = [];
  const settle = (index: number, ended: Ended): void => {
    if (!open.delete(index) || controller.signal.aborted) return;
    const settled = onEnd(index, ended);
    settled.catch((error: unknown) => controller.abort(error));
    settling.push(settled);
  };
  const checkSizes = (): void => {
    for (const [index, { file, most }] of open)
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > most)
        settle(index, { ...nothing, exitCode: tooLarge });
  };
  const timer = setInterval(checkSizes, sizeInterval);
  const common = ['-q', '--no-progress-meter', '--parallel', '--parallel-max', String(parallel)];
  try {
    const result = await network.run('curl', [...common, '--config', '-'], {
      onlyEnv: network.environment,
      input: configOf(transfers, network),
      signal: AbortSignal.any([controller.signal, signal]),
      onLine: (line) => {
        const [, index, report = ''] = /^(\d+) (.*)$/.exec(line) ?? [];
        const ended = endedOf(report);
        if (ended !== undefined) settle(Number(index), ended);
      },
    });
    controller.signal.throwIfAborted();
    signal.throwIfAborted();
    if (open.size > 0) throw failure(result.code, result.stderr);
  } finally {
    clearInterval(timer);
    await Promise.allSettled(settling);
  }
  await Promise.all(settling);
}

const nothing: Ended = { status: 0, exitCode: 0, message: '', redirect: undefined, contentType: '' };

/** Reads a line of `reportOf` (curl-config.ts) without its index. */
function endedOf(report: string): Ended | undefined {
  const [, status, redirect, contentType = ''] = /^0 (\d+) (\S*) (.*)$/.exec(report) ?? [];
  if (status !== undefined)
    return { ...nothing, status: Number(status), redirect: redirect || undefined, contentType };
  if (!report.startsWith('{')) return undefined;
  const { http_code = 0, exitcode = 0, errormsg } = JSON.parse(report) as FailedTransfer;
  const message = printable(errormsg ?? '').replace(/\.$/, '');
  return { ...nothing, status: http_code, exitCode: exitcode, message };
}

/** The used fields of `%{json}`; curl 7.75 and later have all of them. */
interface FailedTransfer {
  readonly http_code?: number;
  readonly exitcode?: number;
  readonly errormsg?: string | null;
}

function failure(code: number, stderr: string): UserError {
  if (code === noSuchProgram) return toolMissing('curl');
  const last = stderr.trimEnd().split('\n').at(-1) ?? '';
  return new UserError(
    'curl-failed',
    `curl exited with code ${code} before it had downloaded everything (${printable(last.slice(0, 300))}). Version 7.75 or later is required: check 'curl --version', and run this again.`,
  );
}
