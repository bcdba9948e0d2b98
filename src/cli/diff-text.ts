import { harmless } from '../system/printable.ts';
import type { Io } from './io.ts';

/** A unified diff in colour, without control sequences from untrusted text. */
export function paintDiff(patch: string, io: Pick<Io, 'paint'>): string {
  return harmless(patch)
    .split('\n')
    .map((line) => {
      if (/^(---|\+\+\+) /.test(line)) return io.paint('heading', line);
      if (line.startsWith('@@')) return io.paint('place', line);
      if (line.startsWith('+')) return io.paint('good', line);
      return line.startsWith('-') ? io.paint('bad', line) : line;
    })
    .join('\n');
}
