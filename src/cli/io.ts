/** Where a command writes; handed in, so that tests and the entry point decide. */
export interface Io {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Whether the reader's terminal shows colours. */
  readonly color: boolean;
}
