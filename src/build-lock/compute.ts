import { UserError } from '../system/errors.ts';
import { inParallel } from '../system/promises.ts';
import type { Project } from '../uv/lock/project.ts';
import { tableOf } from '../uv/lock/reader.ts';
import type { Settings } from '../uv/lock/settings.ts';
import { type Artifact, sriOf } from '../uv/plan/artifact.ts';
import { allRequires, artifactOf, buildKey, isBuilt, ownOf, pinnedFiles } from './builds.ts';
import type { Confirmation } from './confirm.ts';
import { keptOf } from './keep.ts';
import { requirementsOf } from './requirement.ts';
import { resolveRequires } from './resolve.ts';
import type {
  Build,
  BuildEnvironment,
  BuildLock,
  BuildTarget,
  PinnedWheel,
  SystemBuilds,
  SystemPlan,
} from './schema.ts';
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
  /** The requirements that a build's backend returned; undefined: keep those of the base. */
  readonly dynamic?: (key: string, build: Build) => readonly string[] | undefined;
  /** Replaces uv: artifacts of a build's environment, in the order of `systems`. */
  readonly resolve?: (key: string, build: Build) => Promise<Artifact[][]>;
}

/**
 * Computes the build lock for the plans of all systems. An entry is the base's if its requirements
 * are unchanged, or what uv resolves now, and an index lists its file now. A different build lock
 * is stale.
 *
 * @throws UserError if a source is not readable, its requirements cannot be resolved, or a file
 *   cannot be verified
 */
export async function computeBuildLock(inputs: BuildLockInputs, reader: SourceReader): Promise<BuildLock> {
  const computation = new Computation(inputs, reader);
  await computation.addAll(inputs.systems.flatMap(({ artifacts }) => artifacts.filter(isBuilt)));
  await computation.confirm();
  return computation.result();
}

/** Builds, and files of one of them, that are looked up at a time. */
const [buildsAtOnce, filesAtOnce] = [4, 16];

class Computation {
  readonly #inputs: BuildLockInputs;
  readonly #reader: SourceReader;
  readonly #started = new Set<string>();
  readonly #builds: Record<string, Build> = {};
  readonly #wheels: Record<string, PinnedWheel> = {};
  /** By build, in the order of the systems. */
  readonly #environments = new Map<string, readonly BuildEnvironment[]>();
  /** Wheels that were resolved in this run, and builds that are not the output's. */
  readonly #fresh: Artifact[] = [];
  /** Keys of what the output builds: uv.lock pins these. */
  readonly #outputs: ReadonlySet<string>;

  constructor(inputs: BuildLockInputs, reader: SourceReader) {
    this.#inputs = inputs;
    this.#reader = reader;
    this.#outputs = new Set(
      inputs.systems.flatMap(({ artifacts }) => artifacts.filter(isBuilt).map(buildKey)),
    );
  }

  /** Adds builds and, recursively, the nested builds of their environments. */
  async addAll(artifacts: readonly Artifact[]): Promise<void> {
    const added = artifacts.filter((artifact) => {
      const key = buildKey(artifact);
      return !this.#started.has(key) && this.#started.add(key);
    });
    const found = await inParallel(added, buildsAtOnce, (artifact) => this.#add(artifact));
    const nested = found.flat();
    if (nested.length > 0) await this.addAll(nested);
  }

  /** Verifies the files that were resolved. */
  async confirm(): Promise<void> {
    // A build has the digest of its file, also if the index had none.
    const described = this.#fresh.flatMap((artifact) => {
      const build = isBuilt(artifact) ? this.#builds[buildKey(artifact)] : undefined;
      return build ? artifactOf(build) : artifact;
    });
    await inParallel(pinnedFiles(described), filesAtOnce, (file) =>
      this.#inputs.confirmation.isResolved(file),
    );
  }

  /** @returns the nested builds of its environment */
  async #add(artifact: Artifact): Promise<Artifact[]> {
    const key = buildKey(artifact);
    const build = await this.#describe(key, artifact);
    this.#builds[key] = build;
    const planned = (await this.#kept(key, build)) ?? (await this.#resolved(key, build));
    this.#environments.set(
      key,
      this.#inputs.systems.map((_, index) => this.#environment(planned[index] ?? [])),
    );
    return planned.flat().filter(isBuilt);
  }

  async #describe(key: string, artifact: Artifact): Promise<Build> {
    const { base, project, dynamic } = this.#inputs;
    const before = ownOf(base?.builds, key);
    const described = await describeBuild(artifact, before, this.#reader);
    const extra = extraRequires(project.settings, described.name);
    const isSame = before !== undefined && sameData(before.requires, described.requires);
    const own = dynamic?.(key, described) ?? (isSame ? before.dynamicRequires : undefined) ?? [];
    return {
      ...described,
      ...(extra.length === 0 ? {} : { extraRequires: extra }),
      ...(own.length === 0 ? {} : { dynamicRequires: own }),
    };
  }

  /** The base's environments if the rule and the indexes permit. */
  async #kept(key: string, build: Build): Promise<Artifact[][] | undefined> {
    const { base, target, systems, confirmation } = this.#inputs;
    const kept = keptOf(key, build, base, target, systems);
    const files = pinnedFiles(this.#notOutputs(kept ?? []));
    const may = await inParallel(files, filesAtOnce, (file) => confirmation.mayStay(file));
    return may.includes(false) ? undefined : kept;
  }

  async #resolved(key: string, build: Build): Promise<Artifact[][]> {
    const planned = await (this.#inputs.resolve?.(key, build) ?? this.#askUv(key, build));
    this.#fresh.push(...this.#notOutputs(planned));
    return planned;
  }

  #notOutputs(planned: readonly Artifact[][]): Artifact[] {
    return planned.flat().filter((one) => !isBuilt(one) || !this.#outputs.has(buildKey(one)));
  }

  #askUv(key: string, build: Build): Promise<Artifact[][]> {
    const { project, systems } = this.#inputs;
    return resolveRequires(
      {
        requires: allRequires(build),
        constraints: this.#ownPins(build.name),
        ...{ project, label: key },
      },
      systems.map(({ target }) => target),
      this.#reader,
    );
  }

  #environment(artifacts: readonly Artifact[]): BuildEnvironment {
    const wheels = artifacts.filter(({ kind }) => kind === 'wheel');
    for (const wheel of wheels) this.#wheels[wheel.filename ?? ''] = pinnedWheel(wheel);
    return {
      wheels: wheels.map(({ filename }) => filename ?? '').sort(),
      builds: artifacts.filter(isBuilt).map(buildKey).sort(),
    };
  }

  /**
   * Pins the output's versions of what it builds: xmlsec is compiled against the lxml of the
   * output.
   */
  #ownPins(except: string): string[] {
    const pins = this.#inputs.systems.flatMap(({ artifacts }) =>
      artifacts
        .filter((artifact) => artifact.kind === 'sdist' && artifact.name !== except)
        .map(({ name, version }) => `${name}==${version}`),
    );
    return [...new Set(pins)].sort();
  }

  result(): BuildLock {
    const { target, systems } = this.#inputs;
    const perSystem = systems.map(({ target: own, artifacts, plan, hash }, index): [string, SystemBuilds] => {
      const apart = separateWheels(artifacts);
      const environments = [...this.#environments].flatMap(([key, all]) => {
        const environment = all[index];
        return environment ? [[key, environment] as const] : [];
      });
      const builds = artifacts.filter(isBuilt).map(buildKey).sort();
      return [
        own.system,
        {
          ...{ plan, hash, builds, environments: Object.fromEntries(environments) },
          ...(Object.keys(apart).length === 0 ? {} : { apart }),
        },
      ];
    });
    return {
      ...{ version: 1, target, systems: Object.fromEntries(perSystem) },
      ...{ builds: this.#builds, wheels: this.#wheels },
    };
  }
}

/** `[tool.uv.extra-build-dependencies]` of a package. */
const extraRequires = ({ table }: Settings, name: string): string[] =>
  requirementsOf(tableOf(table['extra-build-dependencies'])[name]);

function pinnedWheel(wheel: Artifact): PinnedWheel {
  const hash = sriOf(wheel);
  if (wheel.url !== undefined && hash !== undefined) return { url: wheel.url, hash };
  throw new UserError(
    'build-requirements',
    `The index has no address or no sha256 for the build requirement ${wheel.filename}; use an index that has both.`,
  );
}
