import type { Approve } from '../system/check-host.ts';
import type { Run } from '../system/run.ts';

/** The collaborators and limits of downloads. */
export interface Network {
  readonly run: Run;
  /** The complete environment of curl, without tokens and proxies. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Approves an address, a redirect's too, before it is contacted.
   * @returns the IP addresses to connect to; empty if a proxy resolves the name
   */
  readonly approve: Approve;
  /** Address of the proxy for a URL, with its password; undefined: no proxy. */
  readonly proxyFor: (url: URL) => string | undefined;
  /** `name:password` for the URL's host; undefined: no credentials. */
  readonly loginFor: (url: URL) => string | undefined;
  /** PEM file of trusted certificate authorities; undefined: curl's own. */
  readonly certificates: string | undefined;
  /** Cancels all downloads. */
  readonly stop: AbortSignal;
  /** Maximum number of retries after temporary failures. */
  readonly retries: number;
  /** Milliseconds before the first retry, doubled for each further one. */
  readonly retryDelay: number;
  readonly patience: Timeouts;
}

/** Time-outs in seconds, and minimum speeds in bytes. */
export interface Timeouts {
  readonly connect: number;
  /** A transfer fails if it receives fewer than `minimum` bytes in a `window`. */
  readonly window: number;
  readonly minimum: number;
  /** Limit for a file: `total`, plus a second for each `rate` bytes. */
  readonly total: number;
  readonly rate: number;
}
