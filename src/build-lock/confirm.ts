import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import { printable } from '../system/printable.ts';
import type { Listing, PinnedFile } from './listing.ts';

/** Whether a file that no index can verify causes a warning (trusted) or an error. */
interface Trusted {
  readonly base: boolean;
  readonly resolved: boolean;
}

/**
 * Decides which files a build lock may pin: those that indexes list now. A file that cannot be
 * verified is an error for an untrusted contributor, and a warning otherwise.
 */
export class Confirmation {
  private readonly listing: Listing;
  private readonly trusted: Trusted;
  private readonly log: Log;
  private readonly warned = new Set<string>();
  private readonly unverified = new Set<string>();

  constructor(listing: Listing, trusted: Trusted, log: Log) {
    this.listing = listing;
    this.trusted = trusted;
    this.log = log;
  }

  /** Files that could not be verified, with reasons, as clauses. */
  get notVerified(): readonly string[] {
    return [...this.unverified];
  }

  /**
   * Whether to keep a file that the base pins.
   * @throws UserError `build-lock-unverified`
   */
  async mayStay(file: PinnedFile): Promise<boolean> {
    const verdict = await this.listing.verdictOf(file);
    if (verdict.kind === 'unknown') this.reject(file, verdict.why, this.trusted.base);
    if (verdict.kind === 'other') this.warn(`${file.filename} is resolved again: ${verdict.why}`);
    if (verdict.kind === 'listed' && verdict.isYanked)
      this.warn(`${file.filename}, which a build requires, was yanked from its index`);
    return verdict.kind !== 'other';
  }

  /**
   * Verifies that indexes list a file that uv resolved in this run.
   * @throws UserError `build-lock-unverified`
   */
  async isResolved(file: PinnedFile): Promise<void> {
    const verdict = await this.listing.verdictOf(file);
    if (verdict.kind !== 'listed') this.reject(file, verdict.why, this.trusted.resolved);
  }

  private reject({ filename }: PinnedFile, why: string, isTrusted: boolean): void {
    const clause = printable(`${filename}: ${why}`);
    if (!isTrusted) throw notVerified(clause);
    this.unverified.add(clause);
    this.warn(`Not verified: ${clause}`);
  }

  /** Logs each warning once, since a run can compute a build lock twice. */
  private warn(text: string): void {
    if (!this.warned.has(text)) this.log.warning(printable(text));
    this.warned.add(text);
  }
}

const notVerified = (clause: string): UserError =>
  new UserError(
    'build-lock-unverified',
    `The build lock cannot be verified: ${clause}. Each of its files has to be on an index of the project, with address and sha256. If the index was down, run this again; otherwise have a maintainer run 'uv-fod update' on a branch of the repository.`,
  );
