import { rename, rm } from 'node:fs/promises';
import pRetry, { AbortError } from 'p-retry';
import { UserError } from '../ports/errors.ts';
import { unreachable, untrusted, unwritable } from './messages.ts';
import type { Answer, Network } from './network.ts';
import { request } from './request.ts';
import { continueOrRestart, finish, openTransfer, type Transfer, take } from './transfer.ts';
import type { Download, Downloaded, DownloadOptions } from './types.ts';
import { watch } from './watch.ts';

/**
 * Downloads one file to `target`, checking its digest and length while it streams. The file appears there whole and
 * verified, or not at all. What a cut connection leaves is continued where the server can do that.
 *
 * @throws UserError `artifact-unreachable` after the last retry, `artifact-changed` at once where the bytes are not the
 *   lock's, `disk-full`, `files-unwritable`
 */
export async function download(
  file: Download,
  target: string,
  network: Network,
  options: DownloadOptions = {},
): Promise<Downloaded> {
  const part = `${target}.part`;
  const { signal } = options;
  const transfer = openTransfer(file, part, options);
  try {
    const result = await pRetry(() => attempt(file, transfer, network, signal), {
      retries: network.retries,
      minTimeout: network.retryDelay,
      factor: 2,
      randomize: true,
      ...(signal ? { signal } : {}),
    });
    await transfer.sink.close();
    if (!options.sink) await rename(part, target);
    return result;
  } catch (error) {
    // The first error is the one to tell.
    await transfer.sink.close().catch(() => {});
    if (!options.sink) await rm(part, { force: true });
    if (error instanceof UserError) throw error;
    if (isOfFiles(error)) throw unwritable(file, error);
    throw unreachable(file, reasonOf(error), error);
  }
}

async function attempt(
  file: Download,
  transfer: Transfer,
  network: Network,
  signal: AbortSignal | undefined,
): Promise<{ size: number; sha256: string }> {
  const { sink } = transfer;
  const watched = watch(network.patience, file.size, sink.size, signal);
  try {
    // Only where a digest tells whether the pieces belong together.
    const from =
      sink.size() > 0 && file.hash && !transfer.isSpoiled
        ? { byte: sink.size(), etag: transfer.etag }
        : undefined;
    const answer = await request(file, network, from, watched.signal);
    watched.answered();
    await continueOrRestart(answer, file, transfer);
    const expected = Number(answer.header('content-length') ?? Number.NaN) + sink.size();
    await answer.body.drain((piece) => take(piece, file, transfer), sink.room);
    await sink.flush();
    if (sink.size() < (file.size ?? expected))
      throw new Error(
        `the answer ended after ${sink.size()} of ${file.size ?? expected} bytes${kind(answer)}`,
      );
    return finish(file, transfer);
  } catch (error) {
    // A disk that is full is as full at the next try.
    if (isOfFiles(error)) throw new AbortError(unwritable(file, error));
    if (error instanceof AbortError) throw error;
    const distrust = untrusted(file, error);
    if (distrust) throw new AbortError(distrust);
    throw new Error(reasonOf(watched.signal.aborted ? watched.signal.reason : error), { cause: error });
  } finally {
    watched.stop();
  }
}

/** A page where a file should be says more than its length does. */
const kind = (answer: Answer): string =>
  answer.header('content-type')?.startsWith('text/html') ? ', and is a web page' : '';

/** An error of the files' own calls, not of a socket's. */
const isOfFiles = (error: unknown): error is NodeJS.ErrnoException =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  'syscall' in error &&
  ['open', 'write', 'ftruncate', 'close', 'rename'].includes(String(error.syscall)) &&
  !['EPIPE', 'ECONNRESET', 'ETIMEDOUT'].includes(String(error.code));

const reasonOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
