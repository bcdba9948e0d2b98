import type { Log } from '../ports/log.ts';
import { harmless } from './harmless.ts';

/**
 * Log of the command line: titles of groups, and what they hold indented, all on stderr so that stdout is the result's.
 * @param write one line's text with its newline
 * @param verbose whether what programs print is shown; without it only titles and warnings are
 */
export function terminalLog(write: (text: string) => void, verbose: boolean): Log {
  let depth = 0;
  const line = (text: string): void => write(`${'  '.repeat(depth)}${harmless(text)}\n`);
  return {
    info: (message) => {
      if (verbose || depth === 0) line(message);
    },
    warning: (message) => line(`warning: ${message}`),
    group: async (title, body) => {
      line(title);
      depth += 1;
      try {
        return await body();
      } finally {
        depth -= 1;
      }
    },
  };
}
