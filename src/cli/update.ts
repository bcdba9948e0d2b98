import { type Command, InvalidArgumentError, Option } from 'commander';
import { cacheText, isCacheAddress } from '../config/cache.ts';
import { UserError } from '../system/errors.ts';
import type { Effects } from './effects.ts';
import { addExamples } from './examples.ts';
import type { Io } from './io.ts';
import { addPackageOptions, addReportOptions } from './package-options.ts';
import type { Session } from './session.ts';
import { describeUpdate, updateJson } from './told.ts';
import type { Done, UpdateOptions } from './types.ts';

const dryRun = (): Option =>
  new Option('--dry-run', 'show what would change as a diff, and change nothing').default(false);

/** Options that `update` does not ask for. */
const always = { updateOutputs: true, lockOnly: false, recompute: false };

/** Adds `update`: brings hashes and build locks up to what uv.lock says, or packages to another version. */
export function registerUpdate(program: Command, io: Io, effects: Effects): void {
  const command = addReportOptions(addPackageOptions(program.command('update')))
    .description("bring a derivation's hash and build lock up to its uv.lock, then build and import it")
    .addOption(
      new Option(
        '--version <version>',
        'go to this version: wherever it stands, with the hashes that follow from it',
      ).conflicts('findReleases'),
    )
    .option('--find-releases', 'look for newer releases, as the configuration says, and go to them', false)
    .option('--compare-with <commit>', 'commit whose uv.lock the log compares with', 'HEAD')
    .option('--verify', 'build the derivation and import it before anything is kept (default)', true)
    .option('--no-verify', 'do not build the derivation')
    .option(
      '--skip-second-derivation',
      "believe the hash of Nix's own build, and do not compute it without Nix as well",
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
    ['uv-fod update', 'every package of the configuration'],
    ['uv-fod update authentik-django --version 2026.2.1', 'to another version, with its source'],
    ['uv-fod update authentik-django --dry-run', 'only the diff'],
    ['uv-fod update default --flake .', 'an attribute of a flake'],
  ]);
}

/** Adds `lock`: renews build locks alone. */
export function registerLock(program: Command, io: Io, effects: Effects): void {
  const rest = {
    ...{ verify: false, skipSecondDerivation: false, findReleases: false, lockOnly: true },
    ...{ updateOutputs: false, recompute: false },
  };
  const command = addReportOptions(addPackageOptions(program.command('lock')))
    .description(
      'renew the build lock: what has to be built, with its build requirements pinned; hashes stay as they are',
    )
    .addOption(dryRun())
    .action((attribute: string | undefined, options: Omit<UpdateOptions, keyof typeof rest | 'attribute'>) =>
      runUpdate({ ...options, ...rest, attribute }, io, effects),
    );
  addExamples(command, [
    ['uv-fod lock authentik-django', 'of one attribute of default.nix'],
    ['uv-fod lock authentik-django --dry-run', 'only the diff'],
  ]);
}

const nothingToCopy = (): UserError =>
  new UserError(
    'input-invalid',
    'Only what was built and imported is copied to a cache; leave out --no-verify or --cache-to.',
  );

function cacheAddress(text: string): string {
  if (isCacheAddress(text)) return text;
  throw new InvalidArgumentError(`It takes ${cacheText}.`);
}

async function runUpdate(options: UpdateOptions, io: Io, effects: Effects): Promise<void> {
  if (options.cacheTo !== undefined && !options.verify) throw nothingToCopy();
  const { withSession } = await import('./session.ts');
  await withSession(options, effects, async (session) => {
    const count = session.groups.reduce((sum, { packages }) => sum + packages.length, 0);
    if (options.version !== undefined && count !== 1) throw oneVersion(count);
    const done: Done[] = [];
    // Whatever goes wrong with a later group, the earlier ones are done and told.
    try {
      for (const group of session.groups) done.push(await updateOne(group, options, session, effects));
    } finally {
      const told = options.json ? updateJson(done, options) : describeUpdate(done, options, session, io);
      if (done.length > 0) io.stdout(told);
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
      // The source's hash of an attribute that is in no configuration follows its version.
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
    `--version goes with one package, and this is about ${count}. Name the one, as in 'uv-fod update authentik-django --version 2026.2.1'.`,
  );
