import path from 'node:path';
import { type Command, Option } from 'commander';
import { usualPolicy } from '../config/policy.ts';
import { patchText } from '../nix/edit.ts';
import { chooseIndex } from '../release/index-page.ts';
import { UserError } from '../system/errors.ts';
import { jsonText } from '../system/printable.ts';
import { updateOrBlame } from '../update/blame.ts';
import { builtLines } from '../update/build-systems.ts';
import { evaluatePackages, type KnownPackages } from '../update/known.ts';
import type { Options } from '../update/options.ts';
import type { Updated } from '../update/package.ts';
import type { CliContext } from './context.ts';
import {
  addChoiceOptions,
  addExamples,
  addPackageOptions,
  cacheAddress,
  isNamed,
  type PackageOptions,
  withAttributes,
} from './options.ts';
import { errorFields, paintDiff } from './output.ts';
import { type Session, withSession } from './session.ts';

interface UpdateOptions extends PackageOptions, Options {
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
}

interface UpdateFlags extends Omit<PackageOptions, 'attributes'>, Pick<Options, 'verify'> {
  readonly compareWith?: string;
  readonly upgrade?: true | readonly string[];
}

/** Fixed options of `update`; those of `lock` follow. */
const always = {
  ...{ updateOutputs: true, lockOnly: false, recompute: false },
  ...{ findReleases: false, skipSecondDerivation: false, comparison: { since: 'HEAD' } },
  policy: usualPolicy,
};
const lockAlone = { ...always, updateOutputs: false, lockOnly: true, verify: false };

const dryRun = ['--dry-run', 'print what would change as a diff, and change nothing'] as const;

/** Adds `update`: updates hashes and build locks for a changed uv.lock or another version. */
export function registerUpdate(program: Command, cli: CliContext): void {
  const version = new Option(
    '--version <version>',
    'update to this version: every place that has it, and the hashes that depend on it',
  );
  const cacheTo = new Option(
    '--cache-to <address>',
    'copy the verified output to this binary cache',
  ).argParser(cacheAddress);
  const command = addChoiceOptions(addPackageOptions(program.command('update')))
    .description("update a derivation's hash and build lock to match its uv.lock, then build and import it")
    .addOption(version.conflicts('findReleases'))
    .option('--find-releases', 'find newer releases according to the configuration, and update to them')
    .option(
      '--upgrade [names...]',
      'upgrade these packages in uv.lock, or all, by the rules of the configuration',
    )
    .option(
      '--compare-with <commit>',
      'commit whose uv.lock the log compares with (default: the one that the hash was made for)',
    )
    .option('--verify', 'build and import the derivation before changes are kept', true)
    .option('--no-verify', 'do not build the derivation')
    .option(
      '--skip-second-derivation',
      "use the hash of Nix's build, without computing it a second time without Nix",
    )
    .addOption(cacheTo.conflicts('dryRun'))
    .option(...dryRun)
    .addOption(new Option('--quiet', 'print nothing on standard output').conflicts(['dryRun', 'json']))
    .action((attributes: string[], options: UpdateFlags) => {
      const comparison = { compareWith: options.compareWith, since: 'HEAD' };
      const { upgrade: wanted, ...others } = options;
      const names = wanted === undefined || wanted === true ? [] : wanted;
      const upgrade = wanted === undefined ? undefined : { names, isScheduled: false };
      const asked = { ...always, ...withAttributes(attributes, others), comparison, upgrade };
      return runUpdate({ ...asked, command: 'update' }, cli);
    });
  addExamples(command, [
    ['uv-fod update authentik-django', 'one attribute of default.nix'],
    ['uv-fod update', 'all packages of the configuration'],
    ['uv-fod update authentik-django --version 2026.2.1', 'to another version, with its source'],
    ['uv-fod update authentik-django --dry-run', 'only the diff'],
    ['uv-fod update authentik-django --upgrade', 'with the newest versions in uv.lock'],
    ['uv-fod update authentik-django --quiet', 'only the files: for postUpgradeTasks of Renovate'],
    ['uv-fod update .#default', 'an attribute of a flake, as in Nix'],
  ]);
}

/** Adds `lock`: updates build locks alone. */
export function registerLock(program: Command, cli: CliContext): void {
  const command = addPackageOptions(program.command('lock'))
    .description('update only the build lock (packages to build, and their pinned build requirements)')
    .option(...dryRun)
    .action((attributes: string[], options: PackageOptions) =>
      runUpdate({ ...lockAlone, ...withAttributes(attributes, options), command: 'lock' }, cli),
    );
  addExamples(command, [
    ['uv-fod lock authentik-django', 'one attribute of default.nix'],
    ['uv-fod lock authentik-django --dry-run', 'only the diff'],
  ]);
}

/** The result for one group. */
interface Done {
  readonly updated: readonly Updated[];
  readonly patch: string;
}

async function runUpdate(options: UpdateOptions, cli: CliContext): Promise<void> {
  if (options.cacheTo !== undefined && !options.verify)
    throw new UserError(
      'input-invalid',
      'Only verified outputs are copied to a binary cache. Remove --no-verify or --cache-to.',
    );
  await withSession(options, cli, async (session) => {
    const count = session.groups.reduce((sum, { packages }) => sum + packages.length, 0);
    if (options.version !== undefined && count !== 1)
      throw new UserError(
        'version-of-several',
        `--version applies to one package, and there are ${count}. Name one, as in 'uv-fod update authentik-django --version 2026.2.1'.`,
      );
    const known = await evaluatePackages(
      session.groups.flatMap(({ packages }) => packages),
      session.derivationOf,
      session.context,
    );
    const done: Done[] = [];
    const print = (failure: object = {}): void => {
      if (options.quiet) return;
      cli.stdout(options.json ? asJson(done, options, failure) : describe(done, options, session, cli));
    };
    try {
      for (const { packages } of session.groups)
        done.push(await updateOne(packages, { ...options, known }, session, cli));
    } catch (error) {
      // Earlier groups are complete, so their results are printed.
      if (done.length > 0) print(errorFields(error));
      throw error;
    }
    print();
  });
}

async function updateOne(
  packages: Session['groups'][number]['packages'],
  { known, ...options }: UpdateOptions & { readonly known: KnownPackages },
  { context, checkout, root, config, groups, derivationOf }: Session,
  cli: CliContext,
): Promise<Done> {
  const found = cli.finders(context);
  const finders = { ...found, index: chooseIndex(config?.index, found.index) };
  const edits = await context.openEdits(checkout.root);
  const updated: Updated[] = [];
  await edits.undoOnError(async () => {
    for (const one of packages) {
      // Prints the package's name above its stages.
      if (groups.length > 1 || packages.length > 1) context.log.info(`${one.name}:`);
      const request = {
        // Without a configuration, a new version means a new source.
        config: options.version === undefined || config ? one : { ...one, hasSource: true },
        ...{ known, checkout, derivation: await derivationOf(one) },
        options: { ...options, policy: config?.policy ?? usualPolicy },
      };
      updated.push(await updateOrBlame(request, edits, context, finders));
    }
  });
  const patch = patchText(edits.since(), root);
  if (!options.dryRun && edits.since().length > 0) known.clear();
  await (options.dryRun ? edits.undo() : edits.keep());
  return { updated, patch };
}

/** An object for one named attribute, otherwise an object with a list. */
function asJson(done: readonly Done[], options: UpdateOptions, failure: object): string {
  const packages = done.flatMap(({ updated }) => updated.map(packageJson));
  const [only] = packages;
  const patch = options.dryRun ? { patch: done.map((one) => one.patch).join('') } : {};
  const changed = packages.some((one) => one.changed);
  const isOne = isNamed(options) && packages.length === 1;
  return `${jsonText(isOne ? { ...only, ...patch } : { changed, packages, ...patch, ...failure }, 2)}\n`;
}

function packageJson({ config, bump, update, edits, upgrade }: Updated) {
  const { hashes, built, unbuilt, isCached, stages, pinned } = update;
  return {
    name: config.name,
    changed: edits.length > 0,
    version: { before: bump?.before ?? pinned.version, after: bump?.after ?? pinned.version },
    outputs: (bump?.hashes ?? []).map(({ attribute, after }) => ({ attribute, hash: after })),
    hashes: hashes.map(({ place: _, problem: __, ...one }) => one),
    files: edits.map(({ file }) => file),
    ...{ out: built[0]?.out, imported: built[0]?.imported ?? [], isCached, stages: stages.done },
    ...{ built, unbuilt },
    ...(upgrade ? { held: upgrade.held, notes: upgrade.notes } : {}),
  };
}

/** The result as text, with the diff for `--dry-run`. */
function describe(
  done: readonly Done[],
  options: UpdateOptions,
  { checkout }: Session,
  cli: CliContext,
): string {
  const all = done.flatMap(({ updated }) => updated);
  const lines = all.flatMap((one) =>
    describeOne(one, cli).map((line) => (all.length > 1 ? `${one.config.name}: ${line}` : line)),
  );
  const changed = options.dryRun ? 'would change' : 'changed';
  const names = new Set(all.flatMap(({ edits }) => edits.map(({ file }) => file)));
  for (const file of names) lines.push(`${changed} ${path.relative('.', path.resolve(checkout.root, file))}`);
  const patch = options.dryRun ? paintDiff(done.map((one) => one.patch).join(''), cli) : '';
  return `${lines.join('\n')}\n${patch}`;
}

function describeOne({ bump, edits, upgrade, update }: Updated, { paint }: CliContext): string[] {
  const held = (upgrade?.held ?? []).map(
    ({ name, version, why }) => `${paint('warning', 'held back')} ${name} ${version}: ${why}`,
  );
  if (edits.length === 0)
    return [
      `${paint('good', 'Nothing to do')}: hash and build lock are up to date with uv.lock.`,
      ...[...held, ...(upgrade?.notes ?? [])],
    ];
  const { hashes } = update;
  const isBump = bump !== undefined && bump.before !== bump.after;
  return [
    ...(isBump ? [`${bump.before} → ${paint('good', bump.after)}`] : []),
    ...(bump?.hashes ?? []).map(({ attribute, after }) => `${attribute}: ${after}`),
    ...hashes.map(({ system, before, after }) =>
      before === after
        ? `${system}: ${after}, unchanged`
        : `${system}: ${before || '(none)'} → ${paint('good', after)}`,
    ),
    ...builtLines(update, hashes.length > 1),
    ...[...held, ...(upgrade?.notes ?? [])],
  ];
}
