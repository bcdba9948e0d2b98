/** The time that a log needs. */
export interface Clock {
  /** Milliseconds since any moment. */
  now(): number;
  /** Calls repeatedly without keeping the process alive; the returned function stops it. */
  every(milliseconds: number, call: () => void): () => void;
}
