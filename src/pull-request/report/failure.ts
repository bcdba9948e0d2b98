import type { UserError } from '../../system/errors.ts';
import { tellingLines } from '../../system/telling-lines.ts';
import { code, fenced, fold, text } from './markdown.ts';

/** The job summary of a failed run: the message, and the important lines of the log, folded. */
export function failureSummary({ code: kind, message, log = '' }: UserError): string {
  const lines = tellingLines(log);
  const parts = [
    `## Failed: ${code(kind)}`,
    text(message, 4000),
    ...(lines.length === 0 ? [] : [fold('The last lines of its log', fenced(lines.join('\n')))]),
  ];
  return `${parts.join('\n\n')}\n`;
}
