import { UserError } from '../system/errors.ts';
import { inParallel } from '../system/promises.ts';
import type { Project } from '../uv/lock/project.ts';
import type { TomlTable } from '../uv/lock/toml.ts';
import { type Artifact, sriOf } from '../uv/plan/artifact.ts';
import type { Target } from '../uv/plan/target.ts';
import type { Confirmation } from './confirm.ts';
import { allRequires, isBuilt, keptOf, ownOf, pinnedFiles, type TargetPlans } from './keep.ts';
import { resolveRequires } from './resolve.ts';
import { separateWheels } from './separate.ts';
import { buildKey, describeBuild, type SourceReader } from './sources.ts';
import { sameData } from './text.ts';
import type { Build, BuildEnvironment, BuildLock, BuildTarget, SystemBuilds } from './types.ts';

/** One system's plan and hash. */
export interface SystemPlan {
  readonly target: Target;
  readonly artifacts: readonly Artifact[];
  readonly plan: string;
  readonly hash: string;
}

export interface BuildLockInputs {
  readonly project: Project;
  /** uv's settings of the project, from uv.toml or `[tool.uv]`. */
  readonly settings: TomlTable;
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
export async function computeBuildLock(renewal: BuildLockInputs, reader: SourceReader): Promise<BuildLock> {
  const state = new Computation(renewal, reader);
  await state.addAll(renewal.systems.flatMap(({ artifacts }) => artifacts.filter(isBuilt)));
  await state.confirm();
  return state.result();
}

/** Builds, and files of one of them, that are looked up at a time. */
const [buildsAtOnce, filesAtOnce] = [4, 16];

interface WheelFile {
  readonly url: string;
  readonly hash: string;
}

class Computation {
  private readonly builds = new Map<string, Build>();
  private readonly wheels = new Map<string, WheelFile>();
  /** By system, then by build. */
  private readonly environments = new Map<string, Map<string, BuildEnvironment>>();
  private readonly started = new Set<string>();
  /** Builds and wheels that uv resolved in this run. */
  private readonly fresh = { builds: new Map<string, Build>(), wheels: new Map<string, WheelFile>() };
  private readonly renewal: BuildLockInputs;
  private readonly reader: SourceReader;

  constructor(renewal: BuildLockInputs, reader: SourceReader) {
    this.renewal = renewal;
    this.reader = reader;
    for (const { target } of renewal.systems) this.environments.set(target.system, new Map());
  }

  /** Adds builds and, recursively, the nested builds of their environments. */
  async addAll(artifacts: readonly Artifact[]): Promise<void> {
    const fresh = artifacts.filter((artifact) => {
      const key = buildKey(artifact);
      return !this.started.has(key) && this.started.add(key);
    });
    const found = await inParallel(fresh, buildsAtOnce, (artifact) => this.add(artifact));
    const nested = found.flat();
    if (nested.length > 0) await this.addAll(nested);
  }

  /** Verifies the files that uv resolved. */
  async confirm(): Promise<void> {
    const { confirmation } = this.renewal;
    await inParallel(pinnedFiles(this.fresh), filesAtOnce, (file) => confirmation.isResolved(file));
  }

  /** @returns the nested builds of its environment */
  private async add(artifact: Artifact): Promise<Artifact[]> {
    const key = buildKey(artifact);
    const { settings } = this.renewal;
    const described = await describeBuild(artifact, ownOf(this.renewal.base?.builds, key), this.reader);
    const extra = extraRequires(settings, described.name);
    const dynamic = this.dynamicOf(key, described);
    const build: Build = {
      ...described,
      ...(extra.length === 0 ? {} : { extraRequires: extra }),
      ...(dynamic.length === 0 ? {} : { dynamicRequires: dynamic }),
    };
    this.builds.set(key, build);
    if (!this.isOutput(artifact)) this.fresh.builds.set(key, build);
    if (await this.keep(key, build)) return [];
    const targets = this.renewal.systems.map(({ target }) => target);
    const planned = await (this.renewal.resolve?.(key, build) ?? this.resolve(key, build, targets));
    for (const [index, artifacts] of planned.entries()) this.setEnvironment(targets[index], key, artifacts);
    return planned.flat().filter(isBuilt);
  }

  private resolve(key: string, build: Build, targets: readonly Target[]): Promise<Artifact[][]> {
    const { project, settings } = this.renewal;
    return resolveRequires(
      {
        requires: allRequires(build),
        constraints: this.ownPins(build.name),
        ...{ settings, project },
        label: key,
      },
      targets,
      this.reader.scratch,
      this.reader.run,
      this.reader.checkHost,
    );
  }

  private dynamicOf(key: string, described: Build): readonly string[] {
    const before = ownOf(this.renewal.base?.builds, key);
    const isSame = before !== undefined && sameData(before.requires, described.requires);
    return this.renewal.dynamic?.(key, described) ?? (isSame ? before.dynamicRequires : undefined) ?? [];
  }

  private isOutput(artifact: Artifact): boolean {
    const key = buildKey(artifact);
    return this.renewal.systems.some(({ artifacts }) => artifacts.some((own) => buildKey(own) === key));
  }

  /** Keeps the base's environments if the rule and the indexes permit. */
  private async keep(key: string, build: Build): Promise<boolean> {
    const { base, confirmation } = this.renewal;
    const kept = keptOf(key, build, base, this.planned());
    if (!kept) return false;
    const may = await inParallel(pinnedFiles(kept), filesAtOnce, (file) => confirmation.mayStay(file));
    if (may.includes(false)) return false;
    for (const [system, environments] of kept.environments)
      for (const [at, environment] of environments) this.environments.get(system)?.set(at, environment);
    for (const [file, wheel] of kept.wheels) this.wheels.set(file, wheel);
    for (const [nested, one] of kept.builds) {
      this.started.add(nested);
      this.builds.set(nested, one);
    }
    return true;
  }

  private planned(): TargetPlans {
    const { target, systems } = this.renewal;
    return {
      target,
      systems: systems.map(({ target: { system }, artifacts }) => ({ system, artifacts })),
    };
  }

  private setEnvironment(target: Target | undefined, key: string, artifacts: readonly Artifact[]): void {
    if (!target) return;
    const wheels = artifacts.filter(({ kind }) => kind === 'wheel');
    for (const wheel of wheels) {
      this.wheels.set(wheel.filename ?? '', wheelFile(wheel));
      this.fresh.wheels.set(wheel.filename ?? '', wheelFile(wheel));
    }
    this.environments.get(target.system)?.set(key, {
      wheels: wheels.map(({ filename }) => filename ?? '').sort(),
      builds: artifacts.filter(isBuilt).map(buildKey).sort(),
    });
  }

  /**
   * Pins the output's versions of what it builds: xmlsec is compiled against the lxml of the
   * output.
   */
  private ownPins(except: string): string[] {
    const pins = this.renewal.systems.flatMap(({ artifacts }) =>
      artifacts
        .filter((artifact) => artifact.kind === 'sdist' && artifact.name !== except)
        .map(({ name, version }) => `${name}==${version}`),
    );
    return [...new Set(pins)].sort();
  }

  result(): BuildLock {
    const { target, systems } = this.renewal;
    const perSystem = systems.map(({ target: { system }, artifacts, plan, hash }): [string, SystemBuilds] => {
      const apart = separateWheels(artifacts);
      return [
        system,
        {
          plan,
          hash,
          builds: artifacts.filter(isBuilt).map(buildKey).sort(),
          environments: Object.fromEntries(this.environments.get(system) ?? []),
          ...(Object.keys(apart).length === 0 ? {} : { apart }),
        },
      ];
    });
    return {
      version: 1,
      target,
      systems: Object.fromEntries(perSystem),
      builds: Object.fromEntries(this.builds),
      wheels: Object.fromEntries(this.wheels),
    };
  }
}

/** `[tool.uv.extra-build-dependencies]` of a package. */
export function extraRequires(settings: TomlTable, name: string): string[] {
  const table = settings['extra-build-dependencies'];
  const own = typeof table === 'object' && table !== null ? ownOf({ ...table }, name) : undefined;
  return (Array.isArray(own) ? own : []).flatMap((item: unknown) => {
    const text = typeof item === 'string' ? item : (item as { requirement?: unknown } | null)?.requirement;
    return typeof text === 'string' ? [text] : [];
  });
}

function wheelFile(wheel: Artifact): WheelFile {
  const hash = sriOf(wheel);
  if (wheel.url === undefined || hash === undefined) {
    throw new UserError(
      'build-requirements',
      `The index has no address or no sha256 for the build requirement ${wheel.filename}; use an index that has both.`,
    );
  }
  return { url: wheel.url, hash };
}
