import { satisfies } from '@renovatebot/pep440';
import { isRegistry, isTree, sourceKey } from '../lock/source.ts';
import type { Lock, LockedPackage } from '../lock/types.ts';
import { bestWheel, sourceName } from './choose.ts';
import { type Scope, wholeLock } from './scope.ts';
import { type TagRank, tagRank } from './tags.ts';
import { parseTarget, SYSTEMS, type System, type Target } from './target.ts';

/** How a package is installed on a system. */
export type Form = 'wheel' | 'sdist' | 'git' | 'directory' | 'none';

/** One version of a package, on one side of a comparison. */
export interface LockEntry {
  readonly version: string | undefined;
  /** The source if it is not an index: `git …`, `url …`, `path …`. */
  readonly source: string | undefined;
  readonly forms: Readonly<Partial<Record<System, Form>>>;
}

export interface PackageChange {
  readonly name: string;
  readonly relation: 'direct' | 'transitive';
  /** Empty for an added package; several if the lock forks. */
  readonly before: readonly LockEntry[];
  /** Empty for a removed package. */
  readonly after: readonly LockEntry[];
}

/**
 * A file whose digest changed while its version did not. Only `other-bytes` means another digest of
 * the same algorithm, which no index should allow.
 */
export interface HashChange {
  readonly name: string;
  readonly relation: 'direct' | 'transitive';
  readonly version: string | undefined;
  readonly filename: string;
  readonly change: 'other-bytes' | 'digest-added' | 'digest-removed' | 'other-algorithm';
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface LockDiff {
  readonly added: readonly PackageChange[];
  readonly removed: readonly PackageChange[];
  readonly changed: readonly PackageChange[];
  readonly hashOnly: readonly HashChange[];
}

const PYTHONS = ['3.14', '3.13', '3.12', '3.11', '3.10', '3.9'];

/** The newest Python that a lock supports. */
export const newestPython = (lock: Lock): string =>
  PYTHONS.find((python) => satisfies(`${python}.0`, lock.requiresPython, { prereleases: true })) ?? '3.14';

/** The default targets: all systems, with the newest Python that the lock supports. */
const usualTargets = (lock: Lock): readonly Target[] =>
  SYSTEMS.map((system) => parseTarget({ system, python: newestPython(lock) }));

interface Platform {
  readonly system: System;
  readonly rank: TagRank;
}

/**
 * The differences between two complete locks, regardless of a selection.
 * @param targets one for each system to report wheel or sdist for
 */
export const diffLocks = (
  before: Lock,
  after: Lock,
  targets: readonly Target[] = usualTargets(after),
): LockDiff => diffScopes(wholeLock(before), wholeLock(after), targets);

/**
 * The differences between the compared parts of two locks.
 * @param targets one for each system to report wheel or sdist for
 */
export function diffScopes(before: Scope, after: Scope, targets: readonly Target[]): LockDiff {
  const platforms = targets.map((target) => ({ system: target.system, rank: tagRank(target) }));
  const oldByName = Map.groupBy(before.packages, ({ name }) => name);
  const nowByName = Map.groupBy(after.packages, ({ name }) => name);
  const added: PackageChange[] = [];
  const removed: PackageChange[] = [];
  const changed: PackageChange[] = [];
  const hashOnly: HashChange[] = [];
  for (const name of [...new Set([...oldByName.keys(), ...nowByName.keys()])].sort()) {
    const old = oldByName.get(name) ?? [];
    const now = nowByName.get(name) ?? [];
    // Both sides have the same objects if they come from one lock, which is parsed only once.
    if (old.length === now.length && old.every((one, index) => one === now[index])) continue;
    const { direct } = now.length > 0 ? after : before;
    const relation = direct.has(name) ? 'direct' : 'transitive';
    const change = (): PackageChange => ({
      name,
      relation,
      before: entries(old, platforms),
      after: entries(now, platforms),
    });
    if (old.length === 0) added.push(change());
    else if (now.length === 0) removed.push(change());
    else if (!sameText(identities(old), identities(now))) changed.push(change());
    else {
      hashOnly.push(...hashChanges(old, now, relation));
      const offered = change();
      // An added or removed wheel of the same version changes what is built.
      if (!sameText(formTexts(offered.before), formTexts(offered.after))) changed.push(offered);
    }
  }
  return { added, removed, changed, hashOnly };
}

function entries(items: readonly LockedPackage[], platforms: readonly Platform[]): readonly LockEntry[] {
  return items.map((item) => ({
    ...{ version: item.version, source: displaySource(item) },
    forms: Object.fromEntries(platforms.map(({ system, rank }) => [system, formOf(item, rank)])),
  }));
}

function formOf({ source, wheels, sdist }: LockedPackage, rank: TagRank): Form {
  if (isTree(source)) return 'directory';
  if (bestWheel(wheels, rank) !== undefined) return 'wheel';
  if (source.kind === 'git') return 'git';
  const isArchive = !isRegistry(source) && wheels.length === 0;
  return isArchive || (isRegistry(source) && sdist !== undefined) ? 'sdist' : 'none';
}

function displaySource({ source }: LockedPackage): string | undefined {
  if (isRegistry(source)) return undefined;
  if (source.kind === 'git') return `git ${source.url} ${source.commit}`;
  return `${source.kind} ${'url' in source ? source.url : source.path}`;
}

/** The index is not part of a package's identity: a mirror has the same package. */
const identities = (items: readonly LockedPackage[]): readonly string[] =>
  items.map(({ version = '', source }) => `${version} ${isRegistry(source) ? '' : sourceKey(source)}`);

const formTexts = (list: readonly LockEntry[]): readonly string[] =>
  list.map((entry) => JSON.stringify(entry.forms));

function sameText(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && [...left].sort().join('\n') === [...right].sort().join('\n');
}

function hashChanges(
  old: readonly LockedPackage[],
  now: readonly LockedPackage[],
  relation: HashChange['relation'],
): readonly HashChange[] {
  const files = old.flatMap(filesOf);
  const byAddress = Map.groupBy(files, ({ address }) => address);
  const byIndex = Map.groupBy(files, ({ inIndex }) => inIndex);
  return now.flatMap((item) =>
    filesOf(item).flatMap(({ address, inIndex, filename, hash: after }) => {
      const same = byAddress.get(address) ?? byIndex.get(inIndex) ?? [];
      const digests = same.map(({ hash }) => hash);
      if (digests.length === 0 || digests.includes(after)) return [];
      const change = kindOfChange(digests, after);
      const before = digests.find((digest) => algorithmOf(digest) === algorithmOf(after)) ?? digests[0];
      return [{ name: item.name, relation, version: item.version, filename, change, before, after }];
    }),
  );
}

function kindOfChange(
  before: readonly (string | undefined)[],
  after: string | undefined,
): HashChange['change'] {
  if (after === undefined) return 'digest-removed';
  if (before.some((digest) => algorithmOf(digest) === algorithmOf(after))) return 'other-bytes';
  return before.every((digest) => digest === undefined) ? 'digest-added' : 'other-algorithm';
}

const algorithmOf = (digest: string | undefined): string | undefined => digest?.split(':', 1)[0];

interface ComparedFile {
  readonly filename: string;
  readonly hash: string | undefined;
  /** Identifies the file: its address, or its name and version in one index. */
  readonly address: string;
  readonly inIndex: string;
}

function filesOf(item: LockedPackage): readonly ComparedFile[] {
  const { wheels, sdist, version, source, name } = item;
  const files = [
    ...wheels.map((file) => ({ file, filename: file.name.filename })),
    ...(sdist ? [{ file: sdist, filename: sourceName(item) || `${name}.tar.gz` }] : []),
  ];
  return files.map(({ filename, file: { hash, url } }) => {
    const inIndex = JSON.stringify([version, filename, source]);
    return { filename, hash, address: url ?? inIndex, inIndex };
  });
}
