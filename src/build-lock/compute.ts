import { UserError } from '../system/errors.ts';
import { inParallel } from '../system/promises.ts';
import type { Project } from '../uv/lock/project.ts';
import { tableOf } from '../uv/lock/reader.ts';
import { type Artifact, sriOf } from '../uv/plan/artifact.ts';
import { allRequires, artifactOf, buildKey, isBuilt, ownOf, pinnedFiles } from './builds.ts';
import type { Confirmation } from './confirm.ts';
import { keptOf } from './keep.ts';
import { requirementsOf } from './requirement.ts';
import { resolveRequires } from './resolve.ts';
import type { Build, BuildLock, BuildTarget, PinnedWheel, SystemBuilds, SystemPlan } from './schema.ts';
import { separateWheels } from './separate.ts';
import { describeBuild, type SourceReader } from './sources.ts';
import { sameData } from './text.ts';

export interface BuildLockInputs {
  readonly project: Project;
  readonly target: BuildTarget;
  readonly systems: readonly SystemPlan[];
  /** The build lock of the base, whose entries `keptOf` keeps; undefined if missing. */
  readonly base: BuildLock | undefined;
  /** Decides which files may be pinned. */
  readonly confirmation: Confirmation;
  /** The requirements that a build's backend returned; undefined: keep the base's. */
  readonly dynamic?: (key: string, build: Build) => readonly string[] | undefined;
  /** Replaces uv: artifacts of a build's environment, in the order of `systems`. */
  readonly resolve?: (key: string, build: Build) => Promise<Artifact[][]>;
}

/** Maximum numbers of builds, and of files of one build, that are looked up at a time. */
const [buildsAtOnce, filesAtOnce] = [4, 16];

/** The artifacts of a build's environment, in the order of the systems. */
type Environments = readonly Artifact[][];

/**
 * Computes the build lock for the plans of all systems. An entry is the base's if its requirements
 * are unchanged, otherwise what uv resolves now. In both cases an index has to list its file now.
 * A build lock that differs from the computed one is stale.
 *
 * @throws UserError if a source is not readable, its requirements cannot be resolved, or a file
 *   cannot be verified
 */
export async function computeBuildLock(inputs: BuildLockInputs, reader: SourceReader): Promise<BuildLock> {
  const { target, systems, confirmation } = inputs;
  const outputs = systems.flatMap(({ artifacts }) => artifacts.filter(isBuilt));
  const outputKeys = new Set(outputs.map(buildKey));
  /** Wheels, and builds that uv.lock does not pin. */
  const ofIndexes = (all: Environments): Artifact[] =>
    all.flat().filter((one) => !isBuilt(one) || !outputKeys.has(buildKey(one)));
  const builds: Record<string, Build> = {};
  const environments = new Map<string, Environments>();
  const fresh: Artifact[] = [];
  /** @returns the nested builds of its environment */
  const add = async (artifact: Artifact): Promise<Artifact[]> => {
    const key = buildKey(artifact);
    const build = await describe(key, artifact, inputs, reader);
    builds[key] = build;
    const kept = keptOf(key, build, inputs.base, target, systems);
    const files = pinnedFiles(ofIndexes(kept ?? []));
    const mayStay = await inParallel(files, filesAtOnce, (file) => confirmation.mayStay(file));
    const isKept = kept !== undefined && !mayStay.includes(false);
    const found = isKept ? kept : await (inputs.resolve ?? askUv)(key, build, inputs, reader);
    if (!isKept) fresh.push(...ofIndexes(found));
    environments.set(key, found);
    return found.flat().filter(isBuilt);
  };
  const started = new Set<string>();
  for (let open = outputs; open.length > 0; ) {
    const added = open.filter((one) => !started.has(buildKey(one)) && started.add(buildKey(one)));
    open = (await inParallel(added, buildsAtOnce, add)).flat();
  }
  const wheels = [...environments.values()].flat(2).filter((one) => !isBuilt(one));
  const pinned = Object.fromEntries(wheels.map(pinnedWheel));
  // A build has the digest of its file, even if the index had none.
  const described = fresh.map((one) => {
    const build = isBuilt(one) ? builds[buildKey(one)] : undefined;
    return build ? artifactOf(build) : one;
  });
  await inParallel(pinnedFiles(described), filesAtOnce, (file) => confirmation.isResolved(file));
  return {
    ...{ version: 1, target, builds, wheels: pinned },
    systems: Object.fromEntries(systems.map((one, index) => systemBuilds(one, index, environments))),
  };
}

async function describe(
  key: string,
  artifact: Artifact,
  { base, project, dynamic }: BuildLockInputs,
  reader: SourceReader,
): Promise<Build> {
  const before = ownOf(base?.builds, key);
  const described = await describeBuild(artifact, before, reader);
  const ofPackages = tableOf(project.settings.table['extra-build-dependencies']);
  const extra = requirementsOf(ofPackages[described.name]);
  const isSame = before !== undefined && sameData(before.requires, described.requires);
  const own = dynamic?.(key, described) ?? (isSame ? before.dynamicRequires : undefined) ?? [];
  return {
    ...described,
    ...(extra.length === 0 ? {} : { extraRequires: extra }),
    ...(own.length === 0 ? {} : { dynamicRequires: own }),
  };
}

function askUv(
  key: string,
  build: Build,
  { project, systems }: BuildLockInputs,
  reader: SourceReader,
): Promise<Environments> {
  // Pin packages that the output builds: xmlsec is compiled against the output's lxml.
  const pins = systems.flatMap(({ artifacts }) =>
    artifacts
      .filter(({ kind, name }) => kind === 'sdist' && name !== build.name)
      .map(({ name, version }) => `${name}==${version}`),
  );
  return resolveRequires(
    { requires: allRequires(build), constraints: [...new Set(pins)].sort(), project, label: key },
    systems.map(({ target }) => target),
    reader,
  );
}

function systemBuilds(
  { target: { system }, artifacts, plan, hash }: SystemPlan,
  index: number,
  environments: ReadonlyMap<string, Environments>,
): [string, SystemBuilds] {
  const keysOf = (all: readonly Artifact[]): string[] => all.filter(isBuilt).map(buildKey).sort();
  const own = [...environments].map(([key, ofSystems]) => {
    const all = ofSystems[index] ?? [];
    const wheels = all.flatMap((one) => (isBuilt(one) ? [] : (one.filename ?? []))).sort();
    return [key, { wheels, builds: keysOf(all) }];
  });
  const apart = separateWheels(artifacts);
  return [
    system,
    {
      ...{ plan, hash, builds: keysOf(artifacts), environments: Object.fromEntries(own) },
      ...(Object.keys(apart).length === 0 ? {} : { apart }),
    },
  ];
}

function pinnedWheel(wheel: Artifact): [string, PinnedWheel] {
  const { filename = '', url } = wheel;
  const hash = sriOf(wheel);
  if (url !== undefined && hash !== undefined) return [filename, { url, hash }];
  throw new UserError(
    'build-requirements',
    `The index has no address or no sha256 for the build requirement ${filename}; use an index that has both.`,
  );
}
