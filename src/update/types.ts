import type { HashTools } from '../fetch/hash-tools.ts';
import type { CheckHost } from '../fetch/host-policy.ts';
import type { Network } from '../fetch/network.ts';
import type { FetchText } from '../fetch/text.ts';
import type { Edits } from '../nix/edits.ts';
import type { Log } from '../system/log.ts';
import type { Run } from '../system/run.ts';
import type { Sandbox } from '../system/sandbox.ts';
import type { ReadText } from '../uv/lock/project.ts';

/** What a build lock is verified by, besides the checkout itself. */
export interface Verification {
  /**
   * Text of a file in the commit that counts as base: the base commit of a pull request; in runs on
   * a branch, and on the command line, the checked-out commit. Undefined if that commit does not
   * have the file.
   */
  readonly baseText: (file: string) => Promise<string | undefined>;
  /**
   * Whether lock and sources are an untrusted contributor's: what cannot be verified is an error
   * then.
   */
  readonly isUntrusted: boolean;
  /** Addresses of the user's own indexes (UV_DEFAULT_INDEX, UV_INDEX). */
  readonly indexes: readonly string[];
}

/** The collaborators of all stages. */
export interface Context {
  readonly run: Run;
  /** Runs a program that contacts hosts by itself: each address is approved first. */
  readonly contact: Run;
  readonly log: Log;
  readonly read: ReadText;
  readonly network: () => Promise<Network>;
  readonly fetchText: FetchText;
  /** Approves addresses before they are contacted. Not set: all of them. */
  readonly checkHost?: CheckHost;
  readonly native: () => Promise<HashTools>;
  /** Whether builds run in Nix's sandbox; checked once. */
  readonly sandbox: () => Promise<Sandbox>;
  readonly verification: Verification;
  /** Folder for temporary files. */
  readonly scratch: string;
  /**
   * Opens the owner of what is changed in the repository that a folder is in, and puts back what a
   * killed run left there.
   */
  readonly openEdits: (folder: string) => Promise<Edits>;
  /** Credentials for a binary cache, by its address. */
  readonly cacheCredentials: (address: string) => Readonly<Record<string, string>>;
  /** Aborted when the run is cancelled. */
  readonly stop: AbortSignal;
  /** Milliseconds, to measure stages. */
  readonly now: () => number;
}
