import type { Approve } from '../system/check-host.ts';
import type { Run } from '../system/run.ts';

/** What downloads are handed. */
export interface Network {
  /** Runs curl; ends it when the run is cancelled. */
  readonly run: Run;
  /** The whole environment of curl: neither a token nor a proxy of ours. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Approves an address before contact, a redirect's too.
   * @returns the IP addresses that may be connected to; none if a proxy resolves the name
   */
  readonly approve: Approve;
  /** Address of the proxy for a URL, with its password; undefined: none. */
  readonly proxyFor: (url: URL) => string | undefined;
  /** `name:password` for the URL's own host; undefined: none. */
  readonly loginFor: (url: URL) => string | undefined;
  /** PEM file of the authorities to trust; undefined: curl's own. */
  readonly certificates: string | undefined;
  /** Ends everything. */
  readonly stop: AbortSignal;
  /** Tries after the first one, for failures that pass. */
  readonly retries: number;
  /** Milliseconds before the first retry; doubled each time. */
  readonly retryDelay: number;
  readonly patience: Patience;
}

/** How long a server may keep us waiting. Seconds, bytes. */
export interface Patience {
  readonly connect: number;
  /** At least `minimum` bytes have to come within each `window`. */
  readonly window: number;
  readonly minimum: number;
  /** For a whole file `total`, and a second for each `rate` bytes of it. */
  readonly total: number;
  readonly rate: number;
}
