import { type Artifact, sriOf } from '../uv/plan/artifact.ts';
import type { PinnedFile } from './listing.ts';
import type { Build, BuildLock } from './schema.ts';
import { sameData } from './text.ts';

/** The value of an own property: keys such as `constructor` are untrusted. */
export const ownOf = <T>(table: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  table && Object.hasOwn(table, key) ? table[key] : undefined;

export const isBuilt = (artifact: Artifact): boolean => artifact.kind !== 'wheel';

/** Key of a build in the build lock. */
export function buildKey(artifact: Pick<Artifact, 'name' | 'version' | 'kind'>): string {
  return artifact.kind === 'directory' || artifact.version === undefined
    ? artifact.name
    : `${artifact.name}-${artifact.version}`;
}

/** The fields that plans and build locks have in common, by kind of build. */
const sourceFields: Readonly<Record<Build['kind'], readonly string[]>> = {
  sdist: ['kind', 'name', 'version', 'filename', 'url', 'path', 'subdirectory'],
  git: ['kind', 'name', 'version', 'url', 'commit', 'subdirectory'],
  directory: ['kind', 'name', 'version', 'path'],
};

/** The fields of `sourceFields` that are set in an artifact or a build. */
export const sourceOf = (from: Artifact | Build): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(from).filter(
      ([name, value]) => from.kind !== 'wheel' && sourceFields[from.kind].includes(name) && Boolean(value),
    ),
  );

/** A build as an artifact of a plan. */
export function artifactOf(build: Build): Artifact {
  const source = sourceOf(build) as unknown as Artifact;
  return build.kind === 'sdist' ? { ...source, hash: hexOf(build.hash) } : source;
}

/** Converts a digest of a build lock to the form of uv.lock. */
export const hexOf = (sri: string): string =>
  `sha256:${Buffer.from(sri.slice('sha256-'.length), 'base64').toString('hex')}`;

/** All requirements of a build's environment. */
export const allRequires = ({ requires, dynamicRequires = [], extraRequires = [] }: Build): string[] => [
  ...[...requires, ...dynamicRequires],
  ...extraRequires,
];

/**
 * Whether the source or its requirements changed: the backend may return other requirements then.
 */
export function isNewSource(now: Build, before: Build | undefined): boolean {
  const source = ({ dynamicRequires: _, extraRequires: __, ...rest }: Build): object => rest;
  return before === undefined || !sameData(source(now), source(before));
}

/** The files of wheels and sdists that come from an index. */
export const pinnedFiles = (artifacts: readonly Artifact[]): PinnedFile[] =>
  artifacts.flatMap((artifact) => {
    const { kind, name, filename, url } = artifact;
    if ((kind !== 'wheel' && kind !== 'sdist') || filename === undefined || url === undefined) return [];
    return [{ project: name, filename, url, hash: sriOf(artifact) ?? '' }];
  });

/** The addresses that Nix fetches from for a build lock, with a name for each. */
export function addressesIn({ builds, wheels }: BuildLock): { address: string; what: string }[] {
  const sources = Object.entries(builds).flatMap(([what, build]) =>
    'url' in build && build.url !== undefined ? [{ address: build.url, what }] : [],
  );
  return [...sources, ...Object.entries(wheels).map(([what, { url: address }]) => ({ address, what }))];
}
