import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { cacheText, isCacheAddress } from '../config/cache.ts';
import { listOf, type PackageChoices, readChoices } from '../config/package.ts';
import { FirstMistake, TableReader } from '../config/reader.ts';
import type { NixRoot } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import { readText } from '../system/files.ts';
import { repositoryOf } from '../system/inside.ts';
import { loadProject, type Project } from '../uv/lock/project.ts';
import type { Selection } from '../uv/plan/selection.ts';

/** Adds examples to a command's help; a test runs each of them. */
export function addExamples(
  command: Command,
  examples: readonly (readonly [line: string, description: string])[],
): Command {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, description]) => `  $ ${line.padEnd(width)}  # ${description}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

/** The options that name the Nix code; at most one of them is set. */
export interface NixOptions {
  readonly file?: string;
  readonly flake?: string;
  readonly expression?: string;
}

/** Adds `--file`, `--flake` and `--expression`, named like the Action's inputs. */
export function addNixOptions(command: Command): Command {
  const file = new Option(
    '--file <file>',
    'Nix file that has the attribute, or that is one derivation (default: "default.nix")',
  );
  const flake = new Option('--flake <folder>', 'folder of the flake.nix that has the attribute');
  return command
    .addOption(file.conflicts(['flake', 'expression']))
    .addOption(flake.conflicts('expression'))
    .option('--expression <nix>', 'Nix expression that has the attribute');
}

export const isNixGiven = ({ file, flake, expression }: NixOptions): boolean =>
  (file ?? flake ?? expression) !== undefined;

export function nixRoot({ file = 'default.nix', flake, expression }: NixOptions): NixRoot {
  if (flake !== undefined) return { kind: 'flake', flake };
  if (expression !== undefined) return { kind: 'expression', expression };
  return { kind: 'file', file };
}

/**
 * The arguments and options of a command. `FLAKE#ATTRIBUTE` is an attribute of a flake, as in Nix's
 * own commands.
 * @throws UserError `input-invalid`
 */
export function withAttributes<T extends NixOptions>(
  texts: readonly string[],
  options: T,
): T & { readonly attributes: readonly string[] } {
  const parts = texts.map((text) => /^([^#]*)#(.*)$/.exec(text));
  const inFlake = texts.find((_, index) => parts[index]);
  if (inFlake === undefined) return { ...options, attributes: texts };
  if (isNixGiven(options))
    throw new UserError(
      'input-invalid',
      `'${inFlake}' names a flake already. Remove --file, --flake and --expression.`,
    );
  const [flake, ...others] = new Set(parts.map((part) => (part ? part[1] || '.' : undefined)));
  if (flake === undefined || others.length > 0)
    throw new UserError(
      'input-invalid',
      `'${texts.join(' ')}' names attributes of several files or flakes. Run the command once for each.`,
    );
  return { ...options, flake, attributes: parts.map((part) => part?.[2] || 'default') };
}

/** Options of a package that is not in the configuration, as in the Action's inputs. */
interface ChoiceOptions {
  readonly dependencies?: string;
  readonly imports?: string;
  readonly interpreter?: string;
  readonly allowDrift?: boolean;
}

export function addChoiceOptions(command: Command): Command {
  return command
    .option(
      '--dependencies <attribute>',
      'fixed-output derivation of the dependencies, such as .pythonDeps (default: the one that changes with the lock)',
    )
    .option('--imports <modules>', 'modules to import, separated by commas (default: pythonImportsCheck)')
    .option('--interpreter <attribute>', 'Python that imports them (default: that of the output)')
    .option('--allow-drift', 'accept a hash that differs in each run');
}

export const hasChoices = ({ dependencies, imports, interpreter, allowDrift }: ChoiceOptions): boolean =>
  (dependencies ?? imports ?? interpreter ?? allowDrift) !== undefined;

const mistakes = new FirstMistake((name) => `Option '--${name}'`);

/** @throws UserError `input-invalid` */
export function choicesOf({ dependencies, imports, interpreter, allowDrift }: ChoiceOptions): PackageChoices {
  const modules = imports === undefined ? undefined : listOf(imports);
  const table = { dependencies, imports: modules, interpreter, 'allow-drift': allowDrift };
  return TableReader.read(table, [], mistakes, readChoices);
}

/** The arguments and options that name packages. */
export interface PackageOptions extends NixOptions, ChoiceOptions {
  /** The command, for messages. */
  readonly command: string;
  /**
   * Attributes, or names of packages in the configuration; empty: all its packages, or the file
   * itself.
   */
  readonly attributes: readonly string[];
  readonly config?: string;
  readonly verbose?: boolean;
  readonly json?: boolean;
}

/** Whether the options name packages, instead of using the whole configuration. */
export const isNamed = (options: PackageOptions): boolean =>
  options.attributes.length > 0 || isNixGiven(options);

/** The arguments and options of commands for derivations, named like the Action's inputs. */
export function addPackageOptions(command: Command): Command {
  return addNixOptions(
    command.argument(
      '[attribute...]',
      'attributes of derivations, FLAKE#ATTRIBUTE, or names of packages in the configuration (default: all its packages)',
    ),
  )
    .option('--config <file>', 'configuration (default: ".github/uv-fod.toml" of the repository)')
    .option('--verbose', 'show the output of the programs that are run')
    .option('--json', 'print JSON');
}

/** The options that select a part of a lock, named as in uv. */
export interface SelectionOptions {
  readonly project: string;
  readonly lock?: string;
  readonly package?: readonly string[];
  readonly allPackages?: boolean;
  readonly extra?: readonly string[];
  readonly group?: readonly string[];
  readonly defaultGroups?: boolean;
  readonly json?: boolean;
}

export function addSelectionOptions(command: Command): Command {
  return command
    .option('--project <dir>', 'folder of the project or workspace member', '.')
    .option('--lock <file>', "lock to read instead of the project's own")
    .option('--package <name>', 'workspace member instead of the folder’s project (repeatable)', collect)
    .option('--all-packages', 'every member of the workspace')
    .option('--extra <name>', 'extra of the project (repeatable)', collect)
    .option('--group <name>', 'dependency group (repeatable)', collect)
    .option('--default-groups', 'also the groups that uv sync installs by default');
}

export const selectionOf = (options: SelectionOptions): Selection => ({
  packages: options.package ?? [],
  allPackages: options.allPackages ?? false,
  extras: options.extra ?? [],
  groups: options.group ?? [],
  defaultGroups: options.defaultGroups ?? false,
});

/** Collects the values of a repeatable option. */
export const collect = (value: string, previous: readonly string[] = []): readonly string[] => [
  ...previous,
  value,
];

/** The project that `--project` and `--lock` name. */
export async function selectedProject({ project, lock }: SelectionOptions): Promise<Project> {
  const folder = path.resolve(project);
  try {
    return await loadProject(folder, readText, {
      ...(lock === undefined ? {} : { lockFile: lock }),
      repository: (await repositoryOf(folder)) ?? null,
    });
  } catch (error) {
    if (!(error instanceof UserError && error.code === 'lock-missing' && lock === undefined)) throw error;
    throw new UserError(
      'lock-missing',
      `${error.message} If Nix fetches the source, name the fetched folder: --project "$(nix-build --no-out-link -A ATTRIBUTE)", where ATTRIBUTE is the source.`,
    );
  }
}

/** Parses the address of a binary cache. */
export function cacheAddress(text: string): string {
  if (isCacheAddress(text)) return text;
  throw new InvalidArgumentError(`it takes ${cacheText}.`);
}
