import path from 'node:path';
import { UserError } from '../../../src/system/errors.ts';
import { readText } from '../../../src/system/files.ts';
import { loadProject, type Project } from '../../../src/uv/lock/project.ts';
import type { Artifact } from '../../../src/uv/plan/artifact.ts';
import { planProject } from '../../../src/uv/plan/plan.ts';
import type { Selection } from '../../../src/uv/plan/selection.ts';
import { parseTarget } from '../../../src/uv/plan/target.ts';
import { DEFAULT_SELECTION } from '../../support/plan/selection.ts';
import { askOracle, type DeclaredTarget, type Oracle, type OracleAnswer } from './oracle.ts';

/** Python 3.12, 3.13 and 3.14 on both Linux systems, as the issue asks. */
export const LINUX: readonly DeclaredTarget[] = ['3.12.0', '3.13.0', '3.14.0'].flatMap((python) =>
  ['x86_64-linux', 'aarch64-linux'].map((system) => ({ system, python, libc: 'glibc:2.39' })),
);

/** Beyond it: an exact patch version, an old glibc, musl, and macOS on both machines. */
export const OTHERS: readonly DeclaredTarget[] = [
  { system: 'x86_64-linux', python: '3.13.7', libc: 'glibc:2.17' },
  { system: 'x86_64-linux', python: '3.14.0', libc: 'musl:1.2' },
  { system: 'aarch64-linux', python: '3.12.4', libc: 'musl:1.1' },
  { system: 'x86_64-darwin', python: '3.13.0', libc: 'macos:14.0' },
  { system: 'aarch64-darwin', python: '3.14.0', libc: 'macos:14.0' },
];

export interface Comparison {
  readonly label: string;
  readonly dir: string;
  readonly selection: Selection;
}

export interface Outcome {
  readonly compared: number;
  readonly refusedByBoth: number;
  /** One text for each disagreement; empty is what a test asks for. */
  readonly differences: readonly string[];
}

/** Plans every case for every target and holds it against the oracle. */
export async function compareAll(
  oracle: Oracle,
  cases: readonly Comparison[],
  targets: readonly DeclaredTarget[],
): Promise<Outcome> {
  const asked = cases.map(({ dir, selection }) => ({ dir, args: exportArguments(selection), targets }));
  const answers = await askOracle(oracle, asked);
  const projects = new Map<string, Project | UserError>();
  const differences: string[] = [];
  let refusedByBoth = 0;
  for (const [at, { label, dir, selection }] of cases.entries()) {
    const project = projects.get(dir) ?? (await load(dir));
    projects.set(dir, project);
    for (const [index, target] of targets.entries()) {
      const expected = answers[at]?.[index] ?? { refused: 'the oracle gave no answer' };
      const actual = plan(project, target, selection);
      if (actual instanceof UserError && 'refused' in expected) refusedByBoth += 1;
      const difference = differ(actual, expected);
      if (difference === undefined) continue;
      differences.push(
        `${label} ${exportArguments(selection).join(' ')} ${target.system} ${target.python}: ${difference}`,
      );
    }
  }
  return { compared: cases.length * targets.length, refusedByBoth, differences };
}

/** Every extra, every group and every member alone, and all of each kind together. */
export function everySelection(project: Project): readonly Selection[] {
  const { lock, current } = project;
  const own = current === undefined ? undefined : lock.byName.get(current)?.[0];
  const extras = [...(own?.extras.keys() ?? [])];
  const groups = [...(own?.groups.keys() ?? []), ...lock.groups.keys()];
  const vary = (change: Partial<Selection>): Selection => ({ ...DEFAULT_SELECTION, ...change });
  return [
    vary({}),
    vary({ defaultGroups: true }),
    ...extras.map((extra) => vary({ extras: [extra] })),
    ...(extras.length > 1 ? [vary({ extras })] : []),
    ...groups.map((group) => vary({ groups: [group] })),
    ...(groups.length > 1 ? [vary({ groups })] : []),
    vary({ allPackages: true }),
    vary({ allPackages: true, defaultGroups: true }),
    ...lock.members
      .slice(0, 8)
      .flatMap((name) => [
        vary({ packages: [name] }),
        vary({ packages: [name], defaultGroups: true }),
        vary({ packages: [name], groups: groups.slice(0, 1) }),
      ]),
  ];
}

function exportArguments(selection: Selection): readonly string[] {
  return [
    ...(selection.defaultGroups ? [] : ['--no-default-groups']),
    ...(selection.allPackages ? ['--all-packages'] : []),
    ...selection.packages.flatMap((name) => ['--package', name]),
    ...selection.extras.flatMap((name) => ['--extra', name]),
    ...selection.groups.flatMap((name) => ['--group', name]),
  ];
}

async function load(dir: string): Promise<Project | UserError> {
  try {
    return await loadProject(path.resolve(dir), readText);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

function plan(
  project: Project | UserError,
  target: DeclaredTarget,
  selection: Selection,
): readonly Artifact[] | UserError {
  if (project instanceof UserError) return project;
  try {
    return planProject(project, parseTarget(target), selection);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

function differ(actual: readonly Artifact[] | UserError, expected: OracleAnswer): string | undefined {
  if (actual instanceof UserError)
    return 'refused' in expected ? undefined : `the plan refuses and uv does not: ${actual.message}`;
  if ('refused' in expected) return `uv refuses and the plan does not: ${expected.refused}`;
  // Named reason: where the lock has no hash, uv export fetches the file and hashes it; a plan
  // fetches nothing.
  const hashless = new Set(actual.filter(({ hash }) => hash === undefined).map(({ name }) => name));
  const own = new Set(actual.map(canonical));
  const theirs = new Set(
    expected.artifacts.map((item) =>
      canonical(hashless.has(String(item.name)) ? { ...item, hash: undefined } : item),
    ),
  );
  const extra = [...own].filter((line) => !theirs.has(line));
  const missing = [...theirs].filter((line) => !own.has(line));
  return extra.length + missing.length === 0
    ? undefined
    : `only in the plan: ${extra.join('; ')} -- only in uv's answer: ${missing.join('; ')}`;
}

/** What both sides say of an artifact, as one line. */
function canonical(item: Readonly<Record<string, unknown>> | Artifact): string {
  const {
    name,
    version,
    kind,
    filename,
    hash,
    size,
    url,
    path: file,
    commit,
    subdirectory,
  } = item as Artifact;
  if (kind === 'directory') return `${name} directory ${path.normalize(file ?? '')}`;
  if (kind === 'git') return `${name} ${version} git ${url} ${commit} ${subdirectory ?? ''}`;
  return `${name} ${version} ${kind} ${filename} ${hash ?? ''} ${size ?? ''}`;
}
