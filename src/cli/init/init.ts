import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { isRootAttribute, rootAttributeText } from '../../config/names.ts';
import type { NixRoot } from '../../nix/target.ts';
import { jsonText } from '../../system/printable.ts';
import { locksAround } from '../../update/checkout.ts';
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
import { configAfter, planFiles, writeAll } from './files.ts';
import { findPackages } from './find.ts';
import { groupsOf, missingIn, problemsOf, releasesOf, tryConfig } from './try.ts';
import {
  actionOf,
  branchOf,
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
    .option('--no-group', 'one pull request for each package, even if packages share a uv.lock')
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
    const { run } = context;
    const { dryRun = false, force = false } = options;
    const warn = (text: string): void => cli.stderr(`uv-fod: warning: ${text}\n`);
    const action = await actionOf(options.action, cli.clone, run);
    const given = isNixGiven(options) ? fromTop(nixRoot(options), root) : undefined;
    const { tried, leftOut, ...found } = await findPackages(options.attribute, given, root, context);
    const seen = await seeForge(root, run);
    const ask = options.yes || options.json ? undefined : cli.ask;
    const decided = await decide({ forge: seen.forge, given, leftOut, ...found }, options, ask);
    const { use, forge } = decided;
    const warning = shadowed(forge, seen);
    if (warning !== undefined) warn(warning);
    const example = await cli.example(exampleFor(forge, use));
    const isFlake = decided.packages.every(({ nix }) => nix.kind === 'flake');
    const branch = await branchOf(root, run);
    const workflow = workflowOf(example, { forge, branch, action, isFlake });
    const groups = options.group ? groupsOf(tried, root) : new Map<string, string>();
    const packages = decided.packages.map((one) => ({ ...one, group: groups.get(one.name) }));
    const made = { path: configPath, text: configText(packages, use) };
    const plan = await planFiles([made, workflow], root, force);
    const config = await configAfter(plan, root, made.text);
    const configured = await tryConfig(config, tried, root, context);
    const releases = use === 'updater' ? await releasesOf(config, configured, cli.finders(context)) : [];
    if (!dryRun) await writeAll(plan.write, root);
    const result = {
      ...{ use, forge, packages, leftOut, action, dryRun, releases, ...plan },
      missing: plan.kept.includes(configPath) ? missingIn(config, decided.packages, tried) : [],
      stale: configured.filter(({ isCurrent }) => !isCurrent).map(({ name }) => name),
      problems: problemsOf(configured),
      warnings: [...new Set(configured.flatMap(({ warnings }) => warnings))],
      locks: (await locksAround(root, run)).map((file) => path.relative(root, file)),
    };
    cli.stdout(options.json ? `${jsonText(result, 2)}\n` : describe(result, cli));
  });
}

/**
 * Converts a path in an option, relative to the current folder, to a path in the configuration,
 * relative to the root of the repository.
 */
function fromTop(nix: NixRoot, root: string): NixRoot {
  if (nix.kind === 'file') return { kind: 'file', file: path.relative(root, path.resolve(nix.file)) };
  if (nix.kind === 'flake')
    return { kind: 'flake', flake: path.relative(root, path.resolve(nix.flake)) || '.' };
  return nix;
}
