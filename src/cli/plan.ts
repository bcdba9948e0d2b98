import { type Command, Option } from 'commander';
import { jsonText, printable } from '../system/printable.ts';
import { type Artifact, noDigestText, withoutDigest } from '../uv/plan/artifact.ts';
import { planProject, planWarnings } from '../uv/plan/plan.ts';
import { parseTarget } from '../uv/plan/target.ts';
import type { CliContext } from './context.ts';
import {
  addExamples,
  addSelectionOptions,
  type SelectionOptions,
  selectedProject,
  selectionOf,
} from './options.ts';
import { formatTable } from './output.ts';

interface PlanOptions extends SelectionOptions {
  readonly python: string;
  readonly system: string;
  readonly libc?: string;
}

/** Adds `plan`: the artifacts that a lock selects for a target. */
export function registerPlan(program: Command, cli: CliContext): void {
  const command = addSelectionOptions(program.command('plan'))
    .description('list the artifacts that a uv.lock selects for a target')
    .option('--python <version>', 'CPython, such as 3.14 (which means 3.14.0) or 3.14.8', '3.14')
    .addOption(
      new Option('--system <system>', 'system to install for')
        .choices(['x86_64-linux', 'aarch64-linux', 'x86_64-darwin', 'aarch64-darwin'])
        .default('x86_64-linux'),
    )
    .option('--libc <kind:version>', 'glibc:2.39, musl:1.2 or macos:14.0 (default: glibc:2.39; macos:14.0)')
    .option('--json', 'print JSON')
    .action((options: PlanOptions) => runPlan(options, cli));
  addExamples(command, [
    ['uv-fod plan', 'the project in this folder, for Python 3.14 on x86_64-linux'],
    ['uv-fod plan --system aarch64-linux --python 3.14.8', 'for another system, and an exact Python'],
    ['uv-fod plan --default-groups --json', 'with the groups that uv sync installs, as JSON'],
  ]);
}

async function runPlan(options: PlanOptions, cli: CliContext): Promise<void> {
  const target = parseTarget(options);
  const project = await selectedProject(options);
  const selection = selectionOf(options);
  const artifacts = planProject(project, target, selection);
  for (const warning of planWarnings(project, target, selection)) cli.stderr(`uv-fod: warning: ${warning}\n`);
  const open = noDigestText(artifacts);
  if (open !== undefined) cli.stderr(`uv-fod: warning: ${open}\n`);
  const json = { artifacts, withoutDigest: withoutDigest(artifacts).length };
  cli.stdout(options.json ? `${jsonText(json, 2)}\n` : describePlan(artifacts, cli));
}

/** The plan as a table with totals. */
function describePlan(artifacts: readonly Artifact[], { paint }: CliContext): string {
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
  const [first = '', ...lines] = formatTable([header, ...rows]).split('\n');
  return `${[paint('heading', first), ...lines].join('\n')}\n${totals.join(', ')}\n`;
}

function what(artifact: Artifact): string {
  if (artifact.kind === 'git') return `${artifact.url ?? ''}@${artifact.commit ?? ''}`;
  return artifact.filename ?? artifact.path ?? artifact.url ?? '';
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
