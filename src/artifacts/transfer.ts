import { createHash, type Hash } from 'node:crypto';
import { AbortError } from 'p-retry';
import { changed } from './messages.ts';
import type { Answer } from './network.ts';
import { fileSink, type Sink } from './receive.ts';
import type { Download, DownloadOptions } from './types.ts';

/** What survives from one try to the next: the bytes that came so far and their digests. */
export interface Transfer {
  readonly sink: Sink;
  digests: Digests | undefined;
  etag: string | undefined;
  /** Whether the bytes came in more than one piece, which may not belong together. */
  pieced: boolean;
  /** Whether the bytes so far are of no use. */
  isSpoiled: boolean;
}

interface Digests {
  readonly sha256: Hash;
  /** In the lock's own algorithm: often the same. */
  readonly declared: Hash;
}

export function openTransfer(
  file: Download,
  part: string,
  { digests = 'now', sink }: DownloadOptions,
): Transfer {
  return {
    sink: sink ?? fileSink(part),
    digests: digests === 'now' ? newDigests(file) : undefined,
    etag: undefined,
    pieced: false,
    isSpoiled: false,
  };
}

function newDigests(file: Download): Digests {
  const sha256 = createHash('sha256');
  const algorithm = file.hash?.split(':')[0] ?? 'sha256';
  return { sha256, declared: algorithm === 'sha256' ? sha256 : createHash(algorithm) };
}

/** A server that ignores ranges sends all of it again (RFC 9110, 14.2). */
export async function continueOrRestart(answer: Answer, file: Download, transfer: Transfer): Promise<void> {
  const begins = /^bytes (\d+)-/.exec(answer.header('content-range') ?? '')?.[1];
  if (answer.status === 206 && Number(begins) === transfer.sink.size()) {
    transfer.pieced = true;
    return;
  }
  await restart(file, transfer);
  if (answer.status === 206) {
    answer.body.discard();
    throw new Error('the server answered with another part of the file than was asked for');
  }
  const etag = answer.header('etag');
  transfer.etag = etag?.startsWith('W/') ? undefined : etag;
}

async function restart(file: Download, transfer: Transfer): Promise<void> {
  transfer.pieced = transfer.isSpoiled = false;
  if (transfer.sink.size() === 0) return;
  await transfer.sink.restart();
  if (transfer.digests) transfer.digests = newDigests(file);
}

export function take(chunk: Buffer, file: Download, transfer: Transfer): Promise<void> | undefined {
  const { sink, digests } = transfer;
  if (file.size !== undefined && sink.size() + chunk.length > file.size)
    throw mismatch(file, transfer, `more than the ${file.size} bytes of the lock`);
  digests?.sha256.update(chunk);
  if (digests && digests.declared !== digests.sha256) digests.declared.update(chunk);
  return sink.take(chunk);
}

export function finish(file: Download, transfer: Transfer): { size: number; sha256: string } {
  const size = transfer.sink.size();
  if (!transfer.digests) return { size, sha256: '' };
  const { sha256, declared } = transfer.digests;
  const digest = sha256.digest('hex');
  const [algorithm, expected] = file.hash?.split(':') ?? [];
  const actual = declared === sha256 ? digest : declared.digest('hex');
  if (expected === undefined || actual === expected.toLowerCase()) return { size, sha256: digest };
  throw mismatch(file, transfer, `${algorithm} ${actual}, where the lock has ${expected}`);
}

/** Pieces may come of two different files, and then all of it is asked for again; a file in one piece is another file. */
function mismatch(file: Download, transfer: Transfer, what: string): Error {
  if (!transfer.pieced) return new AbortError(changed(file, what));
  // Nothing of it is asked to be continued: the next answer is a whole one.
  transfer.isSpoiled = true;
  return new Error(`what came in pieces is not one file: ${what}`);
}
