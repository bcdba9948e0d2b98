import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { exitCodes } from '../../../src/update/statuses.ts';
import { checkout } from '../../support/runner/runner.ts';

const page = await readFile(path.join(checkout, 'docs/troubleshooting.md'), 'utf8');
const src = path.join(checkout, 'src');
const found = await readdir(src, { recursive: true, withFileTypes: true });
const texts = await Promise.all(
  found
    .filter((entry) => entry.isFile())
    .map((entry) => readFile(path.join(entry.parentPath, entry.name), 'utf8')),
);
/** Sources with their white space folded, and without the escapes that a string literal needs. */
const source = texts.join('\n').replace(/\\`/g, '`').replace(/\s+/g, ' ');

/**
 * Codes that `new UserError(…)` or `super(…)` of one is given, or that a table of codes or a field
 * `failed` has.
 */
function codesOf(text: string): string[] {
  const given = [...text.matchAll(/new UserError\(\s*([^`"]*?),\s/g)].map(([, first = '']) => first);
  const tables = [...text.matchAll(/\bcode: '([a-z-]+)',\s*say:/g)].map(([, code = '']) => `'${code}'`);
  const passed = [...text.matchAll(/\bfailed(?::| =) '([a-z-]+)'/g)].map(([, code = '']) => `'${code}'`);
  return [...given, ...tables, ...passed].flatMap((one) =>
    [...one.matchAll(/'([a-z-]+)'/g)].map(([, code = '']) => code),
  );
}

const statuses = Object.keys(exitCodes).filter((status) => status !== 'current');
const codes = new Set([...texts.flatMap(codesOf), ...statuses]);
const entries = new Map(
  page
    .split(/^### /m)
    .slice(1)
    .map((entry) => [/^`([a-z-]+)`/.exec(entry)?.[1] ?? entry.slice(0, 40), entry]),
);

describe('docs/troubleshooting.md', () => {
  test('finds the codes of the sources, those behind a condition and in a table included', () => {
    expect([...codes]).toEqual(
      expect.arrayContaining(['lock-missing', 'disk-full', 'files-unwritable', 'rate-limited', 'stale']),
    );
    expect(codes.size).toBeGreaterThan(60);
  });

  test('has every code of src/, and no other', () => {
    expect([...entries.keys()].sort()).toEqual([...codes].sort());
  });

  test.each([...entries])('%s: quotes what the program says, or says what it means', (_, entry) => {
    const quoted = [...entry.matchAll(/^> (.*)$/gm)].map(([, text = '']) => text);
    const parts = quoted.flatMap((text) => text.split('…')).map((part) => part.trim());
    expect(parts.filter((part) => !source.includes(part))).toEqual([]);
    expect(entry.split('\n').slice(1).join('').trim()).not.toBe('');
  });
});
