import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { compareContents } from '../contents/contents.ts';
import { contentsLines } from '../contents/describe.ts';
import { plansOfLocks } from '../contents/of-locks.ts';
import { UserError } from '../system/errors.ts';
import { readText } from '../system/files.ts';
import { jsonText, printable } from '../system/printable.ts';
import { parseLock } from '../uv/lock/parse.ts';
import type { Lock } from '../uv/lock/types.ts';
import {
  diffLocks,
  type LockDiff,
  type LockEntry,
  newestPython,
  type PackageChange,
} from '../uv/plan/diff.ts';
import { parseTarget, SYSTEMS, type System } from '../uv/plan/target.ts';
import type { CliContext } from './context.ts';
import { addExamples } from './options.ts';
import { formatTable } from './output.ts';

interface DiffOptions {
  readonly python?: string;
  readonly contents?: boolean;
  readonly system?: readonly System[];
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
    .option('--contents', 'also show changes inside the packages: downloads their old and new files')
    .addOption(
      new Option('--system <system>', 'system for --contents (repeatable; default: x86_64-linux)')
        .choices(SYSTEMS)
        .argParser(systemOf),
    )
    .option('--json', 'print JSON')
    .action((old: string, now: string, options: DiffOptions) => runDiff(old, now, options, cli));
  addExamples(command, [
    ['uv-fod diff old.lock uv.lock', 'packages that were added, removed and changed'],
    ['uv-fod diff old.lock uv.lock --contents', 'also start-up code, native libraries, programs …'],
    ['uv-fod diff old.lock uv.lock --json', 'as JSON'],
  ]);
}

async function runDiff(old: string, now: string, options: DiffOptions, cli: CliContext): Promise<void> {
  const [before, after] = [await load(old), await load(now)];
  const python = options.python ?? newestPython(after);
  const diff = diffLocks(
    before,
    after,
    SYSTEMS.map((system) => parseTarget({ system, python })),
  );
  const plans = (options.system ?? ['x86_64-linux']).map((system) =>
    plansOfLocks(before, after, parseTarget({ system, python })),
  );
  const folder = path.dirname(path.resolve(now));
  const contents = options.contents
    ? await compareContents(plans, folder, await cli.hashTools(folder))
    : undefined;
  if (options.json) return cli.stdout(`${jsonText({ ...diff, contents }, 2)}\n`);
  cli.stdout(describeDiff(diff));
  if (contents)
    cli.stdout(
      contentsLines(contents)
        .map((line) => `${printable(line)}\n`)
        .join(''),
    );
}

function systemOf(value: string, before: readonly System[] = []): readonly System[] {
  const system = SYSTEMS.find((one) => one === value);
  if (system) return [...before, system];
  throw new InvalidArgumentError(`Allowed choices are ${SYSTEMS.join(', ')}.`);
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

/** Artifact kinds by system: `x86_64-linux wheel, aarch64-linux sdist → wheel`. */
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
