import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { explainedLines } from '../support/docs/log.ts';
import { type Block, readPages } from '../support/docs/pages.ts';
import { exitOf, missingLines, openSession, type Session } from '../support/docs/session.ts';
import { startGitHub } from '../support/github/server.ts';
import type { GitHub } from '../support/github/types.ts';
import { runStep, type StepResult } from '../support/runner/runner.ts';
import { git, Repository } from '../support/scenario/repository.ts';

// docs/tutorial.md, block by block and in order, as somebody reads it; and the log that docs/log.md
// explains, from the same run.
const minutes = 60_000;
const token = 'a-token-of-the-runner';
const pages = await readPages();
const blocksOf = (file: string): readonly Block[] => pages.find((page) => page.file === file)?.blocks ?? [];
const blocks = blocksOf('docs/tutorial.md');
const afterMerge = blocks.findIndex(({ words }) => words.includes('merged'));
const shown = (name: string): string => blocks.find(({ words }) => words.includes(name))?.text ?? '';

let dir: string;
let repository: Repository;
let session: Session;
let github: GitHub | undefined;
let log = '';

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tutorial-'));
  repository = await Repository.create(dir);
  session = await openSession({ remotes: { 'https://github.com/you/hello': repository.bare } });
});
afterAll(async () => {
  await github?.close();
  await session?.close();
  await rm(dir, { recursive: true, force: true });
});

/** Does what the blocks say; what one shows as output, the command before it has printed. */
async function follow(some: readonly Block[]): Promise<void> {
  let printed = '';
  for (const block of some) {
    if (block.words[0] === 'tutorial-log') continue;
    if (block.language === 'text') {
      expect(missingLines(block.text, printed)).toEqual([]);
      continue;
    }
    const { code, stdout, stderr } = await session.do(block);
    printed = stdout + stderr;
    const expected = exitOf(block);
    expect({ block: block.text, code, printed: code === expected ? '' : printed }).toEqual({
      ...{ block: block.text, code: expected, printed: '' },
    });
  }
}

/**
 * What GitHub does after the push of a bump: the step of the workflow that the page had somebody
 * write.
 */
async function act(): Promise<StepResult> {
  const workspace = await repository.checkout(path.join(dir, 'checkout'));
  const file = path.join(workspace, '.github/workflows/uv-fod-bump.yml');
  const workflow = parse(await readFile(file, 'utf8')) as {
    jobs: Record<string, { steps: { uses: string; with: Record<string, string> }[] }>;
  };
  const step = workflow.jobs.update?.steps.at(-1);
  expect(step?.uses).toMatch(/uv-fod@(?!0{40})[0-9a-f]{40}$/);
  github = await startGitHub({
    repository: 'you/hello',
    bare: repository.bare,
    tokens: { [token]: { permissions: { contents: 'write', pull_requests: 'write' } } },
  });
  return runStep({
    ...{ workspace, repository: 'you/hello', github: github.url, ref: 'refs/heads/main' },
    ...{ inputs: { ...step?.with, token }, sha: await repository.head(), eventName: 'push' },
    event: { ref: 'refs/heads/main', before: await before(), after: await repository.head() },
  });
}

const before = async (): Promise<string> =>
  (await repository.log('main')).split('\n')[1]?.split(' ')[0] ?? '';

test(
  'everything up to the push of a bump does what the page says',
  async () => {
    expect(blocks.length).toBeGreaterThan(10);
    expect(afterMerge).toBeGreaterThan(0);
    await follow(blocks.slice(0, afterMerge));
  },
  10 * minutes,
);

test(
  'the push ends in the pull request, with the lines of log that the page shows',
  async () => {
    const result = await act();
    log = result.log;
    expect({ code: result.code, log: result.code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
    expect(result.outputs.get('outcome')).toBe('created');
    expect(shown('tutorial-log')).not.toBe('');
    expect(missingLines(shown('tutorial-log'), log)).toEqual([]);
    const pull = await (await fetch(`${github?.url}/repos/you/hello/pulls/1`)).json();
    expect(pull).toMatchObject({ title: 'hello: update the hash of its Python dependencies', state: 'open' });
  },
  10 * minutes,
);

test('the log that docs/log.md explains is this one, line by line', async () => {
  const lines = (await explainedLines()).map(({ line }) => line);
  expect(lines.length).toBeGreaterThan(15);
  expect(missingLines(lines.join('\n'), log)).toEqual([]);
  // And the other way round: what is not Nix's own is explained, whatever its place.
  const own = log.replace(
    /^::group::Nix: [\s\S]*?^::endgroup::$/gm,
    (group) => group.split('\n', 1)[0] ?? '',
  );
  // Whether this is printed depends on the index, which may be a mirror.
  const mayBe = /^(?:|::endgroup::|::warning::.*: vulnerability is unknown, .*)$/;
  const free = own.split('\n').filter((line) => !mayBe.test(line));
  expect(free.filter((line) => lines.every((one) => missingLines(one, line).length > 0))).toEqual([]);
});

test(
  'after the merge everything is as the page says',
  async () => {
    // What the button on the pull request does; the reader's own clone knows nothing of it yet.
    const other = path.join(dir, 'button');
    await git(dir, 'clone', '--quiet', repository.bare, other);
    await git(other, 'merge', '--quiet', '--no-ff', '--message', 'Merge', 'origin/uv-fod/hello');
    await git(other, 'push', '--quiet', 'origin', 'HEAD:main');
    await follow(blocks.slice(afterMerge));
  },
  10 * minutes,
);
