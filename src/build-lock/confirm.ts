import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import { printable, someOf } from '../system/printable.ts';
import type { Listing, PinnedFile } from './listing.ts';

/** Whether a file that no index can verify causes a warning (trusted) or an error. */
interface Trusted {
  readonly base: boolean;
  readonly resolved: boolean;
}

/** Decides which files a build lock may pin: those that indexes list now. */
export interface Confirmation {
  /** Files that could not be verified, with the reason of each group, as clauses. */
  readonly notVerified: readonly string[];
  /**
   * Whether to keep a file that the base pins.
   * @throws UserError `build-lock-unverified`
   */
  readonly mayStay: (file: PinnedFile) => Promise<boolean>;
  /**
   * Verifies that indexes list a file that uv resolved in this run.
   * @throws UserError `build-lock-unverified`
   */
  readonly isResolved: (file: PinnedFile) => Promise<void>;
}

/** Maximum number of files with the same reason that a message names. */
const SHOWN = 3;

/**
 * A file that cannot be verified is an error for an untrusted contributor, and a warning otherwise.
 */
export function makeConfirmation(listing: Listing, trusted: Trusted, log: Log): Confirmation {
  /** Unverified files by reason. */
  const unverified = new Map<string, Set<string>>();
  const warned = new Set<string>();
  /** Logs each warning once, since a run can compute a build lock twice. */
  const warn = (text: string): void => {
    if (!warned.has(text)) log.warning(printable(text));
    warned.add(text);
  };
  const reject = ({ filename }: PinnedFile, why: string, isTrusted: boolean): void => {
    if (!isTrusted) throw notVerified(printable(`${filename}: ${why}`));
    const files = unverified.get(why) ?? new Set();
    unverified.set(why, files.add(filename));
    warn(`Files of the build lock are not verified: ${why}`);
  };
  return {
    get notVerified() {
      return [...unverified].map(([why, files]) => printable(`${someOf([...files], SHOWN)}: ${why}`));
    },
    mayStay: async (file) => {
      const verdict = await listing.verdictOf(file);
      if (verdict.kind === 'unknown') reject(file, verdict.why, trusted.base);
      if (verdict.kind === 'other') warn(`${file.filename} is resolved again: ${verdict.why}`);
      if (verdict.kind === 'listed' && verdict.isYanked)
        warn(`${file.filename}, which a build requires, was yanked from its index`);
      return verdict.kind !== 'other';
    },
    isResolved: async (file) => {
      const verdict = await listing.verdictOf(file);
      if (verdict.kind !== 'listed') reject(file, verdict.why, trusted.resolved);
    },
  };
}

const notVerified = (clause: string): UserError =>
  new UserError(
    'build-lock-unverified',
    `The build lock cannot be verified: ${clause}. Each of its files has to be on an index of the project, with address and sha256. If the index was down, run this again; otherwise have a maintainer run 'uv-fod update' on a branch of the repository.`,
  );
