import { UserError } from '../ports/errors.ts';

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

export const unreachable = ({ label, url }: Named, reason: string, cause?: unknown): UserError =>
  new UserError(
    'artifact-unreachable',
    `${label} can't be downloaded from ${withoutCredentials(url)}: ${reason}. Check that the index still has it and that this machine reaches it; if the release was withdrawn, lock again (uv lock --upgrade-package NAME).`,
    { cause },
  );

/**
 * The server's certificate is not one that we trust; undefined for any other error. The codes are those of Node's documentation of TLS ("X509
 * certificate error codes"), and that of a name that does not fit.
 */
export function untrusted({ label, url }: Named, cause: unknown): UserError | undefined {
  const { code, message } = cause as { code?: unknown; message?: unknown };
  const isOfCertificate =
    /^(CERT_\w+|\w+_CERT|\w+_CERT_(SIGNATURE|IN_CHAIN|LOCALLY)|ERR_TLS_CERT_\w+|UNABLE_TO_VERIFY_LEAF_SIGNATURE|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/;
  if (!isOfCertificate.test(String(code))) return undefined;
  return new UserError(
    'artifact-unreachable',
    `${label} can't be downloaded from ${withoutCredentials(url)}: the server's certificate is not trusted (${message}). If a proxy or a mirror of yours signs certificates itself, name a file with its authority's certificate beside the public ones in SSL_CERT_FILE; if the certificate has expired, or the clock of this machine is wrong, mend that. Otherwise somebody stands between this machine and the index.`,
    { cause },
  );
}

export const changed = ({ label, url }: Named, what: string): UserError =>
  new UserError(
    'artifact-changed',
    `${label} from ${withoutCredentials(url)} is not what uv.lock names: got ${what}. Nothing was kept. If the index replaced the file on purpose, lock again; otherwise somebody is changing files on the way.`,
  );

/** A file of ours can't be written: a full disk, a quota, a folder that is read-only. */
export function unwritable(
  { label }: Pick<Named, 'label'>,
  cause: Pick<NodeJS.ErrnoException, 'message'> & { readonly code?: string | undefined },
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
