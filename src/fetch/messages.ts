import { UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';

/** A file in messages. */
export interface Named {
  readonly url: string;
  readonly label: string;
}

export const noAddress = ({ label, url }: Named): UserError =>
  new UserError(
    'artifact-address',
    `${label}: '${withoutCredentials(url)}' is not an http or https address; correct the index in the project and lock again.`,
  );

export const unreachable = ({ label, url }: Named, reason: string): UserError =>
  new UserError(
    'artifact-unreachable',
    `${label} can't be downloaded from ${withoutCredentials(url)}: ${reason}. Check that the index still has it and that this machine can reach it; if the release was deleted, lock again (uv lock --upgrade-package NAME).`,
  );

/** @param reason curl's message */
export const untrusted = ({ label, url }: Named, reason: string): UserError =>
  new UserError(
    'artifact-unreachable',
    `${label} can't be downloaded from ${withoutCredentials(url)}: the server's certificate is not trusted (${reason}). If your proxy or mirror has its own certificate authority, set SSL_CERT_FILE to a file that has its certificate and the public ones; if the certificate has expired, or the clock of this machine is wrong, fix that. Otherwise the connection may be intercepted.`,
  );

export const tooLargeFile = ({ label }: Pick<Named, 'label'>, most: number): UserError =>
  new UserError(
    'artifact-too-large',
    `${label} is larger than ${most / 1024 ** 3} GiB, the limit for a wheel or sdist; it was not kept. Check its entry in uv.lock, and lock again.`,
  );

/** @param hash `algorithm:hex` of the lock */
export const unknownDigest = ({ label }: Pick<Named, 'label'>, hash: string): UserError =>
  new UserError(
    'artifact-digest',
    `${label}: the digest '${printable(hash.slice(0, 100))}' of uv.lock is not a complete sha256, sha384 or sha512, so the file cannot be verified. Use an index that has one of these, and lock again.`,
  );

export const changed = ({ label, url }: Named, what: string): UserError =>
  new UserError(
    'artifact-changed',
    `${label} from ${withoutCredentials(url)} does not match uv.lock: got ${what}. It was not kept. If the index replaced the file on purpose, lock again; otherwise the connection may be intercepted.`,
  );

/** For a full disk, a quota, or a read-only folder. */
export function unwritable(
  { label }: Pick<Named, 'label'>,
  cause: NodeJS.ErrnoException = new Error('it could not be written'),
): UserError {
  const full = cause.code === 'ENOSPC' || cause.code === 'EDQUOT';
  return new UserError(
    full ? 'disk-full' : 'files-unwritable',
    full
      ? `Failed to write ${label}: no space left (${cause.code}). Free some, or use a folder on another disk (XDG_CACHE_HOME for the cache, TMPDIR for temporary files).`
      : `Failed to write ${label}: ${cause.message}. Use a writable folder (XDG_CACHE_HOME for the cache, TMPDIR for temporary files).`,
    { cause },
  );
}

function withoutCredentials(address: string): string {
  const url = URL.parse(address);
  if (!url) return address;
  url.username = '';
  url.password = '';
  url.search = '';
  return url.href;
}
