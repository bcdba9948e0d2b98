import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { run } from '../support/nix/run.ts';
import { checkout } from '../support/runner/runner.ts';

// The example workflows and the repository's own, held against the linters that their readers use.
const cache = process.env.UV_FOD_CACHE ?? '';
const minutes = 60_000;

const filesIn = async (dir: string): Promise<string[]> =>
  (await readdir(path.join(checkout, dir)))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => path.join(checkout, dir, name));
const examples = await filesIn('examples/workflows');
const forForgejo = await filesIn('examples/forgejo');
const own = await filesIn('.github/workflows');
const dependabot = path.join(checkout, '.github/dependabot.yml');

interface Workflow {
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Record<string, { permissions?: unknown; steps: readonly { uses?: string }[] }>;
}

test('each of the three uses has one', () => {
  const names = examples.map((file) => path.basename(file));
  expect(names).toEqual(expect.arrayContaining(['bump.yml', 'check.yml', 'updater.yml']));
});

test('actionlint has nothing to say', async () => {
  const actionlint = path.join(cache, 'act/actionlint');
  expect(await run(actionlint, ['-no-color', ...examples, ...own])).toMatchObject({ code: 0, stdout: '' });
});

test(
  'zizmor has nothing to say of the examples at its strictest, and of our own at its usual',
  async () => {
    const zizmor = path.join(cache, 'zizmor/zizmor');
    const strict = await run(zizmor, ['--offline', '--quiet', '--persona=auditor', ...examples]);
    expect(strict).toMatchObject({ code: 0, stdout: expect.stringContaining('No findings to report') });
    expect(await run(zizmor, ['--offline', '--quiet', ...own, dependabot])).toMatchObject({ code: 0 });
  },
  minutes,
);

test('there is one for Forgejo for each use that is there', () => {
  expect(forForgejo.map((file) => path.basename(file, '.yml')).sort()).toEqual(['bump', 'check', 'updater']);
});

test.each(forForgejo)(
  'nor of %s, whose runner has a label of its own and whose actions have whole addresses',
  async (source) => {
    const dir = await mkdtemp(path.join(tmpdir(), 'lint-'));
    const [file, config] = [path.join(dir, 'workflow.yml'), path.join(dir, 'actionlint.yaml')];
    const text = await readFile(source, 'utf8');
    // actionlint knows owner/name alone.
    await writeFile(file, text.replaceAll(/uses: https:\/\/[^/]+\//g, 'uses: '));
    await writeFile(config, 'self-hosted-runner: { labels: [nixos] }\n');
    const linted = await run(path.join(cache, 'act/actionlint'), ['-no-color', '-config-file', config, file]);
    const audited = await run(path.join(cache, 'zizmor/zizmor'), [
      ...['--offline', '--quiet', '--persona=auditor'],
      source,
    ]);
    await rm(dir, { recursive: true });
    expect(linted).toMatchObject({ code: 0, stdout: '' });
    expect(audited).toMatchObject({ code: 0, stdout: expect.stringContaining('No findings to report') });
    for (const { uses } of Object.values((parse(text) as Workflow).jobs).flatMap(({ steps }) => steps))
      expect(uses).toMatch(/^https:\/\/[\w./-]+@[0-9a-f]{40}$/);
  },
);

test('both find what is wrong in a workflow that runs what a stranger wrote', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'lint-'));
  const file = path.join(dir, 'bad.yml');
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's
  const step = 'run: echo ${{ github.event.issue.title }}';
  await writeFile(file, `on: issues\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - ${step}\n`);
  const [linted, audited] = await Promise.all([
    run(path.join(cache, 'act/actionlint'), ['-no-color', file]),
    run(path.join(cache, 'zizmor/zizmor'), ['--offline', '--quiet', file]),
  ]);
  await rm(dir, { recursive: true });
  expect(linted.stdout).toContain('untrusted');
  expect(audited.stdout).toContain('template-injection');
});

describe.each([...examples, ...own])('%s', (file) => {
  test('permissions of nothing for the workflow and by name for each job, concurrency, and every action by commit', async () => {
    const { permissions, concurrency, jobs } = parse(await readFile(file, 'utf8')) as Workflow;
    expect(permissions).toEqual({});
    expect(concurrency).toBeDefined();
    for (const { permissions: own, steps } of Object.values(jobs)) {
      expect(own).toBeDefined();
      for (const { uses } of steps)
        if (uses !== undefined) expect(uses).toMatch(/^(\.\/|[\w-]+\/[\w./-]+@[0-9a-f]{40})$/);
    }
  });
});
