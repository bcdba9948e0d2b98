import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { isRootAttribute, rootAttributeText } from '../../config/names.ts';
import { parseConfig } from '../../config/parse.ts';
import { evaluate } from '../../nix/evaluate.ts';
import { derivationRef, type NixRoot } from '../../nix/target.ts';
import { UserError } from '../../system/errors.ts';
import { jsonText } from '../../system/printable.ts';
import { patchText } from '../../update/patch-text.ts';
import type { Context } from '../../update/types.ts';
import type { CliContext } from '../context.ts';
import {
  addExamples,
  addNixOptions,
  isNixGiven,
  type NixOptions,
  nixRoot,
  withAttribute,
} from '../options.ts';
import { paintDiff } from '../output.ts';
import { withCheckout } from '../session.ts';
import { configPath, configText, type Decided, decide } from './decide.ts';
import { type FilePlan, planFiles, writeAll } from './files.ts';
import {
  branchOf,
  eachHashOnce,
  type FoundPackage,
  type LeftOut,
  locksOf,
  packagesAt,
  type SeenPackage,
} from './look.ts';
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
    .option('--yes', 'do not ask')
    .option('--force', 'overwrite existing files')
    .option('--dry-run', 'print what would be written as a diff, and write nothing')
    .option('--verbose', 'show the output of the programs that are run')
    .option('--json', 'print JSON; do not ask')
    .action((attribute: string | undefined, options: Omit<InitOptions, 'attribute'>) =>
      runInit(withAttribute(attribute, options), cli),
    );
  addExamples(command, [
    ['uv-fod init --dry-run', 'show what would be written'],
    ['uv-fod init --yes', 'the workflow for bumps, for all packages found'],
    ['uv-fod init authentik-django --use check --yes', 'the status check for one attribute'],
    ['uv-fod init --forge forgejo --dry-run', 'the same in .forgejo/workflows'],
  ]);
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
    const config = { path: configPath, text: configText(decided.packages) };
    await tryConfig(config.text, root, context, warn);
    const plan = await planFiles([config, workflow], root, options.force ?? false);
    const { dryRun = false } = options;
    if (!dryRun) await writeAll(plan.write, root);
    const result = { ...decided, ...plan, leftOut, action, locks: await locksOf(root, run), dryRun };
    cli.stdout(options.json ? `${jsonText(result, 2)}\n` : describe(result, cli));
  });
}

/**
 * Tries what the next command does with a configuration: reads it, and evaluates its packages.
 * @throws UserError if a package is missing, or is not one of uv-fod's
 */
async function tryConfig(
  text: string,
  root: string,
  { run, log }: Context,
  warn: (text: string) => void,
): Promise<void> {
  for (const { nix, attribute } of parseConfig(text, configPath).packages) {
    const derivation = derivationRef(nix, attribute, root, path.join(root, configPath));
    try {
      await evaluate(derivation, run, log);
    } catch (error) {
      const isOther =
        error instanceof UserError && ['nix-missing', 'source-unreachable'].includes(error.code);
      if (!isOther) throw error;
      warn(`${attribute} was not tried: ${error.message}`);
    }
  }
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

interface Result extends FilePlan, Decided {
  readonly leftOut: readonly LeftOut[];
  readonly action: string;
  readonly locks: readonly string[];
  readonly dryRun: boolean;
}

function describe(
  { write, kept, packages, leftOut, use, action, locks, dryRun }: Result,
  cli: CliContext,
): string {
  const lines = packages.map(
    ({ attribute, systems }) =>
      `${cli.paint('heading', attribute)}${systems.length > 0 ? ` for ${systems.join(' and ')}` : ''}`,
  );
  lines.push(
    ...leftOut.map(({ attribute, why }) => `left out ${attribute}: ${why}`),
    locks.length > 0
      ? `locks: ${locks.join(', ')}`
      : 'no uv.lock in the repository: it is in a fetched source, or create it with `uv lock`',
    ...kept.map((name) => `kept ${name}`),
  );
  if (dryRun) {
    lines.push(...write.map(({ path: name }) => `would write ${name}`));
    const edits = write.map(({ path: name, before, text }) => ({ file: `/${name}`, before, after: text }));
    return `${lines.join('\n')}\n${paintDiff(patchText(edits, '/'), cli)}`;
  }
  lines.push(...write.map(({ path: name }) => `wrote ${cli.paint('good', name)}`), '', 'Next:');
  if (use === 'updater' && packages.some(({ releases }) => !releases))
    lines.push(`  - set in ${configPath} where the releases are (docs/configuration.md)`);
  lines.push(
    '  - run `uv-fod update`, which fills in the hashes and writes the build lock',
    `  - review uv-fod at ${action}, commit all of it, and push`,
  );
  return `${lines.join('\n')}\n`;
}
