export interface Stage {
  readonly name: string;
  readonly milliseconds: number;
}

/** Measures how long each stage takes. */
export class Stages {
  readonly done: Stage[] = [];
  readonly #now: () => number;

  /** @param now milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  async run<T>(name: string, body: () => Promise<T>): Promise<T> {
    const started = this.#now();
    const result = await body();
    this.done.push({ name, milliseconds: this.#now() - started });
    return result;
  }
}
