import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checkout } from '../../support/runner/runner.ts';

interface Sentence {
  readonly text: string;
  /** Tests that show it: `__tests__/…` and words of it. */
  readonly tests: readonly { readonly file: string; readonly words: string }[];
}

/** A link to a test has its words as the title, so that the page can be read without them. */
const link = /\[test\]\(\.\.\/(__tests__\/[\w./-]+\.test\.ts) "((?:[^"\\]|\\.)+)"\)/g;

/** Everything of the page that is not a heading, sentence by sentence. */
function sentencesOf(page: string): Sentence[] {
  const tests: Sentence['tests'][number][] = [];
  const marked = page
    .replaceAll(/^#.*$/gm, '')
    .replaceAll(link, (_, file: string, words: string) => `⟦${tests.push({ file, words }) - 1}⟧`)
    // A full stop inside of code or of a link ends no sentence.
    .replaceAll(/`[^`]*`|\[[^\]]*\]\([^)]*\)/g, (inline) => inline.replaceAll('.', '·'));
  return marked
    .split(/\n\s*\n|\n(?=- )/)
    .flatMap((block) => block.replaceAll(/\s+/g, ' ').split(/(?<=[.!?])\s/))
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => ({
      text,
      tests: [...text.matchAll(/⟦(\d+)⟧/g)].flatMap(([, index]) => tests[Number(index)] ?? []),
    }));
}

const page = await readFile(path.join(checkout, 'docs/threat-model.md'), 'utf8');

describe('the threat model', () => {
  test('every sentence leads to a test that exists', async () => {
    const sentences = sentencesOf(page);
    expect(sentences.length).toBeGreaterThan(60);
    const wrong: string[] = [];
    for (const { text, tests } of sentences) {
      if (tests.length === 0) wrong.push(`no test: ${text}`);
      for (const { file, words } of tests) {
        const source = await readFile(path.join(checkout, file), 'utf8').catch(() => '');
        const isThere = source.replaceAll(/\s+/g, ' ').replaceAll("\\'", "'").includes(words);
        if (!isThere) wrong.push(`${file} has no '${words}': ${text}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('has a section for each point that attacks are counted by, and one for what is not prevented', () => {
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);
    expect(headings.flatMap((heading) => /^(\d)\. /.exec(heading)?.[1] ?? [])).toEqual([...'123456789']);
    expect(headings.at(-1)).toBe('What is not prevented');
  });

  test('a sentence without a test is found, wherever it is', () => {
    const shown = 'One ([test](../__tests__/a.test.ts "b. c")).';
    const without = (text: string): string[] =>
      sentencesOf(text).flatMap(({ text: one, tests }) => (tests.length === 0 ? [one] : []));
    expect(
      without(`# No sentence\n\n${shown} Two in \`x.y\`.\n\n- ${shown}\n- Three. ${shown}\n- ${shown} Four!`),
    ).toEqual(['Two in `x·y`.', '- Three.', 'Four!']);
  });
});
