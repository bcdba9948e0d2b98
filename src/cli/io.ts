/** What a piece of text is, which decides its colour. */
export type Tone = 'heading' | 'good' | 'bad' | 'warning' | 'faint' | 'place';

/** Where a command writes; handed in, so that tests and the entry point decide. */
export interface Io {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Text for stdout in the colour of its tone; as it is where the reader's terminal shows none. */
  paint(tone: Tone, text: string): string;
}
