import { UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';

/** What a message needs to know of a file. */
export interface Named {
  readonly url: string;
  readonly label: string;
}

export const noAddress = ({ label, url }: Named): UserError =>
  new UserError(
    'artifact-address',
    `${label}: '${withoutCredentials(url)}' is no http or https address; correct the index in the project and lock again.`,
  );

export const unreachable = ({ label, url }: Named, reason: string): UserError =>
  new UserError(
    'artifact-unreachable',
    `${label} can't be downloaded from ${withoutCredentials(url)}: ${reason}. Check that the index still has it and that this machine reaches it; if the release was withdrawn, lock again (uv lock --upgrade-package NAME).`,
  );

/** @param reason what curl says of the server's certificate */
export const untrusted = ({ label, url }: Named, reason: string): UserError =>
  new UserError(
    'artifact-unreachable',
    `${label} can't be downloaded from ${withoutCredentials(url)}: the server's certificate is not trusted (${reason}). If a proxy or a mirror of yours signs certificates itself, name a file with its authority's certificate beside the public ones in SSL_CERT_FILE; if the certificate has expired, or the clock of this machine is wrong, fix that. Otherwise another machine stands between this one and the index.`,
  );

export const tooLargeFile = ({ label }: Pick<Named, 'label'>, most: number): UserError =>
  new UserError(
    'artifact-too-large',
    `${label} has more than ${most / 1024 ** 3} GiB, which no wheel or sdist has; it was not kept. Look at what uv.lock names there, and lock again.`,
  );

/** @param hash `algorithm:hex` of the lock */
export const unknownDigest = ({ label }: Pick<Named, 'label'>, hash: string): UserError =>
  new UserError(
    'artifact-digest',
    `${label}: the digest '${printable(hash.slice(0, 100))}' of uv.lock is not a whole sha256, sha384 or sha512, so the file can't be verified. Ask the index for one of these, and lock again.`,
  );

export const changed = ({ label, url }: Named, what: string): UserError =>
  new UserError(
    'artifact-changed',
    `${label} from ${withoutCredentials(url)} is not what uv.lock names: got ${what}. Nothing was kept. If the index replaced the file on purpose, lock again; otherwise they are changed on the way.`,
  );

/** A file of ours can't be written: a full disk, a quota, a folder that is read-only. */
export function unwritable(
  { label }: Pick<Named, 'label'>,
  cause: NodeJS.ErrnoException = new Error('it could not be written'),
): UserError {
  const full = cause.code === 'ENOSPC' || cause.code === 'EDQUOT';
  return new UserError(
    full ? 'disk-full' : 'files-unwritable',
    full
      ? `${label} can't be kept: there is no space left for it (${cause.code}). Free some, or name a folder on another disk (XDG_CACHE_HOME for the cache, TMPDIR for temporary files).`
      : `${label} can't be kept: ${cause.message}. Name a folder that can be written (XDG_CACHE_HOME for the cache, TMPDIR for temporary files).`,
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
