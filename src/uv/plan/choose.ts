import path from 'node:path';
import { UserError } from '../../system/errors.ts';
import { someOf } from '../../system/printable.ts';
import { fileName } from '../lock/packages.ts';
import { messageAt, positionOf } from '../lock/reader.ts';
import { forbidsBuild, forbidsWheel, type Settings } from '../lock/settings.ts';
import { isRegistry, isTree, lastSegment, pathIn } from '../lock/source.ts';
import type { LockedFile, LockedPackage, LockedWheel, PackageSource } from '../lock/types.ts';
import { type Artifact, compareText } from './artifact.ts';
import { type TagRank, tagRank } from './tags.ts';
import { formatLibc, type Target } from './target.ts';

/** The inputs of all choices of a plan. */
interface Chooser {
  readonly members: ReadonlySet<string>;
  readonly settings: Settings;
  readonly target: Target;
  readonly rank: TagRank;
}

/**
 * The artifact that uv installs for a package (uv, crates/uv-lock/src/lock/mod.rs,
 * Package::to_dist): the best compatible wheel, otherwise the source, unless settings forbid them.
 * @returns undefined for a virtual package, which is not installed
 * @throws UserError `no-artifact`
 */
export function chooseArtifact(item: LockedPackage, chooser: Chooser): Artifact | undefined {
  if (item.source.kind === 'virtual') return undefined;
  const wheelAllowed = !forbidsWheel(chooser.settings, item.name);
  const wheel = wheelAllowed ? bestWheel(item.wheels, chooser.rank) : undefined;
  if (wheel !== undefined) return wheelArtifact(item, wheel);
  const source = sourceArtifact(item);
  // Members of the workspace are built even with no-build.
  const buildAllowed = chooser.members.has(item.name) || !forbidsBuild(chooser.settings, item.name);
  if (source !== undefined && buildAllowed) return source;
  throw nothingFits(item, chooser, wheelAllowed, source !== undefined);
}

/** The wheel with the best tags, then the highest build tag, then the first one in the lock. */
export function bestWheel(wheels: readonly LockedWheel[], rank: TagRank): LockedWheel | undefined {
  const fitting = wheels.flatMap((wheel) => {
    const own = rank(wheel.name);
    return own === undefined ? [] : [{ wheel, own }];
  });
  const better = (one: (typeof fitting)[number], other: (typeof fitting)[number]): number =>
    other.own - one.own || compareText(other.wheel.name.build, one.wheel.name.build);
  return fitting.sort(better)[0]?.wheel;
}

function wheelArtifact(item: LockedPackage, wheel: LockedWheel): Artifact {
  const { source } = item;
  if (isTree(source) || isGitTree(source))
    throw broken(item, `it has wheels, which a '${source.kind}' source cannot have`);
  const kind = source.kind === 'git' ? 'git' : 'wheel';
  return artifact(item, kind, wheel, wheel.name.filename);
}

/** The artifact to build; undefined if the lock has none. */
function sourceArtifact(item: LockedPackage): Artifact | undefined {
  const { source, sdist } = item;
  if (isTree(source)) return artifact(item, 'directory');
  if (isGitTree(source)) return artifact(item, 'git');
  if (isRegistry(source) && sdist === undefined) return undefined;
  const filename = sourceName(item);
  if (filename?.endsWith('.whl')) return undefined;
  const extension = source.kind === 'url' || source.kind === 'path' ? PEP_625 : ARCHIVE;
  if (filename === undefined || !extension.test(filename))
    throw broken(item, `uv does not build from '${filename ?? ''}', which is not a source archive`);
  return artifact(item, source.kind === 'git' ? 'git' : 'sdist', sdist, filename);
}

const isGitTree = (source: PackageSource): boolean => source.kind === 'git' && source.path === undefined;

/** uv's file extensions of a source by URL or path (PEP 625, and the older .zip). */
const PEP_625 = /\.(?:tar\.gz|zip)$/;
/** uv's file extensions of other sources. */
const ARCHIVE = /\.(?:tar\.(?:gz|bz2|xz|lz|lzma|zst)|zip|tar|tgz|tbz|txz|tlz)$/;

/** The file name of what a package is built from; undefined without one. */
export function sourceName({ source, sdist }: LockedPackage): string | undefined {
  if (source.kind === 'url') return lastSegment(source.url);
  if (source.kind === 'path' || source.kind === 'git') return path.posix.basename(source.path ?? '');
  return sdist && fileName(sdist);
}

function artifact(
  item: LockedPackage,
  kind: Artifact['kind'],
  file?: LockedFile,
  filename?: string,
): Artifact {
  const { name, version } = item;
  return { name, version, kind, filename, hash: file?.hash, size: file?.size, ...originOf(item, file) };
}

/** The origin of an artifact: a URL or path, and details of git. */
function originOf(item: LockedPackage, file: LockedFile | undefined): Partial<Artifact> {
  const { source } = item;
  switch (source.kind) {
    case 'registry':
    case 'registry-path':
      if (file?.url !== undefined) return { url: file.url };
      if (source.kind === 'registry-path' && file?.path !== undefined)
        return { path: pathIn(source.path, file.path) };
      throw broken(item, 'a file that is needed has no url or path');
    case 'git': {
      const { url, commit, subdirectory, ref, lfs } = source;
      const reference = ref && `${ref.kind}=${ref.name}`;
      return { url, commit, subdirectory, ref: reference, lfs: lfs || undefined, path: source.path };
    }
    case 'url':
      return { url: source.url, subdirectory: source.subdirectory };
    case 'editable':
      return { path: source.path, editable: true };
    default:
      return { path: source.path };
  }
}

function broken({ place }: LockedPackage, what: string): UserError {
  return new UserError('no-artifact', messageAt(place, what), { at: positionOf(place) });
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
    wheelAllowed ? wheelReason(item, chooser.target) : 'its wheels are forbidden (no-binary)',
    hasSource ? 'building it is forbidden (no-build)' : 'there is no source to build it from',
  ];
  return new UserError(
    'no-artifact',
    `${label}: ${reasons.join(', and ')}, so nothing of it can be installed for ${system}, Python ${python}, ${formatLibc(libc)}. Change the target, the rules in [tool.uv], or the version.`,
    { at: positionOf(item.place) },
  );
}

/** Minor versions of CPython 3 that a message may name. */
const minors = Array.from({ length: 16 }, (_, index) => index + 7);

function wheelReason(item: LockedPackage, target: Target): string {
  if (item.wheels.length === 0) return 'it has no wheels';
  const pythons = minors
    .map((minor) => `3.${minor}`)
    .filter((python) => {
      const rank = tagRank({ ...target, python: `${python}.0` });
      return item.wheels.some(({ name }) => rank(name) !== undefined);
    });
  if (pythons.length > 0) return `its wheels are for Python ${pythons.join(', ')}`;
  const names = item.wheels.map(({ name }) => name.filename);
  return `its wheels are for other systems or newer C libraries (${someOf(names, 8)})`;
}
