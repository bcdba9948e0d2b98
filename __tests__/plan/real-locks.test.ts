import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UserError } from '../../src/system/errors.ts';
import { readText } from '../../src/system/files.ts';
import { loadProject } from '../../src/uv/lock/project.ts';
import { type Comparison, compareAll, everySelection, LINUX, OTHERS } from './support/compare.ts';
import { copyRealLocks, hasRealLocks } from './support/locks.ts';
import { type Oracle, prepareOracle } from './support/oracle.ts';

// Real locks are other people's data and not part of this repository.
const suite = hasRealLocks ? describe : describe.skip;

suite('plans of real locks (in ../shared/locks, or the folder that UV_FOD_LOCKS names) are what uv export and packaging select', () => {
  let oracle: Oracle;
  let projects: ReadonlyMap<string, string>;
  beforeAll(async () => {
    [oracle, projects] = await Promise.all([prepareOracle(), copyRealLocks()]);
  }, 240_000);

  afterAll(async () => {
    const [copy] = projects?.values() ?? [];
    if (copy !== undefined) await rm(path.dirname(copy), { recursive: true });
  });

  test('there are real locks to test with', () => expect(projects.size).toBeGreaterThanOrEqual(10));

  test('every lock, every selection, every target', async () => {
    const cases: Comparison[] = [];
    for (const [label, dir] of projects) {
      try {
        const project = await loadProject(path.resolve(dir), readText);
        cases.push(...everySelection(project).map((selection) => ({ label, dir, selection })));
      } catch (error) {
        // A lock that is broken is compared as well: uv has to refuse it too.
        if (!(error instanceof UserError)) throw error;
        const selection = { packages: [], allPackages: false, extras: [], groups: [], defaultGroups: false };
        cases.push({ label, dir, selection });
      }
    }
    const { compared, refusedByBoth, differences } = await compareAll(oracle, cases, [...LINUX, ...OTHERS]);
    expect(differences.slice(0, 10)).toEqual([]);
    expect(compared - refusedByBoth).toBeGreaterThan(300);
  }, 240_000);
});
