import { statSync, writeFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { UserError } from '../system/errors.ts';
import type { Ended } from './curl.ts';
import { type FailureKind, fetchAll, Passing, type Request } from './follow.ts';
import type { Network } from './network.ts';
import { differenceOf, mostBytes } from './read.ts';

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
 * and verified, or not at all.
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
  const accept = async (index: number, ended: Ended): Promise<void> => {
    const [file, request] = [files[index] as Download, requests[index] as Request];
    const size = await verify(file, request.file, ended);
    await rename(request.file, file.target).catch((cause: NodeJS.ErrnoException) => {
      throw explain(file, 'unwritable', cause.message, cause);
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
  const { size, target, label } = file;
  const url = URL.parse(file.url);
  if (!url || !/^https?:$/.test(url.protocol)) throw explain(file, 'address', '');
  if (size !== undefined && size > mostBytes) throw explain({ ...file, size: undefined }, 'too-large', '');
  return {
    ...{ url, label, file: `${target}.part`, most: size ?? mostBytes, keepsErrors: false },
    seconds: size === undefined ? unknownSeconds : Math.ceil(patience.total + size / patience.rate),
    // The lock's digests are of the uncompressed bytes.
    headers: { 'user-agent': 'uv-fod', 'accept-encoding': 'identity' },
    explain: (...why) => explain(file, ...why),
  };
}

/** @returns the size of a downloaded file */
async function verify(file: Download, part: string, { contentType }: Ended): Promise<number> {
  // Some versions of curl create no file for an empty response.
  if (!statSync(part, { throwIfNoEntry: false })) writeFileSync(part, '');
  const { size } = statSync(part);
  if (file.size !== undefined && size < file.size) {
    const page = contentType.startsWith('text/html') ? ', and is a web page' : '';
    throw new Passing(`the response ended after ${size} of ${file.size} bytes${page}`);
  }
  const difference = await differenceOf(part, file);
  if (difference === undefined) return size;
  throw changed(file, difference);
}

const changed = ({ label, url }: Download, what: string): UserError =>
  new UserError(
    'artifact-changed',
    `${label} from ${withoutCredentials(url)} does not match uv.lock: ${what}. It was not kept. If the index replaced the file on purpose, lock again; otherwise the connection may be intercepted.`,
  );

function explain(
  file: Download,
  kind: FailureKind,
  reason: string,
  cause?: NodeJS.ErrnoException,
): UserError {
  const { label } = file;
  const url = withoutCredentials(file.url);
  switch (kind) {
    case 'address':
      return new UserError(
        'artifact-address',
        `${label}: '${url}' is not an http or https address${reason && ` (${reason})`}; correct the index in the project and lock again.`,
      );
    case 'too-large':
      if (file.size !== undefined)
        return changed(file, `it has more than the ${file.size} bytes of the lock`);
      return new UserError(
        'artifact-too-large',
        `${label} is larger than ${mostBytes / 1024 ** 3} GiB, the limit for a wheel or sdist; it was not kept. Check its entry in uv.lock, and lock again.`,
      );
    case 'unwritable': {
      const isFull = cause?.code === 'ENOSPC' || cause?.code === 'EDQUOT';
      const what = isFull ? `no space left (${cause.code})` : reason;
      return new UserError(
        isFull ? 'disk-full' : 'files-unwritable',
        `Failed to write ${label}: ${what}. Use a writable folder with enough space (XDG_CACHE_HOME for the cache, TMPDIR for temporary files).`,
        { cause },
      );
    }
    case 'certificate':
      return new UserError(
        'artifact-unreachable',
        `${label} can't be downloaded from ${url}: the server's certificate is not trusted (${reason}). If your proxy or mirror has its own certificate authority, set SSL_CERT_FILE to a file that has its certificate and the public ones; if the certificate has expired, or the clock of this machine is wrong, fix that. Otherwise the connection may be intercepted.`,
      );
    default:
      return new UserError(
        'artifact-unreachable',
        `${label} can't be downloaded from ${url}: ${reason}. Check that the index still has it and that this machine can reach it; if the release was deleted, lock again (uv lock --upgrade-package NAME).`,
      );
  }
}

function withoutCredentials(address: string): string {
  const url = URL.parse(address);
  if (!url) return address;
  url.username = '';
  url.password = '';
  url.search = '';
  return url.href;
}
