import path from 'node:path';
import { defaultName } from '../../config/package.ts';
import type { Config, PackageConfig } from '../../config/types.ts';
import { evaluate, type Pinned } from '../../nix/evaluate.ts';
import { type DerivationRef, derivationRef } from '../../nix/target.ts';
import { findRelease } from '../../release/find.ts';
import { chooseIndex } from '../../release/index-page.ts';
import type { ReleaseParts } from '../../release/types.ts';
import { UserError } from '../../system/errors.ts';
import { pathBelow } from '../../system/inside.ts';
import type { Context } from '../../update/context.ts';
import { refuseSharedLocks } from '../../update/own-locks.ts';
import { logPlan, planUpdate } from '../../update/plan.ts';
import { requireParts } from '../../update/update.ts';
import { loadInside } from '../../uv/lock/project.ts';
import { configPath, type Decided } from './decide.ts';

/** A package as `update` will see it, up to the point where it downloads. */
export interface Tried {
  readonly name: string;
  readonly derivation: DerivationRef;
  /** Whether its dependencies come from `fetchUvDeps`. */
  readonly isOurs: boolean;
  /** Undefined if the package does not evaluate, or does not use `fetchUvDeps`. */
  readonly pinned: Pinned | undefined;
  /** Its `uv.lock`; undefined if that can't be read yet. */
  readonly uvLock: string | undefined;
  /** Whether its hashes and build lock match `uv.lock`. */
  readonly isCurrent: boolean;
  /** Why `update` would stop. */
  readonly problem: UserError | undefined;
  readonly warnings: readonly string[];
}

/** Plans an update of a package, as `update` does before it downloads anything. */
export async function tryPackage(
  { nix, attribute }: Pick<PackageConfig, 'attribute' | 'nix'>,
  root: string,
  context: Context,
): Promise<Tried> {
  const derivation = derivationRef(nix, attribute, root, path.join(root, configPath));
  const none = {
    name: defaultName(attribute, nix),
    derivation,
    isOurs: true,
    isCurrent: false,
    warnings: [],
  };
  let pinned: Pinned | undefined;
  let uvLock: string | undefined;
  try {
    pinned = await evaluate(derivation, context);
    uvLock = (await loadInside(pinned.project, context)).lockFile;
    const plan = await planUpdate(derivation, context, pinned);
    await logPlan(plan, context.log);
    const isCurrent = plan.states.every((one) => one.isCurrent);
    await requireParts(plan, context);
    return { ...none, pinned, uvLock, isCurrent, problem: undefined, warnings: plan.warnings };
  } catch (error) {
    if (!(error instanceof UserError) || context.stop.aborted) throw error;
    // Only a build shows whether the hash of another fixed-output derivation is current.
    if (error.code === 'no-uv-deps')
      return { ...none, pinned, uvLock, isOurs: false, isCurrent: true, problem: undefined };
    return { ...none, pinned, uvLock, problem: error };
  }
}

/** Whether evaluation failed for another reason than a missing program or source. */
export const isBroken = ({ pinned, problem }: Tried): boolean =>
  pinned === undefined &&
  problem !== undefined &&
  !['nix-missing', 'source-unreachable'].includes(problem.code);

/**
 * Tries the packages of a configuration.
 * @param tried packages that were tried before
 * @throws UserError `build-lock-shared`, as `update` would
 */
export async function tryConfig(
  { packages }: Config,
  tried: readonly Tried[],
  root: string,
  context: Context,
): Promise<Tried[]> {
  const all: Tried[] = [];
  for (const one of packages)
    all.push(tried.find(({ name }) => name === keyOf(one)) ?? (await tryPackage(one, root, context)));
  refuseSharedLocks(all.flatMap(({ pinned, ...one }) => (pinned ? [{ ...one, pinned }] : [])));
  return all;
}

/** The package's name in `init`; the configuration may use another one. */
const keyOf = ({ attribute, nix }: PackageConfig): string => defaultName(attribute, nix);

/** The errors that would stop `update`. */
export const problemsOf = (tried: readonly Tried[]) =>
  tried.flatMap(({ name, problem }) => (problem ? [{ name, message: problem.message }] : []));

/** Searches for releases like the updater; returns the result or the error as text. */
export async function releasesOf(
  { packages, index }: Config,
  tried: readonly Tried[],
  finders: ReleaseParts,
): Promise<{ readonly name: string; readonly message: string }[]> {
  const parts = { ...finders, index: chooseIndex(index, finders.index) };
  const found: { name: string; message: string }[] = [];
  for (const one of packages) {
    const version = tried.find(({ name }) => name === keyOf(one))?.pinned?.version;
    if (!one.releases || version === undefined) continue;
    const message = await findRelease(one.releases, { version }, parts, Date.now()).then(
      (choice) => (choice.kind === 'release' ? `${choice.release.version} is there` : choice.text),
      (error: unknown) => {
        if (error instanceof UserError) return error.message;
        throw error;
      },
    );
    found.push({ name: one.name, message });
  }
  return found;
}

/**
 * Groups the packages that share a `uv.lock`. A change of the lock makes all of them stale, so a
 * pull request for only one of them would fail a check of all packages.
 * @returns names of groups by package
 */
export function groupsOf(tried: readonly Tried[], root: string): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  // A package and a group must not have the same name, because it is part of a branch name.
  const taken = new Set(tried.map(({ name }) => name));
  for (const [uvLock, members] of Map.groupBy(tried, (one) => one.uvLock)) {
    if (uvLock === undefined || members.length < 2) continue;
    const name = freeName(groupName(uvLock, root), taken);
    taken.add(name);
    for (const one of members) groups.set(one.name, name);
  }
  return groups;
}

/** The name of the lock's folder, if it is below the root of the repository. */
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
 * Packages that are missing in a configuration, each with the group of the configured packages that
 * use the same `uv.lock`.
 */
export function missingIn(
  { packages: configured }: Pick<Config, 'packages'>,
  packages: Decided['packages'],
  tried: readonly Tried[],
): Decided['packages'] {
  const known = new Map(configured.map((one) => [keyOf(one), one.group]));
  const uvLockOf = (name: string) => tried.find((one) => one.name === name)?.uvLock;
  return packages
    .filter(({ name }) => !known.has(name))
    .map((one) => {
      const uvLock = uvLockOf(one.name);
      const other = tried.find(({ name }) => known.get(name) !== undefined && uvLockOf(name) === uvLock);
      return { ...one, group: uvLock === undefined || !other ? undefined : known.get(other.name) };
    });
}
