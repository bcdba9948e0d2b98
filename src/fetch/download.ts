import { statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { UserError } from '../system/errors.ts';
import { bareAddress } from './bare-address.ts';
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
  /** Name of the file in messages. */
  readonly label: string;
  /** Path of the file once it is verified. */
  readonly target: string;
  /** Path to write to until then, on the same file system. Not set: next to the target. */
  readonly part?: string | undefined;
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
): Promise<void> {
  const requests = files.map((file) => requestOf(file, network));
  const accept = async (index: number, ended: Ended): Promise<void> => {
    const [file, request] = [files[index] as Download, requests[index] as Request];
    const size = await verify(file, request.file, ended);
    await rename(request.file, file.target).catch((cause: NodeJS.ErrnoException) => {
      throw failed(file, 'unwritable', cause.message, cause);
    });
    await onDone(index, size);
  };
  try {
    await fetchAll(requests, network, accept);
  } catch (error) {
    await Promise.all(requests.map(({ file }) => rm(file, { force: true })));
    throw error;
  }
}

function requestOf(file: Download, { patience }: Network): Request {
  const { size, target, label, part = `${target}.part` } = file;
  const url = URL.parse(file.url);
  if (!url || !/^https?:$/.test(url.protocol))
    throw failed(file, 'address', 'its address is not an http or https address');
  if (size !== undefined && size > mostBytes) throw failed(file, 'too-large', tooLarge);
  return {
    ...{ url, label, file: part, most: size ?? mostBytes, keepsErrors: false },
    seconds: size === undefined ? unknownSeconds : Math.ceil(patience.total + size / patience.rate),
    // The lock's digests are of the uncompressed bytes.
    headers: { 'user-agent': 'uv-fod', 'accept-encoding': 'identity' },
    explain: (kind, reason, cause) =>
      kind !== 'too-large'
        ? failed(file, kind, reason, cause)
        : size === undefined
          ? failed(file, kind, tooLarge)
          : failed(file, 'changed', `it has more than the ${size} bytes of the lock`),
  };
}

/** @returns the size of a downloaded file */
async function verify(file: Download, part: string, { contentType }: Ended): Promise<number> {
  const { size } = statSync(part);
  if (file.size !== undefined && size < file.size) {
    const page = contentType.startsWith('text/html') ? ', and is a web page' : '';
    throw new Passing(`the response ended after ${size} of ${file.size} bytes${page}`);
  }
  const difference = await differenceOf(part, file);
  if (difference === undefined) return size;
  throw failed(file, 'changed', `it does not match uv.lock: ${difference}`);
}

const tooLarge = `it is larger than ${mostBytes / 1024 ** 3} GiB, the limit for a wheel or sdist`;

/** Code and fix of each kind of failure. */
const failures = {
  unreachable: {
    code: 'artifact-unreachable',
    say: 'Check that the index still has it and that this machine can reach it; if the release was deleted, lock again (uv lock --upgrade-package NAME).',
  },
  certificate: {
    code: 'artifact-unreachable',
    say: "The server's certificate is not trusted. If your proxy or mirror has its own certificate authority, set SSL_CERT_FILE to a file that has its certificate and the public ones; if the certificate has expired, or the clock of this machine is wrong, fix that. Otherwise the connection may be intercepted.",
  },
  address: { code: 'artifact-address', say: 'Correct the index in the project, and lock again.' },
  'too-large': {
    code: 'artifact-too-large',
    say: 'It was not kept. Check its entry in uv.lock, and lock again.',
  },
  changed: {
    code: 'artifact-changed',
    say: 'It was not kept. If the index replaced the file on purpose, lock again; otherwise the connection may be intercepted.',
  },
  full: {
    code: 'disk-full',
    say: 'Free some, or set XDG_CACHE_HOME (the cache) or TMPDIR (temporary files) to another disk.',
  },
  unwritable: {
    code: 'files-unwritable',
    say: 'Use a writable folder (XDG_CACHE_HOME for the cache, TMPDIR for temporary files).',
  },
} satisfies Record<FailureKind | 'changed' | 'full', object>;

/** @param reason a clause */
function failed(
  { label, url }: Download,
  kind: keyof typeof failures,
  reason: string,
  cause?: NodeJS.ErrnoException,
): UserError {
  const isFull = cause?.code === 'ENOSPC' || cause?.code === 'EDQUOT';
  const { code, say } = failures[isFull ? 'full' : kind];
  const why = isFull ? `no space left (${cause.code})` : reason;
  const parsed = URL.parse(url);
  const from = parsed ? bareAddress(parsed, { search: '' }) : url;
  return new UserError(code, `${label} can't be downloaded from ${from}: ${why}. ${say}`, { cause });
}
