import { format } from 'node:util';
import { harmless } from './printable.ts';

/**
 * Handles output that bypasses the log: Node's warnings, libraries' use of the console, and
 * uncaught errors. It may quote untrusted text.
 * @param report prints an uncaught error; the process ends after it
 */
export function reportUncaught(report: (error: unknown) => void): void {
  const write = (text: string): void => void process.stderr.write(`${harmless(text)}\n`);
  process.removeAllListeners('warning');
  process.on('warning', ({ message }) => write(`warning: ${message}`));
  // Only libraries use the console.
  for (const name of ['debug', 'info', 'log', 'warn', 'error'] as const)
    console[name] = (...values: unknown[]) => write(format(...values));
  const end = (error: unknown): void => {
    report(error);
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}
