import { format } from 'node:util';
import { harmless } from './printable.ts';

/**
 * What would be printed past every log: Node's warnings, libraries' use of the console, and errors that no one catches. They may quote untrusted text.
 * @param report prints an error that no one caught, at once; the process ends after it
 */
export function reportUncaught(report: (error: unknown) => void): void {
  const write = (text: string): void => void process.stderr.write(`${harmless(text)}\n`);
  process.removeAllListeners('warning');
  process.on('warning', ({ message }) => write(`warning: ${message}`));
  // Libraries use the console; nothing of this program does.
  for (const name of ['debug', 'info', 'log', 'warn', 'error'] as const)
    console[name] = (...values: unknown[]) => write(format(...values));
  const end = (error: unknown): void => {
    report(error);
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}
