import { harmless } from '../ports/printable.ts';

/**
 * What Node itself would print, past every log: its warnings, and errors that no one catches. They may quote untrusted text.
 * @param report prints an error that no one caught, at once; the process ends after it
 */
export function reportUncaught(report: (error: unknown) => void): void {
  process.removeAllListeners('warning');
  process.on('warning', ({ message }) => {
    process.stderr.write(`${harmless(`warning: ${message}`)}\n`);
  });
  const end = (error: unknown): void => {
    report(error);
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}
