import { createHash } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Accept, fetchAll, Passing, type Request } from './follow.ts';
import { changed, noAddress, tooLargeFile, unreachable, untrusted, unwritable } from './messages.ts';
import type { Network } from './network.ts';
import { mostBytes, readPieces } from './read.ts';

/** Seconds for a file of unknown size; `Timeouts` has the minimum speed. */
const unknownSeconds = 3600;

/** One file to download. */
export interface Download {
  readonly url: string;
  /** `algorithm:hex`; undefined: only the hash of the fixed-output derivation verifies the file. */
  readonly hash: string | undefined;
  /** Bytes, if the lock has them. */
  readonly size: number | undefined;
  /** Its name in messages. */
  readonly label: string;
  /** Path to write to. */
  readonly target: string;
}

/**
 * Downloads files and verifies the digest and length of each. A file appears at its target complete
 * and verified, or not at all. A broken transfer is resumed if a digest can verify the result.
 * @param onDone called for each file, with its index and its size in bytes
 * @throws UserError `artifact-unreachable` after the last retry, `artifact-changed` without a
 *   retry, `artifact-too-large`, `disk-full`, `files-unwritable`, and errors of `Network.approve`
 */
export async function download(
  files: readonly Download[],
  network: Network,
  onDone: (index: number, size: number) => void | Promise<void> = () => {},
  signal?: AbortSignal,
): Promise<void> {
  const requests = files.map((file) => requestOf(file, network));
  const accept: Accept = async (index, { contentType }, isPieced) => {
    const [file, request] = [files[index] as Download, requests[index] as Request];
    const size = await verify(file, request, contentType, isPieced);
    await rename(request.file, file.target).catch((cause: NodeJS.ErrnoException) => {
      throw unwritable(file, cause);
    });
    await onDone(index, size);
  };
  try {
    await fetchAll(requests, network, accept, signal);
  } catch (error) {
    await Promise.all(requests.map(({ file }) => rm(file, { force: true })));
    throw error;
  }
}

function requestOf(file: Download, { patience }: Network): Request {
  const { hash, size, target, label } = file;
  const url = URL.parse(file.url);
  if (!url || !/^https?:$/.test(url.protocol)) throw noAddress(file);
  if (size !== undefined && size > mostBytes) throw tooLargeFile(file, mostBytes);
  return {
    ...{ url, label, file: `${target}.part`, most: size ?? mostBytes, keepsErrors: false },
    seconds: size === undefined ? unknownSeconds : Math.ceil(patience.total + size / patience.rate),
    // The lock's digests are of the uncompressed bytes.
    headers: { 'user-agent': 'uv-fod', 'accept-encoding': 'identity' },
    canContinue: hash !== undefined,
    unreachable: (reason, kind) => {
      if (kind === 'address') return noAddress(file);
      return kind === 'certificate' ? untrusted(file, reason) : unreachable(file, reason);
    },
    tooLarge: () =>
      size === undefined
        ? tooLargeFile(file, mostBytes)
        : changed(file, `more than the ${size} bytes of the lock`),
    unwritable: (cause) => unwritable(file, cause),
  };
}

/** @returns the size of a downloaded file */
async function verify(
  file: Download,
  { file: part, most }: Request,
  contentType: string,
  isPieced: boolean,
): Promise<number> {
  // Some versions of curl create no file for an empty response.
  const found = statSync(part, { throwIfNoEntry: false });
  if (found === undefined) writeFileSync(part, '');
  const size = found?.size ?? 0;
  if (file.size !== undefined && size < file.size) {
    const page = contentType.startsWith('text/html') ? ', and is a web page' : '';
    throw new Passing(`the response ended after ${size} of ${file.size} bytes${page}`);
  }
  const wrong = size > most ? `more than ${most} bytes` : await differs(part, file.hash);
  if (wrong === undefined) return size;
  // The parts of a resumed download may be of different files, so it starts from scratch.
  if (isPieced) throw new Passing(`the resumed download is wrong: ${wrong}`);
  throw changed(file, wrong);
}

async function differs(file: string, hash: string | undefined): Promise<string | undefined> {
  const [algorithm, expected] = hash?.split(':') ?? [];
  if (algorithm === undefined || expected === undefined) return undefined;
  const actual = await digestOf(file, algorithm);
  return actual === expected.toLowerCase()
    ? undefined
    : `${algorithm} ${actual}, but the lock has ${expected}`;
}

/** @returns the hexadecimal digest of a file in our own folder */
async function digestOf(file: string, algorithm: string): Promise<string> {
  const hash = createHash(algorithm);
  await readPieces(
    file,
    path.basename(file),
    () => {},
    (piece) => hash.update(piece),
  );
  return hash.digest('hex');
}
