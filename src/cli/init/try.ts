import path from 'node:path';
import { parseBuildLock } from '../../build-lock/text.ts';
import type { PackageConfig } from '../../config/types.ts';
import { evaluate } from '../../nix/evaluate.ts';
import { derivationRef } from '../../nix/target.ts';
import { UserError } from '../../system/errors.ts';
import { pathBelow } from '../../system/inside.ts';
import { type Evaluated, lockFileOf } from '../../update/own-locks.ts';
import { compareSystems, loadInside } from '../../update/plan.ts';
import type { Context } from '../../update/types.ts';
import { configPath, type Decided } from './decide.ts';

/** A package as the next command will see it. */
export interface Tried extends Evaluated {
  /** Its `uv.lock`; undefined if that can't be read yet. */
  readonly uvLock: string | undefined;
  /** Whether its hashes and build lock match `uv.lock`. */
  readonly isCurrent: boolean;
}

/**
 * Evaluates packages as the next command will.
 * @param warn takes why a package could not be tried here
 * @throws UserError if a package is missing, or is not one of uv-fod's
 */
export async function tryPackages(
  packages: readonly PackageConfig[],
  root: string,
  context: Context,
  warn: (text: string) => void,
): Promise<Tried[]> {
  const tried: Tried[] = [];
  for (const { nix, attribute } of packages) {
    const derivation = derivationRef(nix, attribute, root, path.join(root, configPath));
    try {
      const pinned = await evaluate(derivation, context.run, context.log);
      tried.push({ name: attribute, derivation, pinned, ...(await lockOf({ derivation, pinned }, context)) });
    } catch (error) {
      const isOther =
        error instanceof UserError && ['nix-missing', 'source-unreachable'].includes(error.code);
      if (!isOther) throw error;
      warn(`${attribute} was not tried: ${error.message}`);
    }
  }
  return tried;
}

/** `uv.lock` may not exist yet; the next command reports what is wrong with it. */
async function lockOf(
  { derivation, pinned }: Pick<Evaluated, 'derivation' | 'pinned'>,
  context: Context,
): Promise<Pick<Tried, 'uvLock' | 'isCurrent'>> {
  let uvLock: string | undefined;
  try {
    const project = await loadInside(pinned.project, context);
    uvLock = project.lockFile;
    const file = lockFileOf(derivation, pinned);
    const text = await context.read(file);
    const states = text === undefined ? [] : compareSystems(project, pinned, parseBuildLock(text, file));
    return { uvLock, isCurrent: states.length > 0 && states.every((one) => one.isCurrent) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { uvLock, isCurrent: false };
  }
}

/**
 * Groups the packages over one `uv.lock`: a change of it makes all of them stale, so a pull request
 * for one of them alone would not pass a check of all.
 * @returns names of groups by attribute
 */
export function groupsOf(tried: readonly Tried[], root: string): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  // Packages and groups share the names of branches.
  const taken = new Set(tried.map(({ name }) => name));
  for (const [uvLock, members] of Map.groupBy(tried, (one) => one.uvLock)) {
    if (uvLock === undefined || members.length < 2) continue;
    const name = freeName(groupName(uvLock, root), taken);
    taken.add(name);
    for (const one of members) groups.set(one.name, name);
  }
  return groups;
}

/** The name of the folder that has the lock, if that is below the root of the repository. */
function groupName(uvLock: string, root: string): string {
  const folder = pathBelow(root, path.dirname(uvLock)) ?? '';
  const name = path.basename(folder).replace(/[^A-Za-z0-9_-]+/g, '-');
  return /^[A-Za-z0-9]/.test(name) ? name.slice(0, 80) : 'workspace';
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}-${count}`;
  return name;
}

/**
 * Packages that a configuration does not have, each in the group that it gives to the others over
 * the same `uv.lock`.
 * @param known groups of the configuration's packages by attribute
 */
export function missingIn(
  known: ReadonlyMap<string, string | undefined>,
  packages: Decided['packages'],
  tried: readonly Tried[],
): Decided['packages'] {
  const uvLockOf = (attribute: string) => tried.find(({ name }) => name === attribute)?.uvLock;
  return packages
    .filter(({ attribute }) => !known.has(attribute))
    .map((one) => {
      const uvLock = uvLockOf(one.attribute);
      const other = tried.find(({ name }) => known.get(name) !== undefined && uvLockOf(name) === uvLock);
      return { ...one, group: uvLock === undefined || !other ? undefined : known.get(other.name) };
    });
}
