import { hexOf, ownOf } from '../build-lock/builds.ts';
import type { BuildLock } from '../build-lock/schema.ts';
import type { Project } from '../uv/lock/project.ts';
import type { LockedPackage } from '../uv/lock/types.ts';
import { parseWheelName } from '../uv/lock/wheel-name.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import type { DeclaredTarget } from '../uv/plan/manifest.ts';
import { planProject } from '../uv/plan/plan.ts';
import { selectRoots } from '../uv/plan/selection.ts';
import { environmentOf, parseTarget } from '../uv/plan/target.ts';
import { graphOf } from '../uv/plan/walk.ts';

/** What an SBOM lists: what is installed, or what was used to build it. */
export interface SbomItem {
  /** Unique in the SBOM. */
  readonly ref: string;
  readonly name: string;
  readonly version: string | undefined;
  /** `algorithm:hex` of the file. */
  readonly hash: string | undefined;
  /** Where the file or the repository is, without credentials. */
  readonly url: string | undefined;
  readonly kind: Artifact['kind'];
  /** Path of an in-tree package, relative to the lock. */
  readonly path: string | undefined;
  readonly commit: string | undefined;
  readonly filename: string | undefined;
  /** Refs of what it depends on. */
  readonly needs: readonly string[];
  /** What it was used to build; undefined for what is installed. */
  readonly builds: readonly string[] | undefined;
}

/** What is described: the selected projects, what they depend on, and what builds that. */
export interface SbomContent {
  readonly root: {
    readonly name: string;
    readonly version: string | undefined;
    readonly needs: readonly string[];
  };
  readonly items: readonly SbomItem[];
}

/**
 * What a lock installs for a target, and what its build lock pins to build it.
 * @throws UserError as `planProject`
 */
export function sbomContent(
  project: Project,
  target: DeclaredTarget,
  buildLock: BuildLock | undefined,
): SbomContent {
  const parsed = parseTarget(target);
  const roots = selectRoots(project, target);
  const graph = graphOf(project.lock, roots, environmentOf(parsed));
  const artifacts = new Map(planProject(project, parsed, target).map((one) => [one.name, one]));
  // An environment has one version of a package. A virtual package is not installed: what it needs
  // is what needs it.
  const refOf = ({ name }: LockedPackage): string[] => {
    const one = artifacts.get(name);
    return one ? [refOfArtifact(one)] : [];
  };
  const installed = [...graph].flatMap(([item, needs]): SbomItem[] => {
    const one = artifacts.get(item.name);
    return one ? [itemOf(one, [...needs].flatMap(refOf))] : [];
  });
  const selected = new Set(roots.packages.map((one) => one.package));
  const needed = [...graph.keys()].filter((item) => isNeededDirectly(item, selected, graph, roots));
  const [only, ...others] = selected;
  const own = others.length === 0 ? only : undefined;
  return {
    root: {
      name: own?.name ?? project.current ?? 'workspace',
      version: own?.version,
      needs: [...new Set(needed.flatMap(refOf))].sort(),
    },
    items: [...installed, ...buildItems(buildLock, target.system)],
  };
}

/** Whether the root needs it: a selected project that is installed, or what a virtual one needs. */
function isNeededDirectly(
  item: LockedPackage,
  selected: ReadonlySet<LockedPackage>,
  graph: ReturnType<typeof graphOf>,
  { groups, requirements }: ReturnType<typeof selectRoots>,
): boolean {
  const isVirtual = ({ source }: LockedPackage): boolean => source.kind === 'virtual';
  return (
    selected.has(item) ||
    [...selected].some((one) => isVirtual(one) && graph.get(one)?.has(item)) ||
    groups.some(({ dependencies }) => dependencies.some((one) => one.package === item)) ||
    requirements.some(({ name }) => name === item.name)
  );
}

const refOfArtifact = ({ name, version }: Artifact): string => (version ? `${name}@${version}` : name);

const itemOf = (one: Artifact, needs: readonly string[]): SbomItem => ({
  ...{ ref: refOfArtifact(one), name: one.name, version: one.version, hash: one.hash, kind: one.kind },
  ...{ url: one.url && withoutLogin(one.url), path: one.path, commit: one.commit, filename: one.filename },
  ...{ needs: [...new Set(needs)].sort(), builds: undefined },
});

function withoutLogin(address: string): string | undefined {
  const url = URL.parse(address);
  if (!url) return undefined;
  url.username = '';
  url.password = '';
  url.hash = '';
  return url.href;
}

/** The wheels of build environments of a system, each with what it was used to build. */
function buildItems(buildLock: BuildLock | undefined, system: string): SbomItem[] {
  const environments = Object.entries(ownOf(buildLock?.systems, system)?.environments ?? {});
  const files = new Map<string, string[]>();
  for (const [key, { wheels }] of environments)
    for (const file of wheels) files.set(file, [...(files.get(file) ?? []), key]);
  return [...files].flatMap(([filename, builds]): SbomItem[] => {
    const pinned = ownOf(buildLock?.wheels, filename);
    const parsed = parseWheelName(filename);
    if (pinned === undefined || typeof parsed === 'string') return [];
    const [name = '', version = ''] = filename.split('-', 2);
    return [
      {
        ...{ ref: `build/${filename}`, name: name.toLowerCase().replace(/[-_.]+/g, '-'), version },
        ...{ hash: hexOf(pinned.hash), url: withoutLogin(pinned.url), kind: 'wheel', filename },
        ...{ path: undefined, commit: undefined, needs: [], builds: [...builds].sort() },
      },
    ];
  });
}
