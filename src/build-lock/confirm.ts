import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import { printable } from '../system/printable.ts';
import type { Listing, PinnedFile } from './listing.ts';

/** Whose word a file stands on that no index can be asked about: a warning is enough for the maintainers' own. */
interface Trusted {
  readonly base: boolean;
  readonly resolved: boolean;
}

/**
 * Decides by what indexes list now which files a build lock may pin. What cannot be verified stops a run for an untrusted
 * contributor; a run of the maintainers' own goes on with a warning.
 */
export class Confirmation {
  private readonly listing: Listing;
  private readonly trusted: Trusted;
  private readonly log: Log;
  private readonly told = new Set<string>();
  private readonly doubts = new Set<string>();

  constructor(listing: Listing, trusted: Trusted, log: Log) {
    this.listing = listing;
    this.trusted = trusted;
    this.log = log;
  }

  /** What could not be verified, and why, as one clause each. */
  get notVerified(): readonly string[] {
    return [...this.doubts];
  }

  /**
   * Whether a file that the base pins may stay.
   * @throws UserError `build-lock-unverified`
   */
  async mayStay(file: PinnedFile): Promise<boolean> {
    const verdict = await this.listing.verdictOf(file);
    if (verdict.kind === 'unknown') this.doubt(file, verdict.why, this.trusted.base);
    if (verdict.kind === 'other') this.tell(`${file.filename} is resolved again: ${verdict.why}`);
    if (verdict.kind === 'listed' && verdict.isYanked)
      this.tell(`${file.filename}, which is needed to build, was yanked from its index`);
    return verdict.kind !== 'other';
  }

  /**
   * A file that uv resolved in this run: indexes have to list it as uv found it.
   * @throws UserError `build-lock-unverified`
   */
  async isResolved(file: PinnedFile): Promise<void> {
    const verdict = await this.listing.verdictOf(file);
    if (verdict.kind !== 'listed') this.doubt(file, verdict.why, this.trusted.resolved);
  }

  private doubt({ filename }: PinnedFile, why: string, isTrusted: boolean): void {
    const clause = printable(`${filename}: ${why}`);
    if (!isTrusted) throw unverified(clause);
    this.doubts.add(clause);
    this.tell(`Not verified: ${clause}`);
  }

  /** Each sentence once: a build lock may be made twice in a run. */
  private tell(text: string): void {
    if (!this.told.has(text)) this.log.warning(printable(text));
    this.told.add(text);
  }
}

const unverified = (clause: string): UserError =>
  new UserError(
    'build-lock-unverified',
    `The build lock cannot be verified: ${clause}. An index of the project has to list each of its files with address and sha256. Run this again if the index was down; otherwise have a maintainer run 'uv-fod update' on a branch of the repository.`,
  );
