/**
 * Fetches a text of bounded size over HTTP; redirects are followed.
 * @throws UserError where no answer comes at all; an answer that says no is given back with its
 *   status
 */
export type FetchText = (
  url: string,
  headers: Readonly<Record<string, string>>,
  bounds?: FetchBounds,
) => Promise<FetchedText>;

export interface FetchBounds {
  /** Ends it. */
  readonly signal?: AbortSignal;
  /** Bytes of the answer that are read at most. */
  readonly most?: number;
}

export interface FetchedText {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}
