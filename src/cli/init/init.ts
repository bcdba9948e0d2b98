import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { isRootAttribute, rootAttributeText } from '../../config/names.ts';
import { parseConfig } from '../../config/parse.ts';
import type { NixRoot } from '../../nix/target.ts';
import { jsonText } from '../../system/printable.ts';
import { refuseSharedLocks } from '../../update/own-locks.ts';
import type { CliContext } from '../context.ts';
import {
  addExamples,
  addNixOptions,
  isNixGiven,
  type NixOptions,
  nixRoot,
  withAttributes,
} from '../options.ts';
import { withCheckout } from '../session.ts';
import { configPath, configText, decide } from './decide.ts';
import { describe } from './describe.ts';
import { packagesIn, planFiles, writeAll } from './files.ts';
import { branchOf, eachHashOnce, type FoundPackage, locksOf, packagesAt, type SeenPackage } from './look.ts';
import { groupsOf, missingIn, tryPackages } from './try.ts';
import {
  actionOf,
  exampleFor,
  type ForgeName,
  parseAction,
  seeForge,
  shadowed,
  type Use,
  uses,
  workflowFolders,
  workflowOf,
} from './workflow.ts';

interface InitOptions extends NixOptions {
  readonly attribute: string | undefined;
  readonly use?: Use;
  readonly forge?: ForgeName;
  readonly action?: string;
  readonly group: boolean;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly verbose?: boolean;
  readonly json?: boolean;
}

/** Adds `init`: writes a configuration and a workflow for the current repository. */
export function registerInit(program: Command, cli: CliContext): void {
  const use = new Option('--use <use>', 'purpose of the workflow');
  const forge = new Option('--forge <forge>', 'forge of the repository (default: detected)');
  const command = addNixOptions(program.command('init'))
    .description('write .github/uv-fod.toml and a workflow for this repository')
    .argument(
      '[attribute]',
      'attribute of the derivation (default: all that evaluation finds)',
      attributePath,
    )
    .addOption(use.choices(Object.keys(uses)))
    .addOption(forge.choices(Object.keys(workflowFolders)))
    .option(
      '--action <owner/name@commit>',
      'your copy of uv-fod on GitHub, and the commit that you reviewed (default: those of the clone that this program runs from)',
      actionAt,
    )
    .option('--no-group', 'a pull request for each package, also for those over one uv.lock')
    .option('--yes', 'do not ask')
    .option('--force', 'overwrite existing files')
    .option('--dry-run', 'print what would be written as a diff, and write nothing')
    .option('--verbose', 'show the output of the programs that are run')
    .option('--json', 'print JSON; do not ask')
    .action((attribute: string | undefined, options: Omit<InitOptions, 'attribute'>) =>
      runInit(oneAttribute(attribute, options), cli),
    );
  addExamples(command, [
    ['uv-fod init --dry-run', 'show what would be written'],
    ['uv-fod init --yes', 'the workflow for bumps, for all packages found'],
    ['uv-fod init authentik-django --use check --yes', 'the status check for one attribute'],
    ['uv-fod init --forge forgejo --dry-run', 'the same in .forgejo/workflows'],
  ]);
}

function oneAttribute(text: string | undefined, options: Omit<InitOptions, 'attribute'>): InitOptions {
  const { attributes, ...rest } = withAttributes(text === undefined ? [] : [text], options);
  return { ...rest, attribute: attributes[0] };
}

function attributePath(text: string): string {
  if (isRootAttribute(text.replace(/^[^#]*#(?=.)/, ''))) return text;
  throw new InvalidArgumentError(`it takes ${rootAttributeText}.`);
}

function actionAt(text: string): string {
  const action = parseAction(text);
  if (action !== undefined) return action;
  throw new InvalidArgumentError(
    'it takes owner/name@commit, with a full commit of 40 digits (a tag can be moved) and your own owner.',
  );
}

function runInit(options: InitOptions, cli: CliContext): Promise<void> {
  return withCheckout(options, cli, async (context, { root }) => {
    const { run, log } = context;
    const warn = (text: string): void => cli.stderr(`uv-fod: warning: ${text}\n`);
    const action = await actionOf(options.action, cli.clone, run);
    const given = isNixGiven(options) ? fromTop(nixRoot(options), root) : undefined;
    const found = await packagesAt(root, given, run, log);
    if (options.attribute === undefined) for (const note of found.notes) warn(note);
    const { packages, leftOut } =
      options.attribute === undefined
        ? eachHashOnce(found.packages)
        : { packages: [namedPackage(options, options.attribute, found.packages, root)], leftOut: [] };
    const seen = await seeForge(root, run);
    const ask = options.yes || options.json ? undefined : cli.ask;
    const decided = await decide({ forge: seen.forge, packages, given }, options, ask);
    const { use, forge } = decided;
    const warning = shadowed(forge, seen);
    if (warning !== undefined) warn(warning);
    const example = await cli.example(exampleFor(forge, use));
    const isFlake = decided.packages.every(({ nix }) => nix.kind === 'flake');
    const branch = await branchOf(root, run);
    const workflow = workflowOf(example, { forge, branch, action, isFlake });
    const text = configText(decided.packages, use);
    const tried = await tryPackages(parseConfig(text, configPath).packages, root, context, warn);
    const groups = options.group ? groupsOf(tried, root) : new Map<string, string>();
    const chosen = decided.packages.map((one) => ({ ...one, group: groups.get(one.attribute) }));
    const config = { path: configPath, text: configText(chosen, use) };
    const plan = await planFiles([config, workflow], root, options.force ?? false);
    const known = plan.kept.includes(configPath) ? await packagesIn(root) : undefined;
    const configured = tried.filter(({ name }) => known?.has(name) ?? true);
    refuseSharedLocks(configured);
    const { dryRun = false } = options;
    if (!dryRun) await writeAll(plan.write, root);
    const result = {
      ...{ use, forge, packages: chosen, leftOut, action, dryRun, ...plan },
      missing: known ? missingIn(known, decided.packages, tried) : [],
      stale: configured.filter(({ isCurrent }) => !isCurrent).map(({ name }) => name),
      locks: await locksOf(root, run),
    };
    cli.stdout(options.json ? `${jsonText(result, 2)}\n` : describe(result, cli));
  });
}

function namedPackage(
  options: InitOptions,
  attribute: string,
  found: readonly SeenPackage[],
  root: string,
): FoundPackage {
  const known = found.find((one) => one.attribute === attribute);
  if (known) {
    const { hashAt: _, ...rest } = known;
    return rest;
  }
  return { attribute, nix: fromTop(nixRoot(options), root), systems: [], source: undefined };
}

/**
 * Paths in the configuration start at the root of the repository, those in options at the current
 * folder.
 */
function fromTop(nix: NixRoot, root: string): NixRoot {
  if (nix.kind === 'file') return { kind: 'file', file: path.relative(root, path.resolve(nix.file)) };
  if (nix.kind === 'flake')
    return { kind: 'flake', flake: path.relative(root, path.resolve(nix.flake)) || '.' };
  return nix;
}
