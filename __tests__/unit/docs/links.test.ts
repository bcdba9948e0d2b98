import { access } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Page, readPage, readPages } from '../../support/docs/pages.ts';
import { checkout } from '../../support/runner/runner.ts';

const pages = await readPages();
const byFile = new Map(pages.map((page) => [page.file, page]));

/** Links that lead to no file of the repository or to no heading. */
async function broken({ file, links, anchors }: Page): Promise<string[]> {
  const wrong: string[] = [];
  for (const link of links) {
    if (/^[a-z][a-z+.-]*:/i.test(link)) continue;
    const [to = '', anchor] = decodeURI(link).split('#');
    const target = to === '' ? file : path.join(path.dirname(file), to);
    const there = await access(path.join(checkout, target)).then(
      () => true,
      () => false,
    );
    const known = target === file ? anchors : byFile.get(target)?.anchors;
    if (!there || (anchor !== undefined && known && !known.has(anchor))) wrong.push(link);
  }
  return wrong;
}

describe('links between pages', () => {
  test.each(pages.map((page): [string, Page] => [page.file, page]))('%s', async (_, page) => {
    expect(await broken(page)).toEqual([]);
  });

  test('a link to a page or a heading that is not there is found', async () => {
    const page = readPage(
      'README.md',
      '# One\n\n[a](docs/none.md) [b](#two) [c](#one) [d](docs/nix.md#none)',
    );
    expect(await broken(page)).toEqual(['docs/none.md', '#two', 'docs/nix.md#none']);
  });

  test('every page of docs/ is reached from the README', () => {
    const seen = new Set<string>();
    const queue = ['README.md'];
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      for (const link of byFile.get(file)?.links ?? []) {
        const target = path.join(path.dirname(file), link.split('#')[0] ?? '');
        if (byFile.has(target)) queue.push(target);
      }
    }
    expect(pages.map(({ file }) => file).filter((file) => !seen.has(file))).toEqual([]);
  });
});
