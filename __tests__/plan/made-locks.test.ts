import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readText } from '../../src/system/files.ts';
import { loadProject } from '../../src/uv/lock/project.ts';
import { catalogue } from './support/catalogue.ts';
import { type Comparison, compareAll, everySelection, LINUX, OTHERS } from './support/compare.ts';
import { both, type IndexServer, serveIndexes, writeDistributions } from './support/index-server.ts';
import { madeProjects } from './support/made.ts';
import type { MadeProject } from './support/made-project.ts';
import { type Oracle, prepareOracle } from './support/oracle.ts';
import { lockWithUv, pyproject, writeProject } from './support/projects.ts';
import { mustRun } from './support/run.ts';

describe('plans of locks that uv makes of nasty requirements', () => {
  let oracle: Oracle;
  let server: IndexServer;
  let scratch: string;
  let projects: readonly MadeProject[];

  beforeAll(async () => {
    oracle = await prepareOracle();
    scratch = await mkdtemp(path.join(os.tmpdir(), 'uv-fod-made-'));
    const indexes = path.join(scratch, 'indexes');
    await writeDistributions(oracle, path.join(indexes, 'main'), catalogue());
    await writeDistributions(oracle, path.join(indexes, 'one'), both('shared', '1.0'));
    await writeDistributions(oracle, path.join(indexes, 'sha512-two'), both('shared', '2.0'));
    await writeDistributions(oracle, path.join(indexes, 'bare-three'), both('plain', '1.0'));
    server = await serveIndexes(indexes);
    projects = madeProjects({ server: server.url, repository: await makeRepository(scratch) });
    await mkdir(path.join(scratch, 'projects'));
  }, 240_000);

  afterAll(async () => {
    await server?.close();
    await rm(scratch, { recursive: true });
  });

  test('every project, every selection, every target', async () => {
    const cases: Comparison[] = [];
    const unlocked: string[] = [];
    for (const { name, files, from } of projects) {
      const root = path.join(scratch, 'projects', name);
      await writeProject(root, files);
      await cp(path.join(scratch, 'indexes', 'main'), path.join(root, 'files'), { recursive: true });
      const locked = await lockWithUv(oracle, root, `${server.url}/main/simple`);
      if (locked.code !== 0) unlocked.push(`${name}: ${locked.stderr}`);
      if (locked.code !== 0) continue;
      const dir = path.join(root, from ?? '.');
      const project = await loadProject(dir, readText);
      cases.push(...everySelection(project).map((selection) => ({ label: name, dir, selection })));
    }
    expect(unlocked).toEqual([]);
    const { compared, refusedByBoth, differences } = await compareAll(oracle, cases, [...LINUX, ...OTHERS]);
    expect(differences.slice(0, 10)).toEqual([]);
    expect(compared - refusedByBoth).toBeGreaterThan(1000);
    // Refusals are part of what is compared: a wheel for one system only, conflicts, Python out of
    // bounds.
    expect(refusedByBoth).toBeGreaterThan(50);
  }, 240_000);
});

/** Two commits; `v1` is the first, `main` the second, and each folder is a package of its own. */
async function makeRepository(scratch: string): Promise<string> {
  const folder = path.join(scratch, 'repository');
  const git = (...args: readonly string[]): Promise<string> =>
    mustRun(
      'git',
      ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false', ...args],
      { cwd: folder },
    );
  await writeProject(folder, {
    'pyproject.toml': pyproject('tree', ['alpha']),
    'packages/below/pyproject.toml': pyproject('below', ["delta; sys_platform == 'linux'"]),
    'packages/deep/pyproject.toml': pyproject('deep', ['gamma[slow]']),
  });
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '.');
  await git('commit', '--quiet', '-m', 'one');
  await git('tag', 'v1');
  await writeProject(folder, { 'pyproject.toml': pyproject('tree', ['beta']) });
  await git('commit', '--quiet', '-a', '-m', 'two');
  return folder;
}
