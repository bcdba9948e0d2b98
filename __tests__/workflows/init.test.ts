import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/config/parse.ts';
import { run } from '../support/nix/run.ts';
import { Repository } from '../support/scenario/repository.ts';
import { uvFod, writeSmall } from '../support/scenario/small.ts';

// What `uv-fod init` writes, held against the linters that its readers use.
const cache = process.env.UV_FOD_CACHE ?? '';
let dir: string;
let repository: Repository;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'init-'));
  repository = await Repository.create(dir);
  await writeSmall(repository.work);
  await repository.push('A project');
}, 60_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

const everywhere = ['update', 'updater', 'check'];
test.each([
  ...[...everywhere, 'two-jobs'].map((use) => ['github', use] as const),
  ...everywhere.map((use) => ['forgejo', use] as const),
  ['gitea', 'update'] as const,
])('--forge %s --use %s', async (forge, use) => {
  const action = `somebody/uv-fod@${'1'.repeat(40)}`;
  const args = ['init', '--forge', forge, '--use', use, '--action', action, '--yes', '--force', '--json'];
  const { code, stdout, stderr } = await uvFod(args, repository.work);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  const { write } = JSON.parse(stdout) as { write: { path: string }[] };
  const workflow = path.join(
    repository.work,
    write.find(({ path: name }) => name.endsWith('.yml'))?.path ?? '',
  );
  const text = await readFile(workflow, 'utf8');
  expect(path.relative(repository.work, workflow)).toMatch(new RegExp(`^\\.${forge}/workflows/`));
  expect(text).toContain(`uses: ${forge === 'github' ? '' : 'https://github.com/'}${action}\n`);
  // actionlint knows owner/name alone, and GitHub's labels.
  const known = path.join(dir, 'known.yml');
  const config = path.join(dir, 'actionlint.yaml');
  await writeFile(known, text.replaceAll(/uses: https:\/\/[^/]+\//g, 'uses: '));
  await writeFile(config, 'self-hosted-runner: { labels: [nixos] }\n');
  const [actionlint, zizmor] = await Promise.all([
    run(path.join(cache, 'act/actionlint'), ['-no-color', '-config-file', config, known]),
    run(path.join(cache, 'zizmor/zizmor'), ['--offline', '--quiet', '--persona=auditor', workflow]),
  ]);
  expect(actionlint).toMatchObject({ code: 0, stdout: '' });
  expect(zizmor).toMatchObject({ code: 0 });
  const written = await readFile(path.join(repository.work, '.github/uv-fod.toml'), 'utf8');
  expect(parseConfig(written, 'x').packages.map(({ attribute }) => attribute)).toEqual(['small']);
});
