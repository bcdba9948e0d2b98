import { getSystemErrorMessage } from 'node:util';
import { UserError } from './errors.ts';

/** Causes and fixes by error code (errno(3)). */
const causes: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; make room and run it again',
  EDQUOT: 'the disk quota is used up; make room and run it again',
  EFBIG: 'a file would be larger than the system allows; raise the limit (ulimit -f)',
  EMFILE: 'too many files are open; raise the limit (ulimit -n)',
  ENFILE: 'too many files are open on this machine; raise its limit',
  ENOMEM: 'there is not enough memory; use a machine with more',
  EAGAIN: 'no more processes can be started; raise the limit (ulimit -u)',
  E2BIG: 'the arguments of a program are too long; use shorter paths or fewer packages',
  EACCES: 'permission is denied; give this user the right to it',
  EPERM: 'it is not permitted; give this user the right to it',
  EROFS: 'the file system is read-only; use one that can be written',
};

/**
 * Maps an error of the system to one for the user; returns anything else, which is a defect of
 * uv-fod.
 */
export function asUserError(error: unknown): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  const { code = '', errno, path, syscall } = error as NodeJS.ErrnoException;
  const known = errno === undefined ? undefined : getSystemErrorMessage(errno);
  const cause = causes[code] ?? (known && `${known}; correct that and run it again`);
  if (cause !== undefined && syscall !== undefined) {
    const place = path === undefined ? '' : ` '${path.slice(0, 300)}'`;
    return new UserError('system-error', `${syscall}${place} failed (${code}): ${cause}.`, {
      cause: error,
    });
  }
  if (isTooLarge(error))
    return new UserError(
      'too-large',
      `The input needs too much memory (${error.message}); find the file that is too large or nested too deeply.`,
      { cause: error },
    );
  return error;
}

/** V8's errors for a text or buffer beyond its limits, and for too deep recursion. */
const isTooLarge = (error: Error): boolean =>
  (error as NodeJS.ErrnoException).code === 'ERR_STRING_TOO_LONG' ||
  (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ||
  (error instanceof RangeError &&
    /Invalid string length|Array buffer allocation|Maximum call stack|Invalid array length/.test(
      error.message,
    ));
