import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Block, readPages } from '../support/docs/pages.ts';
import { ruleOf } from '../support/docs/rules.ts';
import { exitOf, missingLines, openSession } from '../support/docs/session.ts';
import { run } from '../support/nix/run.ts';
import { makeSmall, nixPath, type SmallProject } from '../support/scenario/small.ts';

// The commands of every page but the tutorial (which has a test of its own), in order, in a fresh
// repository: the small project, pinned, and six moved on in uv.lock since. And all Nix code of all
// pages.
const minutes = 60_000;
const pages = await readPages();
const sessions = pages
  .filter(({ file }) => file !== 'docs/tutorial.md')
  .filter(({ blocks }) => blocks.some((block) => ruleOf(block) === 'session'))
  .map((page): [string, readonly Block[]] => [page.file, page.blocks]);

let dir: string;
let small: SmallProject;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'docs-'));
  small = await makeSmall(dir);
}, 5 * minutes);
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('commands', () => {
  test.each(sessions)(
    '%s',
    async (_, blocks) => {
      const remotes = { 'https://github.com/you/small': small.repository.bare };
      const session = await openSession({ start: 'small', env: { NIX_PATH: nixPath }, remotes });
      let printed = '';
      try {
        await cp(small.repository.work, path.join(session.dir, 'small'), { recursive: true });
        for (const block of blocks) {
          if (block.language === 'text' && block.words[0] === 'output')
            expect(missingLines(block.text, printed)).toEqual([]);
          const isWritten = block.language !== 'sh' && /^[\w-][\w./-]*\.\w+$/.test(block.words[0] ?? '');
          if (ruleOf(block) !== 'session' && !isWritten) continue;
          const { code, stdout, stderr } = await session.do(block);
          printed = stdout + stderr;
          const [place, expected] = [`${block.page}:${block.line}`, exitOf(block)];
          expect({ place, code, printed: code === expected ? '' : printed }).toEqual({
            ...{ place, code: expected, printed: '' },
          });
        }
      } finally {
        await session.close();
      }
    },
    10 * minutes,
  );
});

describe('Nix code', () => {
  const found = pages.flatMap(({ blocks }) => blocks.filter((block) => ruleOf(block) === 'nix'));
  // Parts of an expression name what the whole one binds: `with` leaves names open.
  const parse = (text: string) => run('nix-instantiate', ['--parse', '-E', `with { }; ${text}`]);

  test.each(found.map((block): [string, Block] => [`${block.page}:${block.line}`, block]))(
    '%s is read by Nix, as an expression or as bindings of one',
    async (_, { text }) => {
      const whole = await parse(text);
      if (whole.code === 0) return;
      const bindings = await parse(`{\n${text}\n}`);
      expect({
        code: bindings.code,
        said: bindings.code === 0 ? '' : `${whole.stderr}${bindings.stderr}`,
      }).toEqual({
        ...{ code: 0, said: '' },
      });
    },
  );

  test('what is no Nix is found', async () => {
    expect((await parse('{ a = 1 }')).code).not.toBe(0);
  });
});

test('the NIX_PATH of the examples is nixpkgs and this library', async () => {
  const workflow = await readFile(
    path.join(import.meta.dirname, '../../examples/workflows/bump.yml'),
    'utf8',
  );
  const value = /nix_path: (\S+)/.exec(workflow)?.[1] ?? '';
  const { stdout } = await run(
    'nix-instantiate',
    ['--eval', '--strict', '--json', '-E', 'builtins.nixPath'],
    {
      env: { NIX_PATH: value },
    },
  );
  const entries = JSON.parse(stdout) as { path: string; prefix: string }[];
  expect(entries.map(({ prefix }) => prefix)).toEqual(expect.arrayContaining(['nixpkgs', 'uv-fod']));
  expect(entries.find(({ prefix }) => prefix === 'uv-fod')?.path).toMatch(
    /^https:.*\/archive\/0{40}\.tar\.gz$/,
  );
});
