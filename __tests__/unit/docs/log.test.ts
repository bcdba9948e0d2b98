import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { explainedLines } from '../../support/docs/log.ts';
import { checkout } from '../../support/runner/runner.ts';

const lines = await explainedLines();

/** What a program fills in: everything that the names of the example and numbers stand for. */
const filledIn =
  /x86_64-linux|sha256-|\/nix\/store\/|'hello'|uv-fod\/hello|you\/hello\S*|iniconfig|\bsix\b|1 package\b|[\d.]*\d/g;

/** The words of a line that a program has as they are. */
const wordsOf = (line: string): string[] =>
  [...line.replace(filledIn, '…').matchAll(/[A-Za-z][A-Za-z_ -]{2,}/g)].map(([word]) => word.trim());

describe('docs/log.md', () => {
  test('explains the lines of every stage', () => {
    const folders = new Set(lines.flatMap(({ files }) => files.map((file) => file.split('/')[1])));
    for (const folder of ['main.ts', 'nix.ts', 'action', 'nix', 'update', 'fetch', 'pull-request'])
      expect(folders).toContain(folder);
  });

  test.each(lines.filter(({ files }) => files.length > 0))('$line', async ({ line, files }) => {
    const texts = await Promise.all(files.map((file) => readFile(path.join(checkout, file), 'utf8')));
    const text = texts.join('\n');
    // The runner's own command, by the toolkit; a change of version has no words of its own.
    const words = line.startsWith('::add-mask::') ? ['setSecret'] : wordsOf(line);
    expect(words.filter((word) => !text.includes(word))).toEqual([]);
  });
});
