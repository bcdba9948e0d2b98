import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import { harmless } from './printable.ts';
import { clock } from './real-clock.ts';

/**
 * Milliseconds between two drawings of a moving line, or two lines of progress without a terminal.
 */
const redraw = 500;
const interval = 10_000;
/** Milliseconds from which a group reports its duration. */
const worthTelling = 1000;

export interface Terminal {
  /** Writes text as it is. */
  readonly write: (text: string) => void;
  /** Width of the terminal; undefined without one, and then no line moves. */
  readonly columns: () => number | undefined;
}

/**
 * The log of the command line, on stderr: titles of groups, and indented content. Progress is a
 * line that moves on a terminal, and an occasional line elsewhere.
 *
 * @param verbose whether output of programs is shown, besides titles, warnings and progress
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
      // A moving line is drawn by the clock, not once for each of a hundred files a second.
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

/** The last line of a terminal, which is overwritten. */
function movingLine({ write, columns }: Terminal) {
  let isThere = false;
  return {
    /** @returns false without a terminal */
    show: (text: string): boolean => {
      const width = columns();
      if (width === undefined) return false;
      // A line that wraps can't be overwritten.
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
