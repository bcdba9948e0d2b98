import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readText } from '../../src/system/files.ts';
import { loadProject } from '../../src/uv/lock/project.ts';
import { type Comparison, compareAll, everySelection, LINUX } from './support/compare.ts';
import { type Oracle, prepareOracle } from './support/oracle.ts';
import { lockWithUv, pyproject, writeProject } from './support/projects.ts';

const PROJECTS = 24;

/**
 * Small real packages: pure and native, with extras, with markers of their own, with an sdist only.
 */
const PACKAGES = [
  'idna',
  'certifi',
  'click',
  'colorama',
  'rich',
  'attrs',
  'six',
  'docopt',
  'tzdata',
  'packaging',
  'jinja2',
  'markupsafe',
  'pyyaml',
  'cffi',
  'msgpack',
  'orjson',
  'psutil',
  'greenlet',
  'multidict',
  'yarl',
  'zstandard',
  'lxml',
  'pydantic',
  'requests',
  'requests[socks]',
  'httpx[http2,socks]',
  'uvicorn[standard]',
  'anyio[trio]',
  'sqlalchemy[asyncio]',
  'python-dateutil',
  'watchfiles',
  'typing-extensions',
  'numpy',
];
const MARKERS = [
  '',
  '',
  '',
  "python_version >= '3.13'",
  "python_version < '3.14'",
  "sys_platform == 'linux'",
  "sys_platform != 'win32'",
  "platform_machine == 'x86_64'",
  "platform_machine in 'aarch64 arm64'",
  "python_version == '3.12' or sys_platform == 'darwin'",
  "implementation_name == 'pypy'",
  "os_name == 'posix' and python_full_version >= '3.13'",
];

const requirement = fc
  .tuple(fc.constantFrom(...PACKAGES), fc.constantFrom(...MARKERS))
  .map(([name, marker]) => (marker === '' ? name : `${name}; ${marker}`));
const requirements = fc.uniqueArray(requirement, {
  maxLength: 5,
  selector: (text) => text.split(/[[;]/, 1)[0],
});

/** A pyproject with extras that may pull each other, groups, forks, conflicts and rules. */
const project = fc
  .record({
    dependencies: requirements,
    first: requirements,
    second: requirements,
    group: requirements,
    chained: fc.boolean(),
    conflicting: fc.boolean(),
    forked: fc.boolean(),
    noBinary: fc.subarray(['markupsafe', 'pyyaml', 'idna', 'click'], { maxLength: 2 }),
  })
  .map(({ dependencies, first, second, group, chained, conflicting, forked, noBinary }) => {
    const list = (items: readonly string[]): string => JSON.stringify(items);
    const fork = forked
      ? ["wrapt<1.17; python_version < '3.13'", "wrapt>=1.17; python_version >= '3.13'"]
      : [];
    const one = [
      ...first,
      ...(chained && !conflicting ? ['root[second]'] : []),
      ...(conflicting ? ['toml==0.10.1'] : []),
    ];
    const two = [...second, ...(conflicting ? ['toml==0.10.2'] : [])];
    return pyproject(
      'root',
      [...dependencies, ...fork],
      `[project.optional-dependencies]\nfirst = ${list(one)}\nsecond = ${list(two)}\n[dependency-groups]\ndev = ${list(group)}\n[tool.uv]\n${
        conflicting ? 'conflicts = [[{ extra = "first" }, { extra = "second" }]]\n' : ''
      }no-binary-package = ${list(noBinary)}\n`,
    );
  });

describe('plans of locks that uv makes of random requirements', () => {
  let oracle: Oracle;
  let scratch: string;
  beforeAll(async () => {
    oracle = await prepareOracle();
    scratch = await mkdtemp(path.join(os.tmpdir(), 'uv-fod-random-'));
  }, 240_000);
  afterAll(() => rm(scratch, { recursive: true }));

  test('every selection on both systems and three Pythons', async () => {
    const seed = Number(process.env.UV_FOD_SEED ?? Date.now() % 2 ** 31);
    const cases: Comparison[] = [];
    const unlocked: string[] = [];
    for (const [index, text] of fc.sample(project, { numRuns: PROJECTS, seed }).entries()) {
      const dir = path.join(scratch, String(index));
      await writeProject(dir, { 'pyproject.toml': text });
      const locked = await lockWithUv(oracle, dir);
      // Only what has no solution may stay out; anything else would hide a broken ring.
      if (locked.code !== 0)
        unlocked.push(/No solution found/.test(locked.stderr) ? 'no solution' : locked.stderr);
      else {
        const selections = everySelection(await loadProject(dir, readText));
        cases.push(
          ...selections.map((selection) => ({ label: `seed ${seed} project ${index}`, dir, selection })),
        );
      }
    }
    expect(unlocked.filter((reason) => reason !== 'no solution')).toEqual([]);
    expect(unlocked.length).toBeLessThan(PROJECTS / 2);
    const { differences } = await compareAll(oracle, cases, LINUX);
    expect(differences.slice(0, 10)).toEqual([]);
  }, 280_000);
});
