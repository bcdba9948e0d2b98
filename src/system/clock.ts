/** Time, as far as a log needs it. */
export interface Clock {
  /** Milliseconds, of any beginning. */
  now(): number;
  /** Calls again and again without keeping the process; the function that is returned ends it. */
  every(milliseconds: number, call: () => void): () => void;
}
