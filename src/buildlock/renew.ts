import pLimit from 'p-limit';
import { sriFromHex } from '../hash/sri.ts';
import type { Project, TomlTable } from '../lock/index.ts';
import type { Artifact, Target } from '../plan/index.ts';
import { UserError } from '../ports/errors.ts';
import { wheelsApart } from './apart.ts';
import { resolveRequires } from './resolve.ts';
import { buildKey, describeBuild, type SourceReader } from './sources.ts';
import { sameData } from './text.ts';
import type { Build, BuildEnvironment, BuildLock, BuildTarget, SystemBuilds } from './types.ts';

/** One system's plan, for the build lock. */
export interface SystemPlan {
  readonly target: Target;
  readonly artifacts: readonly Artifact[];
  readonly plan: string;
  readonly hash: string;
}

export interface Renewal {
  readonly project: Project;
  /** Uv's settings of the project, from uv.toml or `[tool.uv]`. */
  readonly settings: TomlTable;
  readonly target: BuildTarget;
  readonly systems: readonly SystemPlan[];
  readonly previous: BuildLock | undefined;
  /** By key, what backends were found to ask for; where there is no answer, that of the lock before holds. */
  readonly dynamic?: ReadonlyMap<string, readonly string[]>;
}

/**
 * Makes the build lock for the plans of all systems. What was resolved before is kept for each build whose `requires` did
 * not change, so that time alone changes nothing.
 * @throws UserError where a source can't be read or its requirements can't be resolved
 */
export async function renewBuildLock(renewal: Renewal, reader: SourceReader): Promise<BuildLock> {
  const state = new Renewing(renewal, reader);
  await state.addAll(renewal.systems.flatMap(({ artifacts }) => artifacts.filter(isBuilt)));
  return state.result();
}

const isBuilt = (artifact: Artifact): boolean => artifact.kind !== 'wheel';

class Renewing {
  private readonly builds = new Map<string, Build>();
  private readonly wheels = new Map<string, { url: string; hash: string }>();
  /** By system, then by build. */
  private readonly environments = new Map<string, Map<string, BuildEnvironment>>();
  private readonly started = new Set<string>();
  private readonly limit = pLimit(4);
  private readonly renewal: Renewal;
  private readonly reader: SourceReader;

  constructor(renewal: Renewal, reader: SourceReader) {
    this.renewal = renewal;
    this.reader = reader;
    for (const { target } of renewal.systems) this.environments.set(target.system, new Map());
  }

  /** Adds builds, and what their environments have to build in turn, until nothing new turns up. */
  async addAll(artifacts: readonly Artifact[]): Promise<void> {
    const fresh = artifacts.filter((artifact) => {
      const key = buildKey(artifact);
      return !this.started.has(key) && this.started.add(key);
    });
    const found = await Promise.all(fresh.map((artifact) => this.limit(() => this.add(artifact))));
    const nested = found.flat();
    if (nested.length > 0) await this.addAll(nested);
  }

  /** @returns artifacts of its environment that have to be built themselves */
  private async add(artifact: Artifact): Promise<Artifact[]> {
    const key = buildKey(artifact);
    const { project, settings } = this.renewal;
    const described = await describeBuild(artifact, this.renewal.previous?.builds[key], this.reader);
    const extra = extraRequires(settings, described.name);
    const dynamic = this.dynamicOf(key, described);
    const build: Build = {
      ...described,
      ...(extra.length === 0 ? {} : { extraRequires: extra }),
      ...(dynamic.length === 0 ? {} : { dynamicRequires: dynamic }),
    };
    this.builds.set(key, build);
    if (this.keep(key, build)) return [];
    const targets = this.renewal.systems.map(({ target }) => target);
    const planned = await resolveRequires(
      {
        requires: [...build.requires, ...dynamic, ...extra],
        constraints: this.ownPins(build.name),
        settings,
        project,
        label: key,
      },
      targets,
      this.reader.scratch,
      this.reader.run,
      this.reader.checkHost,
    );
    for (const [index, artifacts] of planned.entries()) this.setEnvironment(targets[index], key, artifacts);
    return planned.flat().filter(isBuilt);
  }

  private dynamicOf(key: string, described: Build): readonly string[] {
    const before = this.renewal.previous?.builds[key];
    const isSame = before !== undefined && sameData(before.requires, described.requires);
    return this.renewal.dynamic?.get(key) ?? (isSame ? before.dynamicRequires : undefined) ?? [];
  }

  /** Keeps the environment of the lock before, where it was made for the same requirements. */
  private keep(key: string, build: Build): boolean {
    const { previous, systems, target } = this.renewal;
    const before = previous?.builds[key];
    if (
      !previous ||
      !before ||
      !sameData(before.requires, build.requires) ||
      !sameData(before.extraRequires, build.extraRequires) ||
      !sameData(before.dynamicRequires, build.dynamicRequires) ||
      !sameData(previous.target, target)
    )
      return false;
    const kept = systems.map(({ target: { system } }) => previous.systems[system]?.environments[key]);
    if (!kept.every((environment) => environment !== undefined && this.isCurrent(environment, previous)))
      return false;
    systems.forEach(({ target: { system } }, index) => {
      const environment = kept[index];
      if (environment) this.keepEnvironment(system, key, environment, previous);
    });
    return true;
  }

  /** An environment with builds in it follows the output's own versions of these. */
  private isCurrent(environment: BuildEnvironment, previous: BuildLock): boolean {
    return environment.builds.every((key) => {
      const build = previous.builds[key];
      const own = this.renewal.systems.flatMap(({ artifacts }) =>
        artifacts.filter(({ name }) => name === build?.name),
      );
      return build !== undefined && own.every((artifact) => buildKey(artifact) === key);
    });
  }

  private keepEnvironment(
    system: string,
    key: string,
    environment: BuildEnvironment,
    previous: BuildLock,
  ): void {
    this.environments.get(system)?.set(key, environment);
    for (const wheel of environment.wheels) {
      const file = previous.wheels[wheel];
      if (file) this.wheels.set(wheel, file);
    }
    for (const nested of environment.builds) {
      const build = previous.builds[nested];
      const next = previous.systems[system]?.environments[nested];
      if (!build || !next || this.started.has(nested)) continue;
      this.started.add(nested);
      this.builds.set(nested, build);
      this.keepEnvironment(system, nested, next, previous);
    }
  }

  private setEnvironment(target: Target | undefined, key: string, artifacts: readonly Artifact[]): void {
    if (!target) return;
    const wheels = artifacts.filter(({ kind }) => kind === 'wheel');
    for (const wheel of wheels) this.wheels.set(wheel.filename ?? '', wheelFile(wheel));
    this.environments.get(target.system)?.set(key, {
      wheels: wheels.map(({ filename }) => filename ?? '').sort(),
      builds: artifacts.filter(isBuilt).map(buildKey).sort(),
    });
  }

  /** Pins to the output's own version of everything that it builds: xmlsec is compiled against the lxml it runs with. */
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
      const apart = wheelsApart(artifacts);
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

/** `[tool.uv.extra-build-dependencies]`: what the project adds to a package's build requirements. */
function extraRequires(settings: TomlTable, name: string): string[] {
  const table = (settings['extra-build-dependencies'] ?? {}) as Record<
    string,
    (string | { requirement: string })[]
  >;
  return (table[name] ?? []).map((item) => (typeof item === 'string' ? item : item.requirement));
}

function wheelFile(wheel: Artifact): { url: string; hash: string } {
  const hex = wheel.hash?.startsWith('sha256:') ? wheel.hash.slice('sha256:'.length) : undefined;
  if (wheel.url === undefined || hex === undefined) {
    throw new UserError(
      'build-requirements',
      `The index gives no address or no sha256 for ${wheel.filename}, which is needed to build; use an index that gives both for build requirements.`,
    );
  }
  return { url: wheel.url, hash: sriFromHex(hex) };
}
