import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { parseBuildLock } from '../build-lock/text.ts';
import type { HashResult } from '../fetch/hash.ts';
import { hashOutputs } from '../fetch/hash.ts';
import { UserError } from '../system/errors.ts';
import { jsonText } from '../system/printable.ts';
import { readBytes } from '../system/read-bytes.ts';
import { noDigestText, withoutDigest } from '../uv/plan/artifact.ts';
import type { DeclaredTarget } from '../uv/plan/manifest.ts';
import { planDeclared } from '../uv/plan/plan.ts';
import type { CliContext } from './context.ts';
import {
  addExamples,
  addSelectionOptions,
  collect,
  type SelectionOptions,
  selectedProject,
  selectionOf,
} from './options.ts';

export interface HashOptions extends SelectionOptions {
  readonly buildLock?: string;
  readonly system?: readonly string[];
  readonly python?: string;
  readonly libc: string;
}

/** Adds `hash`: hashes of fixed-output derivations, computed without Nix. */
export function registerHash(program: Command, cli: CliContext): void {
  const command = addSelectionOptions(program.command('hash'))
    .description(
      "compute the hash of a lock's fixed-output derivation without Nix, for one or several systems",
    )
    .option('--build-lock <file>', 'uv-fod.lock.json; its target and systems are used')
    .option('--system <system>', 'x86_64-linux or aarch64-linux (repeatable)', collect)
    .option('--python <version>', 'exact version of CPython, required without --build-lock', exactVersion)
    .option('--libc <kind:version>', 'as in fetchUvDeps', 'glibc:2.39')
    .option('--json', 'print JSON')
    .action((options: HashOptions) => runHash(options, cli));
  addExamples(command, [
    ['uv-fod hash --build-lock uv-fod.lock.json', 'for the target of the build lock'],
    ['uv-fod hash --python 3.14.8', 'without a build lock'],
    ['uv-fod hash --python 3.14.8 --system x86_64-linux --system aarch64-linux', 'two systems in one run'],
  ]);
}

async function runHash(options: HashOptions, cli: CliContext): Promise<void> {
  const { targets, recorded } = await targetsOf(options);
  const project = await selectedProject(options);
  const systems = targets.map((target) => ({ target, artifacts: planDeclared(project, target).artifacts }));
  const result = await hashOutputs(systems, path.resolve(options.project), await cli.hashTools(project.root));
  const wheels = systems.flatMap(({ artifacts }) => artifacts).filter(({ kind }) => kind === 'wheel');
  const open = noDigestText(wheels);
  if (open !== undefined) cli.stderr(`uv-fod: warning: ${open}\n`);
  const json = { ...asJson(result, recorded), withoutDigest: withoutDigest(wheels).length };
  cli.stdout(options.json ? `${jsonText(json, 2)}\n` : describe(result, recorded));
}

interface Targets {
  readonly targets: readonly DeclaredTarget[];
  /** The hash in the build lock, by system. */
  readonly recorded: ReadonlyMap<string, string>;
}

export async function targetsOf(options: HashOptions): Promise<Targets> {
  if (options.buildLock !== undefined) return targetsOfBuildLock(options.buildLock, options.system);
  const { python, libc, system = ['x86_64-linux'] } = options;
  if (python === undefined)
    throw new UserError(
      'target-missing',
      'The hash depends on the exact version of Python. Set --python, or --build-lock to use its target.',
    );
  const targets = [...new Set(system)].map((one) => ({ system: one, python, libc, ...selectionOf(options) }));
  return { targets, recorded: new Map() };
}

/** Limit in bytes, many times the size of real build locks. */
const mostBuildLock = 32 << 20;

async function targetsOfBuildLock(file: string, wanted: readonly string[] | undefined): Promise<Targets> {
  const text = (await readBytes(file, mostBuildLock))?.toString();
  if (text === undefined)
    throw new UserError('file-missing', `${file} can't be read; 'uv-fod update' creates it.`);
  const { target, systems } = parseBuildLock(text, file);
  const known = Object.keys(systems);
  return {
    targets: [...new Set(wanted ?? known)].map((system) => ({ ...target, system })),
    recorded: new Map(known.map((system) => [system, systems[system]?.hash ?? ''])),
  };
}

function asJson({ hashes, downloaded }: HashResult, recorded: ReadonlyMap<string, string>): object {
  const systems = hashes.map((hash) => ({ ...hash, recorded: recorded.get(hash.system) ?? null }));
  return { systems, downloaded };
}

function describe({ hashes }: HashResult, recorded: ReadonlyMap<string, string>): string {
  return hashes
    .map(({ system, hash }) => {
      const before = recorded.get(system);
      const note =
        before === undefined || before === hash ? '' : `  (the build lock has ${before || 'none'})`;
      return `${system}  ${hash}${note}\n`;
    })
    .join('');
}

export function exactVersion(text: string): string {
  if (/^\d+\.\d+\.\d+\S*$/.test(text)) return text;
  throw new InvalidArgumentError('an exact version is required, such as 3.14.8.');
}
