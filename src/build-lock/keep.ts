import type { Artifact } from '../uv/plan/artifact.ts';
import type { PinnedFile } from './listing.ts';
import { buildKey } from './sources.ts';
import { sameData } from './text.ts';
import type { Build, BuildEnvironment, BuildLock, BuildTarget } from './types.ts';

/** The plans of a build lock. */
export interface TargetPlans {
  readonly target: BuildTarget;
  readonly systems: readonly { readonly system: string; readonly artifacts: readonly Artifact[] }[];
}

/** The base's entries for a build and for the nested builds of its environments. */
interface Kept {
  /** By system, then by build. */
  readonly environments: ReadonlyMap<string, ReadonlyMap<string, BuildEnvironment>>;
  /** Nested builds. */
  readonly builds: ReadonlyMap<string, Build>;
  readonly wheels: ReadonlyMap<string, { readonly url: string; readonly hash: string }>;
}

export const isBuilt = (artifact: Artifact): boolean => artifact.kind !== 'wheel';

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
  { target, systems }: TargetPlans,
): Kept | undefined {
  const before = ownOf(base?.builds, key);
  if (!base || !before || !sameData(requirementGroups(before), requirementGroups(build))) return undefined;
  if (!sameData(base.target, target)) return undefined;
  const all = systems.flatMap(({ artifacts }) => artifacts.filter(isBuilt));
  const outputs = new Set(all.map(buildKey));
  const kept: Keeping = { environments: new Map(), builds: new Map(), wheels: new Map() };
  const isWhole = systems.every(({ system }) => keepFor(system, key, base, { all, outputs }, kept));
  return isWhole ? kept : undefined;
}

interface Outputs {
  readonly all: readonly Artifact[];
  /** Their keys. */
  readonly outputs: ReadonlySet<string>;
}

interface Keeping {
  readonly environments: Map<string, Map<string, BuildEnvironment>>;
  readonly builds: Map<string, Build>;
  readonly wheels: Map<string, { readonly url: string; readonly hash: string }>;
}

/** @returns whether the base has all entries for a system */
function keepFor(
  system: string,
  key: string,
  base: BuildLock,
  { all, outputs }: Outputs,
  { environments, builds, wheels }: Keeping,
): boolean {
  const ofSystem = new Map<string, BuildEnvironment>();
  environments.set(system, ofSystem);
  const open = [key];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const environment = ownOf(base.systems[system]?.environments, at);
    if (!environment) return false;
    ofSystem.set(at, environment);
    for (const file of environment.wheels) {
      const wheel = ownOf(base.wheels, file);
      if (!wheel) return false;
      wheels.set(file, wheel);
    }
    for (const nested of environment.builds) {
      const own = ownOf(base.builds, nested);
      if (!own || !isOfOutput(own, nested, all)) return false;
      if (outputs.has(nested) || ofSystem.has(nested)) continue;
      builds.set(nested, own);
      open.push(nested);
    }
  }
  return true;
}

/** The value of an own property: keys such as `constructor` are untrusted. */
export const ownOf = <T>(table: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  table && Object.hasOwn(table, key) ? table[key] : undefined;

/** Nested builds have the output's version of a package, if it has one. */
const isOfOutput = (build: Build, key: string, all: readonly Artifact[]): boolean =>
  all.every((artifact) => artifact.name !== build.name || buildKey(artifact) === key);

const requirementGroups = ({ requires, extraRequires, dynamicRequires }: Build): object => ({
  requires,
  extraRequires: extraRequires ?? [],
  dynamicRequires: dynamicRequires ?? [],
});

/** All requirements of a build's environment. */
export const allRequires = ({ requires, dynamicRequires = [], extraRequires = [] }: Build): string[] => [
  ...[...requires, ...dynamicRequires],
  ...extraRequires,
];

/**
 * Whether the source or its requirements changed, so that the backend may have other requirements.
 */
export function isNewSource(now: Build, before: Build | undefined): boolean {
  const source = ({ dynamicRequires: _, extraRequires: __, ...rest }: Build): object => rest;
  return before === undefined || !sameData(source(now), source(before));
}

/** The files of wheels and builds from an index. */
export function pinnedFiles({ builds, wheels }: Pick<Kept, 'builds' | 'wheels'>): PinnedFile[] {
  return [
    ...[...wheels].map(([filename, wheel]) => ({
      project: filename.split('-', 1)[0] ?? '',
      filename,
      ...wheel,
    })),
    ...[...builds.values()].flatMap((build) =>
      build.kind === 'sdist' && build.url !== undefined
        ? [{ project: build.name, filename: build.filename, url: build.url, hash: build.hash }]
        : [],
    ),
  ];
}
