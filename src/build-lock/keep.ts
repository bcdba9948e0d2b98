import type { Artifact } from '../uv/plan/index.ts';
import type { PinnedFile } from './listing.ts';
import { buildKey } from './sources.ts';
import { sameData } from './text.ts';
import type { Build, BuildEnvironment, BuildLock, BuildTarget } from './types.ts';

/** Which plans a build lock is made for. */
export interface Planned {
  readonly target: BuildTarget;
  readonly systems: readonly { readonly system: string; readonly artifacts: readonly Artifact[] }[];
}

/** What the base's lock pins for a build, with all that its environments have to build in turn. */
export interface Kept {
  /** By system, then by build. */
  readonly environments: ReadonlyMap<string, ReadonlyMap<string, BuildEnvironment>>;
  /** Builds that only environments have. */
  readonly builds: ReadonlyMap<string, Build>;
  readonly wheels: ReadonlyMap<string, { readonly url: string; readonly hash: string }>;
}

export const isBuilt = (artifact: Artifact): boolean => artifact.kind !== 'wheel';

/**
 * The rule for what stays as it is: the environments that the base's lock has for a build stay if its requirements and the
 * target are the same, and if what they build in turn is of the version that the output has. So time alone changes nothing.
 * Which commit is the base is in docs/nix.md, "How a build lock is verified", and decided in src/action/base.ts.
 *
 * @returns undefined if they have to be resolved
 */
export function keptOf(
  key: string,
  build: Build,
  base: BuildLock | undefined,
  { target, systems }: Planned,
): Kept | undefined {
  const before = ownOf(base?.builds, key);
  if (!base || !before || !sameData(requirementsOf(before), requirementsOf(build))) return undefined;
  if (!sameData(base.target, target)) return undefined;
  const all = systems.flatMap(({ artifacts }) => artifacts.filter(isBuilt));
  const outputs = new Set(all.map(buildKey));
  const kept: Keeping = { environments: new Map(), builds: new Map(), wheels: new Map() };
  const isWhole = systems.every(({ system }) => keepFor(system, key, base, { all, outputs }, kept));
  return isWhole ? kept : undefined;
}

interface Outputs {
  readonly all: readonly Artifact[];
  /** Their keys: each has environments of its own. */
  readonly outputs: ReadonlySet<string>;
}

interface Keeping {
  readonly environments: Map<string, Map<string, BuildEnvironment>>;
  readonly builds: Map<string, Build>;
  readonly wheels: Map<string, { readonly url: string; readonly hash: string }>;
}

/** @returns whether the base's lock has all of it for a system */
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

/** A key such as `constructor` is of the object's own, or it is not there. */
export const ownOf = <T>(table: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  table && Object.hasOwn(table, key) ? table[key] : undefined;

/** An environment with builds in it follows the output's own versions of these. */
const isOfOutput = (build: Build, key: string, all: readonly Artifact[]): boolean =>
  all.every((artifact) => artifact.name !== build.name || buildKey(artifact) === key);

export const requirementsOf = ({ requires, extraRequires, dynamicRequires }: Build): object => ({
  requires,
  extraRequires: extraRequires ?? [],
  dynamicRequires: dynamicRequires ?? [],
});

/** Another source, or other requirements: the backend may ask for other things. */
export function isNewSource(now: Build, before: Build | undefined): boolean {
  const source = ({ dynamicRequires: _, extraRequires: __, ...rest }: Build): object => rest;
  return before === undefined || !sameData(source(now), source(before));
}

/** The files of wheels and builds that come from an index. */
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
