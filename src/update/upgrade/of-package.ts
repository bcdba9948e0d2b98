import { noLockRules } from '../../config/lock.ts';
import type { Edits } from '../../nix/edits.ts';
import { folderOf, placeOf } from '../../nix/target.ts';
import { UserError } from '../../system/errors.ts';
import { pathBelow } from '../../system/inside.ts';
import { normalizeName } from '../../uv/lock/names.ts';
import type { Project } from '../../uv/lock/project.ts';
import { loadInside } from '../../uv/lock/project.ts';
import type { Checkout } from '../checkout.ts';
import type { Context } from '../context.ts';
import { pinnedOf } from '../known.ts';
import { projectBeside } from '../lock-beside.ts';
import type { PackageRequest } from '../options.ts';
import { type LockUpgrade, upgradeLock } from './upgrade.ts';

type Upgradable = Pick<PackageRequest, 'config' | 'derivation' | 'checkout'>;

/**
 * Upgrades a package's uv.lock, if that is wanted.
 * @param edits receives the changed lock
 * @returns undefined if it is not wanted
 * @throws UserError `lock-elsewhere` if the lock is not in the repository; as `upgradeLock`
 */
export async function upgradeOf(
  request: PackageRequest,
  edits: Edits,
  context: Context,
): Promise<LockUpgrade | undefined> {
  const { config, checkout, options } = request;
  const { upgrade } = options;
  if (upgrade === undefined || (upgrade.isScheduled && config.lock === undefined)) return undefined;
  const rules = config.lock ?? noLockRules;
  const { project, made } = await tryUpgrade(request, upgrade.names, context);
  const { lockFile } = project;
  const { after, diff, fixes } = made;
  const isDirect = [...diff.added, ...diff.removed, ...diff.changed].some(
    ({ relation }) => relation === 'direct',
  );
  if (made.before === after) return made;
  if (upgrade.isScheduled && !isDirect && fixes.size === 0 && !(await isDue(lockFile, rules, checkout))) {
    const note =
      'Only transitive dependencies could change, which waits for a direct one, or for `maintenance`.';
    context.log.info(note);
    return { ...made, after: made.before, notes: [...made.notes, note] };
  }
  await edits.add([{ file: lockFile, before: made.before, after }], request.derivation);
  return made;
}

/**
 * Upgrades a package's lock, and writes nothing.
 * @param wanted names; empty: all packages
 * @throws UserError `lock-elsewhere`; as `upgradeLock`
 */
export async function tryUpgrade(
  request: Upgradable,
  wanted: readonly string[],
  context: Context,
): Promise<{ readonly project: Project; readonly made: LockUpgrade }> {
  const project = await upgradable(request, context);
  const names = wanted.map((name) => normalizeName(name) ?? name);
  const rules = request.config.lock ?? noLockRules;
  const made = await upgradeLock(project, { names, rules, now: Date.now() }, context);
  return { project, made };
}

/** The project of a package whose lock can be upgraded. */
async function upgradable({ config, derivation, checkout }: Upgradable, context: Context): Promise<Project> {
  const pinned = await pinnedOf(config, derivation, context);
  const folder =
    pinned === 'foreign' ? await projectBeside(folderOf(derivation), context.read) : pinned.project;
  const project = folder === undefined ? undefined : await loadInside(folder, context);
  if (project && pathBelow(checkout.root, project.lockFile) !== undefined) return project;
  const where = project
    ? `is not in this repository but in a source that Nix fetches (${project.lockFile})`
    : `is neither beside the derivation nor alone just below it (${folderOf(derivation)})`;
  throw new UserError(
    'lock-elsewhere',
    `The uv.lock of '${config.name}' ${where}, so it can't be upgraded here: follow the releases of that source ('releases' in the configuration), or remove [package.lock].`,
    placeOf(derivation),
  );
}

/** Whether a lock is older than `maintenance` allows. */
async function isDue(
  lockFile: string,
  { maintenance }: typeof noLockRules,
  checkout: Checkout,
): Promise<boolean> {
  if (maintenance === undefined) return false;
  const changed = await checkout.dateOf(lockFile);
  return changed === undefined || Date.now() - changed >= maintenance;
}
