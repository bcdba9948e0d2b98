import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ownOf } from '../build-lock/builds.ts';
import { wheelOf } from '../build-lock/keep.ts';
import type { BuildLock } from '../build-lock/schema.ts';
import { bareAddress } from '../fetch/bare-address.ts';
import { once } from '../system/promises.ts';
import type { Project } from '../uv/lock/project.ts';
import type { LockedPackage } from '../uv/lock/types.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import type { DeclaredTarget } from '../uv/plan/manifest.ts';
import { planProject } from '../uv/plan/plan.ts';
import { selectRoots } from '../uv/plan/selection.ts';
import { environmentOf, parseTarget } from '../uv/plan/target.ts';
import { graphOf } from '../uv/plan/walk.ts';

/** The CycloneDX library, a separate file in dist/. */
type Library = typeof import('./cyclonedx.ts');
type LibraryComponent = InstanceType<Library['Component']>;

/**
 * Makes a software bill of materials for the packages that a lock installs for a target: CycloneDX
 * 1.6 as JSON (ECMA-424). The same lock gives the same bytes, because there is no time in it, and
 * its serial number is derived from the content.
 * @param buildLock pins the build requirements; undefined: they are not listed
 * @param version version of this program
 * @throws UserError as `planProject`
 */
export async function sbomText(
  project: Project,
  target: DeclaredTarget,
  buildLock: BuildLock | undefined,
  version: string,
): Promise<string> {
  const library = await import('./cyclonedx.ts');
  const { Bom, Component, ComponentType, JsonSerializer, JSON: Json, Property, Spec1dot6 } = library;
  const bom = new Bom();
  const tool = { version, bomRef: 'uv-fod' };
  bom.metadata.tools.components.add(new Component(ComponentType.Application, 'uv-fod', tool));
  for (const [name, value] of Object.entries(targetProperties(target)))
    bom.metadata.properties.add(new Property(`uv-fod:target:${name}`, value));
  const { root, components } = installed(project, target, library);
  bom.metadata.component = root;
  for (const one of [...components, ...buildTools(buildLock, target.system, library)])
    bom.components.add(one);
  const serializer = new JsonSerializer(new Json.Normalize.Factory(Spec1dot6));
  // Not `sortLists`, whose order depends on the locale: packages have the order of the plan.
  const write = (): string => serializer.serialize(bom, { space: 2 });
  bom.serialNumber = serialOf(write());
  return `${write()}\n`;
}

/** A UUID of version 8 (RFC 9562) with the digest of a text. */
function serialOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`];
  return `urn:uuid:${[...parts, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')}`;
}

/** The inputs of the plan other than the lock. */
const targetProperties = (target: DeclaredTarget): Record<string, string> => ({
  ...{ system: target.system, python: target.python, libc: target.libc },
  ...(target.packages.length > 0 ? { packages: [...target.packages].sort().join(' ') } : {}),
  ...(target.extras.length > 0 ? { extras: [...target.extras].sort().join(' ') } : {}),
  ...(target.groups.length > 0 ? { groups: [...target.groups].sort().join(' ') } : {}),
  ...{ 'all-packages': String(target.allPackages), 'default-groups': String(target.defaultGroups) },
});

/** The installed components and their dependencies, and the root with its direct dependencies. */
function installed(project: Project, target: DeclaredTarget, library: Library) {
  const parsed = parseTarget(target);
  const roots = selectRoots(project, target);
  const graph = graphOf(project.lock, roots, environmentOf(parsed));
  // An environment has one version of a package.
  const components = new Map(
    planProject(project, parsed, target).map((one) => [one.name, componentOf(one, library)]),
  );
  const connect = (from: LibraryComponent, needs: Iterable<LockedPackage>): void => {
    for (const name of [...needs].map((one) => one.name).sort()) {
      const to = components.get(name);
      if (to && to !== from) from.dependencies.add(to.bomRef);
    }
  };
  for (const [{ name }, needs] of graph) {
    const from = components.get(name);
    if (from) connect(from, needs);
  }
  const selected = new Set(roots.packages.map((one) => one.package));
  // A virtual package is not installed, so its dependencies become dependencies of the root.
  const virtual = [...selected].filter(({ source }) => source.kind === 'virtual');
  const isNeeded = (item: LockedPackage): boolean =>
    selected.has(item) ||
    virtual.some((one) => graph.get(one)?.has(item)) ||
    roots.groups.some(({ dependencies }) => dependencies.some((one) => one.package === item)) ||
    roots.requirements.some(({ name }) => name === item.name);
  const [own] = selected.size === 1 ? selected : [];
  const { Component, ComponentType } = library;
  const root = new Component(ComponentType.Application, own?.name ?? project.current ?? 'workspace', {
    bomRef: 'root',
    ...(own?.version === undefined ? {} : { version: own.version }),
  });
  connect(root, [...graph.keys()].filter(isNeeded));
  return { root, components: components.values() };
}

/** The wheels of a system's build environments, with the names of builds that use them. */
function buildTools(buildLock: BuildLock | undefined, system: string, library: Library): LibraryComponent[] {
  const environments = Object.entries(ownOf(buildLock?.systems, system)?.environments ?? {});
  const files = new Set(environments.flatMap(([, { wheels }]) => wheels));
  return [...files].flatMap((filename): LibraryComponent[] => {
    const pinned = ownOf(buildLock?.wheels, filename);
    if (pinned === undefined) return [];
    const builds = environments.flatMap(([key, { wheels }]) => (wheels.includes(filename) ? [key] : []));
    return [componentOf(wheelOf(filename, pinned), library, builds)];
  });
}

/** @param builds the builds that use the artifact; not set: the artifact is installed */
function componentOf(one: Artifact, library: Library, builds?: readonly string[]): LibraryComponent {
  const { Component, ComponentScope, ComponentType, ExternalReference, ExternalReferenceType, Property } =
    library;
  const { name, version, hash = '', kind, commit, filename } = one;
  const parsed = one.url ? URL.parse(one.url) : null;
  const url = parsed ? bareAddress(parsed) : undefined;
  const address = kind === 'git' && url ? `git+${url}@${commit}` : url;
  const component = new Component(ComponentType.Library, name, {
    bomRef: builds ? `build/${filename}` : refOf(one),
    scope: builds ? ComponentScope.Excluded : ComponentScope.Required,
    ...(version === undefined ? {} : { version }),
    ...(kind === 'directory' ? {} : { purl: purlOf(one, address) }),
  });
  const [algorithm = '', digest = ''] = hash.split(':');
  const known = Object.hasOwn(ALGORITHMS, algorithm) ? ALGORITHMS[algorithm as Algorithm] : undefined;
  if (known !== undefined) component.hashes.set(library.HashAlgorithm[known], digest.toLowerCase());
  const types = ExternalReferenceType;
  const type = {
    wheel: types.Distribution,
    sdist: types.SourceDistribution,
    git: types.VCS,
    directory: types.Other,
  }[kind];
  if (address !== undefined) component.externalReferences.add(new ExternalReference(address, type));
  const properties = [
    ['uv-fod:kind', kind],
    ['uv-fod:filename', filename],
    [kind === 'directory' ? 'uv-fod:in-tree' : 'uv-fod:path', one.path],
    ...(builds ?? []).map((build) => ['uv-fod:builds', build]),
  ] as const;
  for (const [key, value] of properties) if (key && value) component.properties.add(new Property(key, value));
  return component;
}

const refOf = ({ name, version }: Artifact): string => (version ? `${name}@${version}` : name);

/** The package URL of a Python package (purl-spec, type `pypi`). */
function purlOf({ name, version, kind, filename }: Artifact, address: string | undefined): string {
  const at = version === undefined ? '' : `@${encodeURIComponent(version)}`;
  const [key, value] = kind === 'git' && address ? ['vcs_url', address] : ['file_name', filename];
  const qualifier = value ? `?${key}=${encodeURIComponent(value)}` : '';
  return `pkg:pypi/${encodeURIComponent(name)}${at}${qualifier}`;
}

/** CycloneDX's names of the algorithms in a lock. */
const ALGORITHMS = {
  md5: 'MD5',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
  blake2b: 'BLAKE2b-512',
} as const;
type Algorithm = keyof typeof ALGORITHMS;

/** The inputs of software bills of materials. */
export interface Described {
  readonly project: Project;
  readonly targets: readonly DeclaredTarget[];
  /** The build lock that the project's lock requires; undefined if the project has none. */
  readonly lock: BuildLock | undefined;
}

/**
 * Writes a package's software bills of materials, one for each system.
 * @param name name of the package, unique in a run: letters, digits and `.'+-_`
 * @returns their paths
 * @throws UserError as `planProject`
 */
export type WriteSboms = (name: string, described: Described) => Promise<string[]>;

/** Maximum length of a package's name in the name of a file. */
const MOST_NAME = 150;

/**
 * @param temporary folder for a new folder with the files, which later steps of the job can use
 * @param version version of this program
 */
export function makeWriteSboms(temporary: string, version: string): WriteSboms {
  const folder = once(() => mkdtemp(path.join(temporary, 'uv-fod-sbom-')));
  return async (name, { project, targets, lock }) => {
    const files: string[] = [];
    for (const target of targets) {
      const file = path.join(await folder(), `${name.slice(0, MOST_NAME)}.${target.system}.cdx.json`);
      await writeFile(file, await sbomText(project, target, lock, version));
      files.push(file);
    }
    return files;
  };
}
