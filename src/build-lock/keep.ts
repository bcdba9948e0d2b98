import type { Artifact } from '../uv/plan/artifact.ts';
import { buildKey, isBuilt, ownOf } from './builds.ts';
import type { Build, BuildEnvironment, BuildLock, BuildTarget, PinnedWheel, SystemPlan } from './schema.ts';
import { sameData } from './text.ts';

/** The base's entries for one build. */
interface Kept {
  /** In the order of the systems. */
  readonly environments: readonly BuildEnvironment[];
  readonly wheels: BuildLock['wheels'];
  /** Nested builds that are not the output's. */
  readonly builds: BuildLock['builds'];
}

/**
 * Keeps the base's environments of a build if its requirements and the target are unchanged, and if
 * nested builds have the version of the output. So a build lock does not change with time alone.
 * docs/nix.md, "How a build lock is verified", defines the base.
 *
 * @returns undefined if the requirements have to be resolved
 */
export function keptOf(
  key: string,
  build: Build,
  base: BuildLock | undefined,
  target: BuildTarget,
  systems: readonly SystemPlan[],
): Kept | undefined {
  const before = ownOf(base?.builds, key);
  if (!base || !before || !sameData(requirementGroups(before), requirementGroups(build))) return undefined;
  if (!sameData(base.target, target)) return undefined;
  const outputs = systems.flatMap(({ artifacts }) => artifacts.filter(isBuilt));
  const environments: BuildEnvironment[] = [];
  const wheels: Record<string, PinnedWheel> = {};
  const builds: Record<string, Build> = {};
  for (const { target: own } of systems) {
    const environment = ownOf(base.systems[own.system]?.environments, key);
    if (!environment) return undefined;
    environments.push({ wheels: environment.wheels, builds: environment.builds });
    for (const file of environment.wheels) {
      const wheel = ownOf(base.wheels, file);
      if (!wheel) return undefined;
      wheels[file] = { url: wheel.url, hash: wheel.hash };
    }
    for (const name of environment.builds) {
      const nested = ownOf(base.builds, name);
      if (!nested || buildKey(nested) !== name || !isOfOutput(nested, outputs)) return undefined;
      if (!outputs.some((output) => buildKey(output) === name)) builds[name] = nested;
    }
  }
  return { environments, wheels, builds };
}

/** Nested builds have the output's version of a package, if it has one. */
const isOfOutput = (build: Build, outputs: readonly Artifact[]): boolean =>
  outputs.every((output) => output.name !== build.name || buildKey(output) === buildKey(build));

const requirementGroups = ({ requires, extraRequires, dynamicRequires }: Build): object => ({
  requires,
  extraRequires: extraRequires ?? [],
  dynamicRequires: dynamicRequires ?? [],
});
