import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import { harmless } from './printable.ts';
import { clock } from './real-clock.ts';

/** Milliseconds: a line that moves is drawn so often, and where there is no terminal one of progress is written so often. */
const redraw = 500;
const interval = 10_000;
/** From so many milliseconds on a group tells how long it took. */
const worthTelling = 1000;

export interface Terminal {
  /** Writes text as it is. */
  readonly write: (text: string) => void;
  /** Width of the terminal; undefined where it is none, and then no line moves. */
  readonly columns: () => number | undefined;
}

/**
 * Log of the command line: titles of groups, and what they hold indented, all on stderr so that stdout is the result's. How far
 * a group is stands in one line that moves on a terminal, and in a line now and then elsewhere.
 *
 * @param verbose whether what programs print is shown; without it only titles, warnings and progress are
 */
export function terminalLog(terminal: Terminal, verbose: boolean, { now, every }: Clock = clock): Log {
  let depth = 0;
  let began = now();
  const moving = movingLine(terminal);
  const indented = (text: string): string => harmless(`${'  '.repeat(depth)}${text}`);
  const line = (text: string): void => {
    moving.clear();
    terminal.write(`${indented(text)}\n`);
  };
  const seconds = (): string => `${((now() - began) / 1000).toFixed(0)} s`;
  const far = { latest: '', told: began };
  const showProgress = (): void => {
    if (far.latest === '') return;
    if (moving.show(`${indented(far.latest).replaceAll('\n', ' ')}, ${seconds()}`)) return;
    if (now() - far.told < interval) return;
    far.told = now();
    line(`… ${far.latest}, ${seconds()}`);
  };
  return {
    info: (message) => {
      if (verbose || depth === 0) line(message);
    },
    warning: (message) => line(`warning: ${message}`),
    progress: (message) => {
      far.latest = message;
      // Where it moves it is drawn by the clock: a hundred files a second are no hundred drawings.
      if (terminal.columns() === undefined) showProgress();
    },
    group: async (title, body) => {
      line(title);
      depth += 1;
      began = far.told = now();
      const stop = every(redraw, showProgress);
      try {
        return await body();
      } finally {
        stop();
        moving.clear();
        far.latest = '';
        if (now() - began >= worthTelling) line(`took ${((now() - began) / 1000).toFixed(1)} s`);
        depth -= 1;
      }
    },
  };
}

/** The one line at the end of a terminal that is written over. */
function movingLine({ write, columns }: Terminal) {
  let isThere = false;
  return {
    /** @returns false where there is no terminal */
    show: (text: string): boolean => {
      const width = columns();
      if (width === undefined) return false;
      // One that is broken in two can't be taken back.
      write(`\r\u001b[K${[...text].slice(0, Math.max(width - 1, 1)).join('')}`);
      isThere = true;
      return true;
    },
    clear: (): void => {
      if (isThere) write('\r\u001b[K');
      isThere = false;
    },
  };
}
