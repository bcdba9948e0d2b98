import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Block, readPages } from '../support/docs/pages.ts';
import { ruleOf } from '../support/docs/rules.ts';
import { run } from '../support/nix/run.ts';

// Every workflow and every list of steps in the docs, held against the linters that their readers
// use.
const cache = process.env.UV_FOD_CACHE ?? '';
const blocks = (await readPages()).flatMap((page) => page.blocks);
const held = blocks.filter((block) => ['workflow', 'steps'].includes(ruleOf(block) ?? ''));
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'docs-workflows-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** A list of steps as the workflow that it is a part of. */
const wrapped = (steps: string): string => `name: Steps
on: push
permissions: {}
concurrency: { group: steps, cancel-in-progress: false }
jobs:
  steps:
    name: Steps
    runs-on: ubuntu-latest
    permissions: { contents: read }
    steps:
${steps.replace(/^(?=.)/gm, '      ')}`;

describe.each(held.map((block): [string, Block] => [`${block.page}:${block.line}`, block]))(
  '%s',
  (_, block) => {
    test('actionlint and zizmor have nothing to say', async () => {
      const file = path.join(dir, `${path.basename(block.page)}-${block.line}.yml`);
      await writeFile(file, ruleOf(block) === 'workflow' ? block.text : wrapped(block.text));
      expect(await run(path.join(cache, 'act/actionlint'), ['-no-color', file])).toMatchObject({
        code: 0,
        stdout: '',
      });
      const audited = await run(path.join(cache, 'zizmor/zizmor'), ['--offline', '--quiet', file]);
      expect(audited).toMatchObject({ code: 0, stdout: expect.stringContaining('No findings to report') });
    });
  },
);

test('there are some', () => {
  expect(held.map(({ page }) => page)).toEqual(expect.arrayContaining(['README.md', 'docs/use-bump.md']));
});
