import { UserError } from '../../system/errors.ts';
import { printable } from '../../system/printable.ts';
import { fileName } from '../lock/files.ts';
import { forbidsBuild, forbidsWheel, type Settings } from '../lock/settings.ts';
import { bareUrl, lastSegment } from '../lock/source.ts';
import type { LockedFile, LockedPackage, LockedWheel } from '../lock/types.ts';
import { compareBuild } from '../lock/wheel-name.ts';
import type { Artifact } from './artifact.ts';
import type { TagRank } from './tags.ts';
import { formatLibc, type Target } from './target.ts';

/** The inputs of all choices of a plan. */
interface Chooser {
  readonly file: string;
  readonly members: ReadonlySet<string>;
  readonly settings: Settings;
  readonly target: Target;
  readonly rank: TagRank;
}

/**
 * The artifact that uv installs for a package (uv, crates/uv-lock/src/lock/mod.rs,
 * Package::to_dist): the best compatible wheel, else the source, unless settings forbid them.
 * @returns undefined for a virtual package, which is not installed
 * @throws UserError `no-artifact`
 */
export function chooseArtifact(item: LockedPackage, chooser: Chooser): Artifact | undefined {
  if (item.source.kind === 'virtual') return undefined;
  const wheelAllowed = !forbidsWheel(chooser.settings, item.name);
  const wheel = wheelAllowed ? bestWheel(item.wheels, chooser.rank) : undefined;
  if (wheel !== undefined) return wheelArtifact(item, wheel, chooser);
  const source = sourceArtifact(item, chooser);
  // Members of the workspace are built even with no-build.
  const buildAllowed = chooser.members.has(item.name) || !forbidsBuild(chooser.settings, item.name);
  if (source !== undefined && buildAllowed) return source;
  throw nothingFits(item, chooser, wheelAllowed, source !== undefined);
}

/** The wheel with the best tags, then the highest build tag, then the first one in the lock. */
export function bestWheel(wheels: readonly LockedWheel[], rank: TagRank): LockedWheel | undefined {
  let best: { readonly wheel: LockedWheel; readonly rank: number } | undefined;
  for (const wheel of wheels) {
    const own = rank(wheel.name);
    if (own === undefined) continue;
    const better =
      best === undefined ||
      own > best.rank ||
      (own === best.rank && compareBuild(wheel.name.build, best.wheel.name.build) > 0);
    if (better) best = { wheel, rank: own };
  }
  return best?.wheel;
}

function wheelArtifact(item: LockedPackage, wheel: LockedWheel, chooser: Chooser): Artifact {
  const { source } = item;
  const common = { ...identity(item), ...fileFields(wheel), filename: wheel.name.filename };
  switch (source.kind) {
    case 'registry':
    case 'registry-path':
      return { ...common, kind: 'wheel', ...address(item, wheel, chooser) };
    case 'url':
      return { ...common, kind: 'wheel', url: source.url };
    case 'path':
      return { ...common, kind: 'wheel', path: source.path };
    case 'git':
      if (source.path !== undefined) return { ...common, ...gitFields(item), path: source.path };
  }
  throw broken(item, chooser, `it has wheels, which a '${source.kind}' source cannot have`);
}

/** The artifact to build; undefined if the lock has none. */
function sourceArtifact(item: LockedPackage, chooser: Chooser): Artifact | undefined {
  const { source, sdist } = item;
  switch (source.kind) {
    case 'registry':
    case 'registry-path':
      return sdist === undefined ? undefined : registrySdist(item, sdist, chooser);
    case 'url': {
      const filename = archiveName(item, lastSegment(source.url), chooser, isPep625);
      if (filename === undefined) return undefined;
      const file = {
        ...identity(item),
        kind: 'sdist',
        filename,
        ...fileFields(sdist),
        url: source.url,
      } as const;
      return source.subdirectory === undefined ? file : { ...file, subdirectory: source.subdirectory };
    }
    case 'path': {
      const filename = archiveName(item, baseName(source.path), chooser, isPep625);
      if (filename === undefined) return undefined;
      return { ...identity(item), kind: 'sdist', filename, ...fileFields(sdist), path: source.path };
    }
    case 'git': {
      if (source.path === undefined) return { ...identity(item), ...gitFields(item) };
      const filename = archiveName(item, baseName(source.path), chooser, isArchive);
      if (filename === undefined) return undefined;
      return { ...identity(item), ...gitFields(item), filename, ...fileFields(sdist), path: source.path };
    }
    case 'editable':
      return { ...identity(item), kind: 'directory', path: source.path, editable: true };
    default:
      return { ...identity(item), kind: 'directory', path: source.path };
  }
}

function registrySdist(item: LockedPackage, sdist: LockedFile, chooser: Chooser): Artifact {
  const filename = fileName(sdist);
  if (filename === undefined || !isArchive(filename))
    throw broken(item, chooser, `its sdist '${filename ?? sdist.url ?? ''}' has no name of a source archive`);
  return {
    ...identity(item),
    kind: 'sdist',
    filename,
    ...fileFields(sdist),
    ...address(item, sdist, chooser),
  };
}

/** URL, or the path of a file in a local index. */
function address(
  item: LockedPackage,
  file: LockedFile,
  chooser: Chooser,
): { url: string } | { path: string } {
  if (file.url !== undefined) return { url: file.url };
  if (item.source.kind === 'registry-path' && file.path !== undefined)
    return { path: joinPath(item.source.path, file.path) };
  throw broken(item, chooser, 'a file that is needed has no url or path');
}

function identity(item: LockedPackage): { name: string; version?: string } {
  return item.version === undefined ? { name: item.name } : { name: item.name, version: item.version };
}

function fileFields(file: LockedFile | undefined): { hash?: string; size?: number } {
  return {
    ...(file?.hash === undefined ? {} : { hash: file.hash }),
    ...(file?.size === undefined ? {} : { size: file.size }),
  };
}

function gitFields({ source }: LockedPackage): Omit<Artifact, 'name'> & { kind: 'git' } {
  if (source.kind !== 'git') return { kind: 'git' };
  return {
    kind: 'git',
    url: bareUrl(source.url),
    commit: source.commit,
    ...(source.subdirectory === undefined ? {} : { subdirectory: source.subdirectory }),
    ...(source.ref === undefined ? {} : { ref: `${source.ref.kind}=${source.ref.name}` }),
    ...(source.lfs ? { lfs: true } : {}),
  };
}

/** The name of a source archive; undefined for a wheel. */
function archiveName(
  item: LockedPackage,
  name: string | undefined,
  chooser: Chooser,
  accepts: (name: string) => boolean,
): string | undefined {
  if (name?.endsWith('.whl')) return undefined;
  if (name !== undefined && accepts(name)) return name;
  throw broken(item, chooser, `uv builds from .tar.gz and .zip archives, and '${name ?? ''}' is neither`);
}

/** uv's file extensions of a source by URL or path (PEP 625, and the older .zip). */
function isPep625(name: string): boolean {
  return /\.(?:tar\.gz|zip)$/.test(name);
}

/** uv's file extensions of a source from an index. */
function isArchive(name: string): boolean {
  return /\.(?:tar\.(?:gz|bz2|xz|lz|lzma|zst)|zip|tar|tgz|tbz|txz|tlz)$/.test(name);
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

function joinPath(folder: string, file: string): string {
  if (file.startsWith('/') || folder === '.' || folder === '') return file;
  return `${folder.replace(/\/$/, '')}/${file}`;
}

function broken(item: LockedPackage, chooser: Chooser, what: string): UserError {
  const line = item.line();
  const place = line === undefined ? chooser.file : `${chooser.file}:${line}`;
  return new UserError(
    'no-artifact',
    printable(`${place} (package '${item.name}'): ${what}. Run 'uv lock' to recreate it.`),
    {
      at: line === undefined ? { file: chooser.file } : { file: chooser.file, line },
    },
  );
}

function nothingFits(
  item: LockedPackage,
  chooser: Chooser,
  wheelAllowed: boolean,
  hasSource: boolean,
): UserError {
  const { system, python, libc } = chooser.target;
  const label = item.version === undefined ? item.name : `${item.name} ${item.version}`;
  const reasons = [
    wheelAllowed ? wheelReason(item) : 'wheels are forbidden for it (no-binary)',
    hasSource ? 'building it is forbidden (no-build)' : 'there is no source to build it from',
  ];
  const line = item.line();
  return new UserError(
    'no-artifact',
    `No artifact of ${label} fits ${system}, Python ${python}, ${formatLibc(libc)}: ${reasons.join('; ')}. Change the target, the rules in [tool.uv], or the version.`,
    { at: line === undefined ? { file: chooser.file } : { file: chooser.file, line } },
  );
}

function wheelReason(item: LockedPackage): string {
  if (item.wheels.length === 0) return 'there are no wheels';
  const shown = item.wheels.slice(0, 8).map(({ name }) => name.filename);
  const more = item.wheels.length > shown.length ? ` and ${item.wheels.length - shown.length} more` : '';
  return `no wheel is compatible (${shown.join(', ')}${more})`;
}
