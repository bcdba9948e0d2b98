import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { run } from '../support/nix/run.ts';
import { checkout } from '../support/runner/runner.ts';

// script/lib/release.mjs as the release workflow runs it: a process, on a folder with package.json
// and CHANGELOG.md.
let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'release-'));
  await cp(path.join(checkout, 'CHANGELOG.md'), path.join(root, 'CHANGELOG.md'));
  await writeFile(path.join(root, 'package.json'), '{ "version": "1.2.3" }');
});
afterAll(() => rm(root, { recursive: true, force: true }));

const release = (tag: string) =>
  run(process.execPath, [path.join(checkout, 'script/lib/release.mjs'), tag, root]);

describe('a release', () => {
  test('without a section in the changelog is refused', async () => {
    expect(await release('v1.2.3')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('[1.2.3] - DATE'),
    });
  });

  test('has that section as its notes, and not the next one', async () => {
    const file = path.join(root, 'CHANGELOG.md');
    const text = await readFile(file, 'utf8');
    const [before = '', after = ''] = text.split('## [Unreleased]');
    const added = `## [Unreleased]\n\n## [1.2.3] - 2026-11-23\n\n### Fixed\n\n- A thing.\n\n## [1.2.2] - 2026-11-01\n\n- Older.\n`;
    await writeFile(file, `${before}${added}${after}`);
    expect(await release('v1.2.3')).toMatchObject({ code: 0, stdout: '### Fixed\n\n- A thing.\n' });
  });

  test.each(['v1.2.4', '1.2.3', 'v1.2', 'v1.2.3; echo'])('by the tag %s is refused', async (tag) => {
    expect(await release(tag)).toMatchObject({ code: 1, stdout: '' });
  });
});

describe("the workflow on this repository's own pin", () => {
  const own = (file: string) => readFile(path.join(checkout, file), 'utf8');

  test('gives inputs that there are, a file that is there and the nixpkgs of flake.lock', async () => {
    const text = await own('.github/workflows/authentik.yml');
    const { jobs } = parse(text) as {
      jobs: Record<string, { steps: { uses: string; with: Record<string, string> }[] }>;
    };
    const step = jobs.update?.steps.find(({ uses }) => uses === './');
    const { inputs } = parse(await own('action.yml')) as { inputs: Record<string, unknown> };
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(step?.with ?? {})));
    expect(await own(step?.with.file ?? '')).toContain(`${step?.with.attribute} = `);
    const lock = JSON.parse(await own('flake.lock')) as { nodes: { nixpkgs: { locked: { rev: string } } } };
    expect(text).toContain(`/archive/${lock.nodes.nixpkgs.locked.rev}.tar.gz`);
  });
});
