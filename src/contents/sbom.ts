import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BuildLock } from '../build-lock/schema.ts';
import { once } from '../system/promises.ts';
import type { Project } from '../uv/lock/project.ts';
import type { DeclaredTarget } from '../uv/plan/manifest.ts';
import { type SbomContent, type SbomItem, sbomContent } from './sbom-items.ts';

type HashName = import('./cyclonedx.ts').HashAlgorithm;

/** The library, a file of its own in dist/. */
type Library = typeof import('./cyclonedx.ts');

/**
 * A software bill of materials of what a lock installs for a target: CycloneDX 1.6 as JSON
 * (ECMA-424).
 * It has no time, and its serial number is derived from the content: the same lock gives the same
 * bytes.
 * @param buildLock what pins the build requirements; undefined: they are not listed
 * @param version of this program
 * @throws UserError as `planProject`
 */
export async function sbomText(
  project: Project,
  target: DeclaredTarget,
  buildLock: BuildLock | undefined,
  version: string,
): Promise<string> {
  const content = sbomContent(project, target, buildLock);
  const library = await import('./cyclonedx.ts');
  const bom = bomOf(content, target, version, library);
  const { JsonSerializer, JSON: Json, Spec1dot6 } = library;
  const serializer = new JsonSerializer(new Json.Normalize.Factory(Spec1dot6));
  const write = (): string => serializer.serialize(bom, { sortLists: true, space: 2 });
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

function bomOf(
  { root, items }: SbomContent,
  target: DeclaredTarget,
  version: string,
  library: Library,
): InstanceType<Library['Bom']> {
  const { Bom, Component, ComponentType, Property } = library;
  const bom = new Bom();
  const main = new Component(ComponentType.Application, root.name, {
    bomRef: 'root',
    ...(root.version === undefined ? {} : { version: root.version }),
  });
  bom.metadata.component = main;
  bom.metadata.tools.components.add(
    new Component(ComponentType.Application, 'uv-fod', { version, bomRef: 'uv-fod' }),
  );
  for (const [name, value] of Object.entries(targetProperties(target)))
    bom.metadata.properties.add(new Property(`uv-fod:target:${name}`, value));
  const components = new Map(items.map((item) => [item.ref, componentOf(item, library)]));
  const connect = (from: InstanceType<Library['Component']>, needs: readonly string[]): void => {
    for (const ref of needs) {
      const to = components.get(ref);
      if (to && to !== from) from.dependencies.add(to.bomRef);
    }
  };
  connect(main, root.needs);
  for (const { ref, needs } of items) {
    const from = components.get(ref);
    if (from) connect(from, needs);
  }
  for (const one of components.values()) bom.components.add(one);
  return bom;
}

/** What the plan depends on besides the lock. */
const targetProperties = (target: DeclaredTarget): Record<string, string> => ({
  ...{ system: target.system, python: target.python, libc: target.libc },
  ...(target.packages.length > 0 ? { packages: [...target.packages].sort().join(' ') } : {}),
  ...(target.extras.length > 0 ? { extras: [...target.extras].sort().join(' ') } : {}),
  ...(target.groups.length > 0 ? { groups: [...target.groups].sort().join(' ') } : {}),
  ...{ 'all-packages': String(target.allPackages), 'default-groups': String(target.defaultGroups) },
});

function componentOf(item: SbomItem, library: Library): InstanceType<Library['Component']> {
  const { Component, ComponentScope, ComponentType, ExternalReference, ExternalReferenceType, Property } =
    library;
  const { ref, name, version, hash, url, kind, path, commit, filename, builds } = item;
  const component = new Component(ComponentType.Library, name, {
    bomRef: ref,
    scope: builds === undefined ? ComponentScope.Required : ComponentScope.Excluded,
    ...(version === undefined ? {} : { version }),
    ...(kind === 'directory' ? {} : { purl: purlOf(item) }),
  });
  const algorithm = hash === undefined ? undefined : algorithmOf(hash, library);
  if (algorithm !== undefined) component.hashes.set(algorithm, hash?.split(':')[1]?.toLowerCase() ?? '');
  const types = ExternalReferenceType;
  const type = {
    wheel: types.Distribution,
    sdist: types.SourceDistribution,
    git: types.VCS,
    directory: types.Other,
  }[kind];
  if (url !== undefined)
    component.externalReferences.add(
      new ExternalReference(kind === 'git' ? `git+${url}@${commit}` : url, type),
    );
  const properties = [
    ['uv-fod:kind', kind],
    ['uv-fod:filename', filename],
    [kind === 'directory' ? 'uv-fod:in-tree' : 'uv-fod:path', path],
    ...(builds ?? []).map((one) => ['uv-fod:builds', one]),
  ] as const;
  for (const [key, value] of properties) if (key && value) component.properties.add(new Property(key, value));
  return component;
}

/** The package URL of a Python package (purl-spec, type `pypi`). */
function purlOf({ name, version, kind, url, commit, filename }: SbomItem): string {
  const at = version === undefined ? '' : `@${encodeURIComponent(version)}`;
  const source = kind === 'git' && url ? { vcs_url: `git+${url}@${commit}` } : { file_name: filename };
  const qualifiers = Object.entries(source).flatMap(([key, value]) =>
    value ? [`${key}=${encodeURIComponent(value)}`] : [],
  );
  return `pkg:pypi/${encodeURIComponent(name)}${at}${qualifiers.length > 0 ? `?${qualifiers.join('&')}` : ''}`;
}

/** The name of a lock's algorithm; undefined if the format has none. */
function algorithmOf(hash: string, { HashAlgorithm }: Library): HashName | undefined {
  const names = {
    md5: 'MD5',
    sha256: 'SHA-256',
    sha384: 'SHA-384',
    sha512: 'SHA-512',
    blake2b: 'BLAKE2b-512',
  } as const;
  const [name = ''] = hash.split(':');
  return Object.hasOwn(names, name) ? HashAlgorithm[names[name as keyof typeof names]] : undefined;
}

/** What software bills of materials are made from. */
export interface Described {
  readonly project: Project;
  readonly targets: readonly DeclaredTarget[];
  /** As it has to be for the project's lock; undefined if the project has no build lock. */
  readonly lock: BuildLock | undefined;
}

/**
 * Writes a package's software bills of materials, one for each system.
 * @param name of the package: letters, digits and `.'+-_`. Different for each
 * @returns their paths
 * @throws UserError as `planProject`
 */
export type WriteSboms = (name: string, described: Described) => Promise<string[]>;

/** Of a package's name, which may be longer than a file's. */
const MOST_NAME = 150;

/**
 * @param temporary folder that gets one with the files, which stays for later steps of the job
 * @param version of this program
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
