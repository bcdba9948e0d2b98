import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { checkout } from '../runner/runner.ts';

/** One row of docs/log.md. */
export interface ExplainedLine {
  /** A line of the log; `…` stands for any text. */
  readonly line: string;
  /** Files of the repository that the row links as its origin; none where it is Nix that speaks. */
  readonly files: readonly string[];
}

export async function explainedLines(): Promise<ExplainedLine[]> {
  const text = await readFile(path.join(checkout, 'docs/log.md'), 'utf8');
  return [...text.matchAll(/^\| `([^`]+)` \| (.*?) \| .*\|$/gm)].map(([, line = '', by = '']) => ({
    line,
    files: [...by.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, file = '']) => file),
  }));
}
