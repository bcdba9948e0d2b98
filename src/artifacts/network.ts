/** What follows the beginning of an answer. */
export interface Body {
  /**
   * Hands over all of it, piece by piece; where `take` gives a promise, that is waited for. A piece is valid until `take` returns.
   * @param room where the next piece may be put, so that it need not be copied from elsewhere; it may come from elsewhere even so
   * @throws what `take` throws, and an Error where the body ends early
   */
  readonly drain: (
    take: (piece: Buffer) => Promise<void> | undefined,
    room?: () => Buffer | undefined,
  ) => Promise<void>;
  /** Gives it up. */
  readonly discard: () => void;
}

/** The beginning of an answer, and its body, which the caller drains or discards. */
export interface Answer {
  readonly status: number;
  /** A header's value; its name in lower case. */
  readonly header: (name: string) => string | undefined;
  readonly body: Body;
}

/** How long a server may keep us waiting. Milliseconds, bytes. */
export interface Patience {
  /** From the request to the answer's headers. */
  readonly headers: number;
  /** A body has to bring at least `minimum` bytes in each `window`: one that drips is as good as none. */
  readonly window: number;
  readonly minimum: number;
  /** For a whole file `total`, and a second for each `rate` bytes of it. */
  readonly total: number;
  readonly rate: number;
}

/** What downloads are handed. */
export interface Network {
  /** One GET. Redirects are not followed: who follows them decides what goes with them. */
  readonly get: (url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<Answer>;
  /** Judges a redirect before it is followed. @throws where it must not be */
  readonly beforeRedirect?: (from: URL, to: URL) => Promise<void>;
  /** Value of the `authorization` header for an address, where there are credentials for its host. */
  readonly authorization: (url: URL) => string | undefined;
  /** Tries after the first one, for failures that pass. */
  readonly retries: number;
  /** Milliseconds before the first retry; doubled each time. */
  readonly retryDelay: number;
  readonly patience: Patience;
}
