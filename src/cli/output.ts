import { UserError } from '../system/errors.ts';
import { harmless } from '../system/printable.ts';
import { asUserError } from '../system/system-error.ts';
import { tellingLines } from '../system/telling-lines.ts';
import type { CliContext } from './context.ts';

/** An error in the JSON of every command. */
export function errorFields(thrown: unknown): object {
  const error = asUserError(thrown);
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof UserError)) return { status: 'error', error: 'defect', message };
  const { code, at } = error;
  return { status: 'error', error: code, message, ...(at === undefined ? {} : { at }) };
}

/** The end of a failed program's log, as lines to print before its message. */
export const quotedLog = (log = ''): string =>
  tellingLines(log)
    .map((line) => `  | ${line}\n`)
    .join('');

/** Lays out rows in columns two spaces apart; the last column is not padded. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

/** A unified diff in colour, without control sequences from untrusted text. */
export function paintDiff(patch: string, { paint }: Pick<CliContext, 'paint'>): string {
  return harmless(patch)
    .split('\n')
    .map((line) => {
      if (/^(---|\+\+\+) /.test(line)) return paint('heading', line);
      if (line.startsWith('@@')) return paint('place', line);
      if (line.startsWith('+')) return paint('good', line);
      return line.startsWith('-') ? paint('bad', line) : line;
    })
    .join('\n');
}
