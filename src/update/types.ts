import type { Network } from '../fetch/network.ts';
import type { HashTools } from '../fetch/types.ts';
import type { Cache } from '../nix/copy-to-cache.ts';
import type { Pinned } from '../nix/evaluate.ts';
import type { Imported } from '../nix/import-check/import-check.ts';
import type { Journal } from '../nix/journal.ts';
import type { Edit } from '../nix/patch.ts';
import type { DerivationRef } from '../nix/target.ts';
import type { CheckHost } from '../system/check-host.ts';
import type { FetchText } from '../system/fetch-text.ts';
import type { Log } from '../system/log.ts';
import type { Run } from '../system/run.ts';
import type { Sandbox } from '../system/sandbox.ts';
import type { Project, ReadText } from '../uv/lock/index.ts';
import type { Spotted } from './compare.ts';
import type { SystemHash } from './hashes.ts';

/** What a build lock is verified by, besides the checkout itself. */
export interface Verification {
  /**
   * Text of a file in the commit that counts as base: the base commit of a pull request; in runs on a branch, and on the command
   * line, the checked-out commit. Undefined if that commit does not have the file.
   */
  readonly baseText: (file: string) => Promise<string | undefined>;
  /** Whether lock and sources are an untrusted contributor's: what cannot be verified is an error then. */
  readonly isUntrusted: boolean;
  readonly fetchText: FetchText;
  /** Addresses of the user's own indexes (UV_DEFAULT_INDEX, UV_INDEX). */
  readonly indexes: readonly string[];
}

/** What the stages are handed. */
export interface Parts {
  readonly run: Run;
  /** Runs a program that contacts hosts by itself: each address is approved first. */
  readonly contact: Run;
  readonly log: Log;
  readonly read: ReadText;
  readonly network: () => Promise<Network>;
  /** Judges addresses before they are asked; none: all may be. */
  readonly checkHost?: CheckHost;
  /** Throws for a file that is not to be changed; none: all may be. */
  readonly mayWrite?: (file: string) => Promise<void>;
  readonly native: () => Promise<HashTools>;
  /** Whether builds run in Nix's sandbox; found out once. */
  readonly sandbox: () => Promise<Sandbox>;
  readonly verification: Verification;
  /** Folder for temporary files. */
  readonly scratch: string;
  /** Writes down what a killed run would leave half done, for the folder of a derivation; in the file `known` where that was asked for already. */
  readonly journal: (dir: string, known?: string) => Promise<Journal>;
  /** What logs in to a store, by its address. */
  readonly cacheCredentials: (address: string) => Readonly<Record<string, string>>;
  /** Aborted when the run is cancelled. */
  readonly stop: AbortSignal;
  /** Milliseconds, for the time that each stage took. */
  readonly now: () => number;
}

export interface UpdateRequest {
  readonly derivation: DerivationRef;
  /** Build the derivation and import it before anything is kept. */
  readonly verify: boolean;
  /** Compute every hash, also where the build lock says that it is current, and build even where nothing changed. */
  readonly distrust?: boolean;
  /** Renew the build lock, and leave the hashes and what they were made from as they are recorded. */
  readonly lockOnly?: boolean;
  /** Take the builder's own hash from Nix alone. Default: it is computed without Nix as well, and both must agree. */
  readonly trustNixAlone?: boolean;
  /** Copy the output there, once it is built and imported. */
  readonly cacheTo?: Cache;
  /** What `evaluate` said, where nothing was changed since it was asked. */
  readonly pinned?: Promise<Pinned> | undefined;
  /** Called once the plans are there and before anything long begins: what changed can be told while the rest runs. */
  readonly onPlanned?: (planned: Pick<Update, 'pinned' | 'project' | 'spotted'>) => Promise<void>;
}

export interface Update {
  readonly pinned: Pinned;
  readonly project: Project;
  /** Path of the build lock. */
  readonly lockFile: string;
  readonly spotted: readonly Spotted[];
  readonly hashes: readonly SystemHash[];
  /** Empty where there is nothing to do. The files are written; `undo` puts them back. */
  readonly edits: readonly Edit[];
  readonly undo: () => Promise<void>;
  /** Settles that the files stay as they are; until then a later run puts them back where this one is killed. */
  readonly keep: () => Promise<void>;
  /** What of the build lock could not be verified, and why, as clauses. */
  readonly notVerified: readonly string[];
  readonly out: string | undefined;
  readonly imported: readonly Imported[];
  /** Whether the output is in the cache; undefined where none was named, or nothing was built. */
  readonly isCached?: boolean;
  readonly stages: readonly Stage[];
}

export interface Stage {
  readonly name: string;
  readonly milliseconds: number;
}
