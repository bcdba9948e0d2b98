import type { Command } from 'commander';
import { UserError } from '../system/errors.ts';
import { readText } from '../system/files.ts';
import { jsonText, printable } from '../system/printable.ts';
import { parseLock } from '../uv/lock/parse.ts';
import type { Lock } from '../uv/lock/types.ts';
import { diffLocks, type LockDiff, type LockEntry, type PackageChange } from '../uv/plan/diff.ts';
import { parseTarget, SYSTEMS } from '../uv/plan/target.ts';
import type { CliContext } from './context.ts';
import { addExamples } from './options.ts';
import { formatTable } from './output.ts';

interface DiffOptions {
  readonly python?: string;
  readonly json?: boolean;
}

/** Adds `diff`: what changed between two locks. */
export function registerDiff(program: Command, cli: CliContext): void {
  const command = program
    .command('diff')
    .description('show what changed between two locks')
    .argument('<old>', 'uv.lock before')
    .argument('<new>', 'uv.lock after')
    .option('--python <version>', 'CPython to select wheels for (default: the newest that the lock supports)')
    .option('--json', 'print JSON')
    .action((old: string, now: string, options: DiffOptions) => runDiff(old, now, options, cli));
  addExamples(command, [
    ['uv-fod diff old.lock uv.lock', 'packages that were added, removed and changed'],
    ['uv-fod diff old.lock uv.lock --json', 'the same as JSON'],
  ]);
}

async function runDiff(old: string, now: string, options: DiffOptions, cli: CliContext): Promise<void> {
  const { python } = options;
  const targets = python === undefined ? undefined : SYSTEMS.map((system) => parseTarget({ system, python }));
  const diff = diffLocks(await load(old), await load(now), targets);
  cli.stdout(options.json ? `${jsonText(diff, 2)}\n` : describeDiff(diff));
}

async function load(file: string): Promise<Lock> {
  const text = await readText(file);
  if (text === undefined)
    throw new UserError('lock-missing', `There is no file ${file}. Name two uv.lock files.`);
  return parseLock(text, file);
}

function describeDiff(diff: LockDiff): string {
  const rows = [
    ...diff.added.map((change) => ['added', ...describeChange(change)]),
    ...diff.removed.map((change) => ['removed', ...describeChange(change)]),
    ...diff.changed.map((change) => ['changed', ...describeChange(change)]),
    ...diff.hashOnly.map((change) => [
      change.change.replace('-', ' '),
      change.name,
      change.version ?? '-',
      change.relation,
      printable(`${change.filename}: ${change.before ?? 'none'} → ${change.after ?? 'none'}`),
    ]),
  ];
  const totals = `${diff.added.length} added, ${diff.removed.length} removed, ${diff.changed.length} changed, ${diff.hashOnly.length} with another digest only`;
  return rows.length === 0 ? 'No package changed.\n' : `${formatTable(rows)}\n${totals}\n`;
}

function describeChange(change: PackageChange): readonly string[] {
  const versions = [change.before, change.after].filter((side) => side.length > 0).map(describeVersions);
  return [change.name, printable([...new Set(versions)].join(' → ')), change.relation, describeForms(change)];
}

function describeVersions(side: readonly LockEntry[]): string {
  return side
    .map((entry) => [entry.version ?? '(dynamic)', entry.source].filter(Boolean).join(' '))
    .join(', ');
}

/** `x86_64-linux wheel, aarch64-linux sdist → wheel`. */
function describeForms(change: PackageChange): string {
  const systems = Object.keys((change.after[0] ?? change.before[0])?.forms ?? {});
  return systems
    .map((system) => {
      const sides = [change.before, change.after]
        .filter((side) => side.length > 0)
        .map((side) =>
          [...new Set(side.map(({ forms }) => forms[system as keyof typeof forms] ?? 'none'))].join('/'),
        );
      return `${system} ${[...new Set(sides)].join(' → ')}`;
    })
    .join(', ');
}
