import { type Command, InvalidArgumentError, Option } from 'commander';
import { cacheText, isCacheAddress } from '../config/cache.ts';
import { UserError } from '../system/errors.ts';
import type { Effects } from './effects.ts';
import { addExamples } from './examples.ts';
import type { Io } from './io.ts';
import { addPackageOptions, addReportOptions } from './package-options.ts';
import type { Session } from './session.ts';
import type { Done, UpdateOptions } from './types.ts';
import { describeUpdate, updateJson } from './update-output.ts';

const dryRun = (): Option =>
  new Option('--dry-run', 'print what would change as a diff, and change nothing').default(false);

/** Options that `update` does not ask for. */
const always = { updateOutputs: true, lockOnly: false, recompute: false };

/** Adds `update`: updates hashes and build locks for a changed uv.lock or another version. */
export function registerUpdate(program: Command, io: Io, effects: Effects): void {
  const command = addReportOptions(addPackageOptions(program.command('update')))
    .description("update a derivation's hash and build lock to its uv.lock, then build and import it")
    .addOption(
      new Option(
        '--version <version>',
        'update to this version, with every place that has it and the hashes that depend on it',
      ).conflicts('findReleases'),
    )
    .option(
      '--find-releases',
      'find newer releases according to the configuration, and update to them',
      false,
    )
    .option('--compare-with <commit>', 'commit whose uv.lock is compared with in the log', 'HEAD')
    .option('--verify', 'build and import the derivation before changes are kept (default)', true)
    .option('--no-verify', 'do not build the derivation')
    .option(
      '--skip-second-derivation',
      "use the hash of Nix's build, without computing it a second time without Nix",
      false,
    )
    .addOption(
      new Option('--cache-to <address>', 'copy what was built and imported to this binary cache')
        .argParser(cacheAddress)
        .conflicts('dryRun'),
    )
    .addOption(dryRun())
    .action(
      (attribute: string | undefined, options: Omit<UpdateOptions, keyof typeof always | 'attribute'>) =>
        runUpdate({ ...options, ...always, attribute }, io, effects),
    );
  addExamples(command, [
    ['uv-fod update authentik-django', 'one attribute of default.nix'],
    ['uv-fod update', 'all packages of the configuration'],
    ['uv-fod update authentik-django --version 2026.2.1', 'to another version, with its source'],
    ['uv-fod update authentik-django --dry-run', 'only the diff'],
    ['uv-fod update default --flake .', 'an attribute of a flake'],
  ]);
}

/** Adds `lock`: updates build locks alone. */
export function registerLock(program: Command, io: Io, effects: Effects): void {
  const rest = {
    ...{ verify: false, skipSecondDerivation: false, findReleases: false, lockOnly: true },
    ...{ updateOutputs: false, recompute: false },
  };
  const command = addReportOptions(addPackageOptions(program.command('lock')))
    .description(
      'update the build lock (what has to be built, and its pinned build requirements), and keep the hashes',
    )
    .addOption(dryRun())
    .action((attribute: string | undefined, options: Omit<UpdateOptions, keyof typeof rest | 'attribute'>) =>
      runUpdate({ ...options, ...rest, attribute }, io, effects),
    );
  addExamples(command, [
    ['uv-fod lock authentik-django', 'one attribute of default.nix'],
    ['uv-fod lock authentik-django --dry-run', 'only the diff'],
  ]);
}

const nothingToCopy = (): UserError =>
  new UserError(
    'input-invalid',
    'Only verified outputs are copied to a binary cache. Remove --no-verify or --cache-to.',
  );

function cacheAddress(text: string): string {
  if (isCacheAddress(text)) return text;
  throw new InvalidArgumentError(`it takes ${cacheText}.`);
}

async function runUpdate(options: UpdateOptions, io: Io, effects: Effects): Promise<void> {
  if (options.cacheTo !== undefined && !options.verify) throw nothingToCopy();
  const { withSession } = await import('./session.ts');
  await withSession(options, effects, async (session) => {
    const count = session.groups.reduce((sum, { packages }) => sum + packages.length, 0);
    if (options.version !== undefined && count !== 1) throw oneVersion(count);
    const done: Done[] = [];
    // Earlier groups are complete and reported, even if a later one fails.
    try {
      for (const group of session.groups) done.push(await updateOne(group, options, session, effects));
    } finally {
      const text = options.json ? updateJson(done, options) : describeUpdate(done, options, session, io);
      if (done.length > 0) io.stdout(text);
    }
  });
}

async function updateOne(
  { packages }: Session['groups'][number],
  options: UpdateOptions,
  { parts, checkout, root, config, derivationOf }: Session,
  effects: Effects,
): Promise<Done> {
  const [{ updateGroup }, { updatePackage }, { chooseIndex }, { patchText }] = await Promise.all([
    import('../update/group.ts'),
    import('../update/package.ts'),
    import('../release/index-page.ts'),
    import('../update/patch-text.ts'),
  ]);
  const found = await effects.finders(parts);
  const finders = { ...found, index: chooseIndex(config?.index, found.index) };
  const edits = await parts.openEdits(checkout.root, checkout.journal);
  const updated = await updateGroup(packages, edits, async (one) => {
    const request = {
      // Without a configuration, a new version means a new source.
      config: options.version === undefined || config ? one : { ...one, hasSource: true },
      ...{ checkout, options, derivation: await derivationOf(one) },
    };
    return updatePackage(request, edits, parts, finders);
  });
  const patch = patchText(edits.since(), root);
  await (options.dryRun ? edits.undo() : edits.keep());
  return { updated, patch };
}

const oneVersion = (count: number): UserError =>
  new UserError(
    'version-of-several',
    `--version applies to one package, and there are ${count}. Name one, as in 'uv-fod update authentik-django --version 2026.2.1'.`,
  );
