import { normalizeName } from '../uv/lock/names.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import { artifactOf, buildKey, hexOf, isBuilt, ownOf } from './builds.ts';
import type { Build, BuildLock, BuildTarget, PinnedWheel, SystemPlan } from './schema.ts';
import { sameData } from './text.ts';

/** A pinned wheel as an artifact of a plan. */
export function wheelOf(filename: string, { url, hash }: PinnedWheel): Artifact {
  const [project = '', version = ''] = filename.split('-', 2);
  const file = { filename, url, hash: hexOf(hash) };
  return { kind: 'wheel', name: normalizeName(project) ?? project, version, ...file };
}

/**
 * Reads the environment of a build from a build lock, as artifacts of a plan.
 * @returns a clause if a part of it is missing
 */
export function environmentIn(lock: BuildLock, key: string, system: string): Artifact[] | string {
  const environment = ownOf(ownOf(lock.systems, system)?.environments, key);
  if (!environment) return `the build environment of ${key} on ${system} is missing`;
  const artifacts: Artifact[] = [];
  for (const filename of environment.wheels) {
    const wheel = ownOf(lock.wheels, filename);
    if (!wheel) return `the wheel ${filename}, which ${key} requires, is missing`;
    artifacts.push(wheelOf(filename, wheel));
  }
  for (const name of environment.builds) {
    const nested = ownOf(lock.builds, name);
    if (!nested || buildKey(nested) !== name) return `the build ${name}, which ${key} requires, is missing`;
    artifacts.push(artifactOf(nested));
  }
  return artifacts;
}

/**
 * Keeps the base's environments of a build if its requirements and the target are unchanged, and if
 * nested builds have the output's version: a build lock must not change because time passes.
 * docs/nix.md, "How a build lock is verified", defines the base.
 *
 * @returns an environment for each system; undefined if the requirements have to be resolved
 */
export function keptOf(
  key: string,
  build: Build,
  base: BuildLock | undefined,
  target: BuildTarget,
  systems: readonly SystemPlan[],
): Artifact[][] | undefined {
  const before = ownOf(base?.builds, key);
  if (!base || !before || !sameData(requirementGroups(before), requirementGroups(build))) return undefined;
  if (!sameData(base.target, target)) return undefined;
  const outputs = systems.flatMap(({ artifacts }) => artifacts.filter(isBuilt));
  // Nested builds have the output's version of a package, if it has one.
  const isOfOutput = (nested: Artifact): boolean =>
    outputs.every((output) => output.name !== nested.name || buildKey(output) === buildKey(nested));
  const found = systems.map((one) => environmentIn(base, key, one.target.system));
  const isKept = (one: Artifact[] | string): one is Artifact[] =>
    typeof one !== 'string' && one.filter(isBuilt).every(isOfOutput);
  return found.every(isKept) ? found : undefined;
}

const requirementGroups = ({ requires, extraRequires, dynamicRequires }: Build): object => ({
  requires,
  extraRequires: extraRequires ?? [],
  dynamicRequires: dynamicRequires ?? [],
});
