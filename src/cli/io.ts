/** The role of a text, which decides its colour. */
export type Tone = 'heading' | 'good' | 'bad' | 'warning' | 'faint' | 'place';

/** Where a command writes. */
export interface Io {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Text for stdout in the colour of its tone; unchanged if colours are off. */
  paint(tone: Tone, text: string): string;
}
