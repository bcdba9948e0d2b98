import { harmless } from './printable.ts';

/** The log of a run. Text may be untrusted: an implementation makes it harmless. */
export interface Log {
  info(message: string): void;
  warning(message: string): void;
  /**
   * Progress, for people who wait; called as often as there is news. A terminal redraws one line
   * with the latest message; a log prints a message now and then.
   */
  progress(message: string): void;
  /** Runs `body`; its log is folded under `title`. */
  group<T>(title: string, body: () => Promise<T>): Promise<T>;
}

/** A log that no one reads. */
export const silent: Log = {
  ...{ info: () => {}, warning: () => {}, progress: () => {} },
  group: (_, body) => body(),
};

/** Milliseconds between two redraws of the progress line, and between two lines in a log. */
const redraw = 500;
const interval = 10_000;
/** Milliseconds from which a group on the command line reports its duration. */
const worthReporting = 1000;

/** The output of a log. The texts are already harmless. */
interface Output {
  readonly info: (text: string) => void;
  readonly warning: (text: string) => void;
  /** One line of progress; `isDue` at most every ten seconds. */
  readonly progress: (line: string, isDue: boolean) => void;
  readonly begin: (title: string) => void;
  readonly end: (milliseconds: number) => void;
}

function makeLog({ info, warning, progress, begin, end }: Output): Log {
  let began = performance.now();
  let [shown, latest] = [began, ''];
  const show = (): void => {
    if (latest === '') return;
    const now = performance.now();
    const isDue = now - shown >= interval;
    if (isDue) shown = now;
    progress(`${oneLine(latest)}, ${Math.round((now - began) / 1000)} s`, isDue);
  };
  return {
    info: (message) => info(harmless(message)),
    warning: (message) => warning(harmless(message)),
    progress: (message) => {
      latest = message;
    },
    group: async (title, body) => {
      begin(oneLine(title));
      began = shown = performance.now();
      // On a timer, so that a silent build shows progress too.
      const timer = setInterval(show, redraw).unref();
      try {
        return await body();
      } finally {
        clearInterval(timer);
        latest = '';
        end(performance.now() - began);
      }
    },
  };
}

const oneLine = (text: string): string => harmless(text).replaceAll('\n', ' ');

/** The functions of @actions/core that are used. */
interface Core {
  info(message: string): void;
  warning(message: string): void;
  startGroup(title: string): void;
  endGroup(): void;
}

/** The log of a runner: groups fold, warnings are annotations, progress is an occasional line. */
export const actionLog = ({ info, warning, startGroup, endGroup }: Core): Log =>
  makeLog({
    ...{ info, warning, begin: startGroup, end: endGroup },
    progress: (line, isDue) => {
      if (isDue) info(`… ${line}`);
    },
  });

export interface Terminal {
  /** Writes text as it is. */
  readonly write: (text: string) => void;
  /** Width of the terminal; undefined without a terminal, where no line is redrawn. */
  readonly columns: () => number | undefined;
}

/**
 * The log of the command line, on stderr: titles of groups, and indented content. Progress is a
 * redrawn line on a terminal, and an occasional line elsewhere.
 *
 * @param verbose whether to show the output of programs, and not only titles, warnings and progress
 */
export function terminalLog({ write, columns }: Terminal, verbose: boolean): Log {
  let [depth, isMoving] = [0, false];
  const clear = (): void => {
    if (isMoving) write('\r\u001b[K');
    isMoving = false;
  };
  const print = (text: string): void => {
    clear();
    write(`${harmless(`${'  '.repeat(depth)}${text}`)}\n`);
  };
  return makeLog({
    info: (text) => {
      if (verbose || depth === 0) print(text);
    },
    warning: (text) => print(`warning: ${text}`),
    progress: (line, isDue) => {
      const width = columns();
      if (width === undefined) {
        if (isDue) print(`… ${line}`);
        return;
      }
      // A line that wraps can't be overwritten.
      const shown = [...`${'  '.repeat(depth)}${line}`].slice(0, Math.max(width - 1, 1));
      write(`\r\u001b[K${shown.join('')}`);
      isMoving = true;
    },
    begin: (title) => {
      print(title);
      depth += 1;
    },
    end: (milliseconds) => {
      clear();
      if (milliseconds >= worthReporting) print(`took ${(milliseconds / 1000).toFixed(1)} s`);
      depth -= 1;
    },
  });
}
