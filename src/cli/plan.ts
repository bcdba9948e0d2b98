import path from 'node:path';
import type { Command } from 'commander';
import { readText } from '../effects/files.ts';
import type { Artifact } from '../plan/index.ts';
import { printable } from '../ports/printable.ts';
import type { Io } from './io.ts';
import { formatTable } from './table.ts';

interface PlanOptions {
  readonly project: string;
  readonly lock?: string;
  readonly package: readonly string[];
  readonly allPackages: boolean;
  readonly extra: readonly string[];
  readonly group: readonly string[];
  readonly defaultGroups: boolean;
  readonly python: string;
  readonly system: string;
  readonly libc?: string;
  readonly json: boolean;
}

/** Adds `plan`: the artifacts that a project's lock means for a target. */
export function registerPlan(program: Command, io: Io): void {
  program
    .command('plan')
    .description('list the artifacts that a uv.lock means for a target')
    .option('--project <dir>', 'folder of the project or workspace member', '.')
    .option('--lock <file>', "lock to read instead of the project's own")
    .option('--package <name>', 'workspace member instead of the folder’s project (repeatable)', collect, [])
    .option('--all-packages', 'every member of the workspace', false)
    .option('--extra <name>', 'extra of the project (repeatable)', collect, [])
    .option('--group <name>', 'dependency group (repeatable)', collect, [])
    .option('--default-groups', 'also the groups that uv sync installs by default', false)
    .option('--python <version>', 'CPython, 3.14 (that is 3.14.0) or exact', '3.14')
    .option(
      '--system <system>',
      'x86_64-linux, aarch64-linux, x86_64-darwin or aarch64-darwin',
      'x86_64-linux',
    )
    .option('--libc <kind:version>', 'glibc:2.39, musl:1.2 or macos:14.0 (default: glibc:2.39; macos:14.0)')
    .option('--json', 'machine-readable', false)
    .action((options: PlanOptions) => runPlan(options, io));
}

async function runPlan(options: PlanOptions, io: Io): Promise<void> {
  const [{ loadProject }, { parseTarget, planProject, planWarnings }] = await Promise.all([
    import('../lock/index.ts'),
    import('../plan/index.ts'),
  ]);
  const target = parseTarget(options);
  const lock = options.lock === undefined ? {} : { lockFile: options.lock };
  const project = await loadProject(path.resolve(options.project), readText, lock);
  const selection = {
    packages: options.package,
    allPackages: options.allPackages,
    extras: options.extra,
    groups: options.group,
    defaultGroups: options.defaultGroups,
  };
  const artifacts = planProject(project, target, selection);
  for (const warning of planWarnings(project, target, selection)) io.stderr(`uv-fod: warning: ${warning}\n`);
  io.stdout(options.json ? `${JSON.stringify({ artifacts }, undefined, 2)}\n` : describePlan(artifacts));
}

/** The plan as a table with totals, for a person. */
export function describePlan(artifacts: readonly Artifact[]): string {
  const header = ['NAME', 'VERSION', 'KIND', 'SIZE', 'ARTIFACT'];
  const rows = artifacts.map((artifact) => [
    artifact.name,
    artifact.version ?? '-',
    artifact.kind,
    artifact.size === undefined ? '-' : megabytes(artifact.size),
    printable(what(artifact)),
  ]);
  const count = (kind: Artifact['kind'], one: string, many: string): string => {
    const found = artifacts.filter((artifact) => artifact.kind === kind).length;
    return `${found} ${found === 1 ? one : many}`;
  };
  const bytes = artifacts.reduce((sum, artifact) => sum + (artifact.size ?? 0), 0);
  const unknown = artifacts.filter(
    ({ kind, size }) => (kind === 'wheel' || kind === 'sdist') && size === undefined,
  ).length;
  const note = unknown === 0 ? '' : ` and ${unknown} of unknown size`;
  const totals = [
    count('wheel', 'wheel', 'wheels'),
    count('sdist', 'sdist', 'sdists'),
    `${artifacts.filter(({ kind }) => kind === 'git').length} git`,
    count('directory', 'directory', 'directories'),
    `${megabytes(bytes)}${note}`,
  ];
  return `${formatTable([header, ...rows])}\n${totals.join(', ')}\n`;
}

function what(artifact: Artifact): string {
  if (artifact.kind === 'git') return `${artifact.url ?? ''}@${artifact.commit ?? ''}`;
  return artifact.filename ?? artifact.path ?? artifact.url ?? '';
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}
