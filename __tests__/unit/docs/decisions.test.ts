import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checkout } from '../../support/runner/runner.ts';

const text = await readFile(path.join(checkout, 'docs/decisions.md'), 'utf8');
const decisions = text
  .split(/^## /m)
  .slice(1)
  .map((one): [string, string] => [one.split('\n', 1)[0] ?? '', one]);

describe('docs/decisions.md', () => {
  test.each(decisions)(
    '%s: with what else there was, what it costs, and when to think again',
    (_, decision) => {
      for (const part of ['- *Instead of*: ', '- *Costs*: ', '- *Again if* '])
        expect(decision).toContain(part);
    },
  );

  test.each(['verbatim bytes', 'one plan', 'build lock', 'text patches', 'fixed branch'])(
    'has: %s',
    (topic) => {
      expect(decisions.some(([title]) => title.includes(topic))).toBe(true);
    },
  );
});
