import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { isBuildLockName } from '../../build-lock/text.ts';
import type { HeldPackage } from '../../pull-request/report/types.ts';
import { tagOf } from '../../release/tags.ts';
import { verifyRelease } from '../../release/verify.ts';
import { isPlainPath } from '../../system/inside.ts';
import { projectBeside } from '../../update/lock-beside.ts';
import type { Computed, Subject } from '../proposed-schema.ts';
import { type BaseTree, withFiles } from './base-tree.ts';
import { verifyCode } from './code.ts';
import { verifyLock } from './lock.ts';
import { currentRevision } from './places.ts';
import {
  type Baseline,
  type ChangedFile,
  type ResultFile,
  refuse,
  type Verified,
  type VerifiedLock,
  type VerifiedPackage,
} from './types.ts';
import { isUvLock, verifyUpgrade } from './upgrade.ts';

/**
 * Verifies another job's result before it is published. That job ran untrusted code, so each file
 * of the result is accepted only if this job can compute or look up its changes again: in a
 * `uv.lock` (upgrade.ts), in a build lock, which may be new (lock.ts), and in literals of existing
 * code for their hashes and for a new version (code.ts).
 * @throws UserError `result-refused`
 */
export async function verify(proposed: Computed, baseline: Baseline): Promise<Verified> {
  const { tree: base } = baseline;
  const files = await Promise.all(proposed.files.map((file) => withBase(file, base)));
  for (const name of proposed.computedFrom)
    if (!(await base.hasFile(name))) throw refuse('it names a lock that the base does not have');
  const upgraded = files.filter(isUvLock).map(requireBefore);
  const held: HeldPackage[] = [];
  const fixes = new Set<string>();
  for (const file of upgraded) {
    const ofFile = await verifyUpgrade(file, baseline, proposed.held);
    for (const name of ofFile.fixes) fixes.add(name);
    held.push(...ofFile.held.map((one) => (upgraded.length > 1 ? { ...one, lock: file.path } : one)));
  }
  // From here on, the upgraded locks are used.
  const tree = withFiles(base, upgraded);
  const code = files.filter((file) => !isLock(file) && !isUvLock(file)).map(requireBefore);
  const packages = await verifyPackages(proposed.subjects, code, upgraded.length > 0, baseline);
  const changed = files.filter(isLock);
  const locks: VerifiedLock[] = [];
  for (const file of [...changed, ...(await unchangedLocks(upgraded, changed, tree))])
    locks.push(await verifyLock(file, { ...baseline, tree }));
  const isTrusted = packages.some((one) => one.isTrusted);
  for (const { path: name } of upgraded)
    if (!isTrusted && !locks.some(({ project }) => path.join(project, 'uv.lock') === path.normalize(name)))
      throw refuse(`it upgrades ${name}, and no build lock is there to compute its hash from`);
  const hashes = locks.flatMap((lock) => lock.hashes);
  const unseen = await verifyCode(code, packages, hashes, tree);
  return { packages, locks, tree, upgraded: upgraded.map((file) => file.path), held, fixes, unseen };
}

/**
 * The base's build locks of upgraded locks that the result does not change: their hashes have to
 * match the new lock, too.
 */
async function unchangedLocks(
  upgraded: readonly ChangedFile[],
  changed: readonly ResultFile[],
  { root, read, filesWith, foldersIn }: BaseTree,
): Promise<ResultFile[]> {
  if (upgraded.length === 0) return [];
  const folders = upgraded.map((file) => path.join(root, path.dirname(file.path)));
  const known = changed.map((file) => path.normalize(file.path));
  const found: ResultFile[] = [];
  for (const name of await filesWith(['"systems"'], ['*.lock.json'])) {
    const folder = await projectBeside(path.join(root, path.dirname(name)), read, foldersIn);
    if (known.includes(name) || folder === undefined || !folders.includes(folder)) continue;
    const text = await read(path.join(root, name));
    if (text !== undefined) found.push({ path: name, before: text, after: text });
  }
  return found;
}

const isLock = (file: ResultFile): boolean => isBuildLockName(file.path);

/** Reads the base's version of a file. An existing file must be a regular one in the repository. */
async function withBase(
  { path: name, content }: Computed['files'][number],
  tree: BaseTree,
): Promise<ResultFile> {
  if (!isPlainPath(name)) throw refuse(`'${name.slice(0, 200)}' is not a path inside the repository`);
  const before = await tree.read(path.join(tree.root, name));
  const found = await lstat(path.join(tree.root, name)).catch(() => undefined);
  if ((before !== undefined && !(await tree.hasFile(name))) || (found !== undefined && !found.isFile()))
    throw refuse(`${name.slice(0, 200)} is not a regular file of the repository`);
  return { path: name, before, after: content };
}

function requireBefore({ path: name, before, after }: ResultFile): ChangedFile {
  if (before === undefined) throw refuse(`it adds the file ${name.slice(0, 200)}`);
  return { path: name, before, after };
}

/**
 * Packages must be those of the configuration, and new versions must be released.
 * @param code files other than locks
 * @param isUpgrade whether a uv.lock changes
 */
async function verifyPackages(
  subjects: readonly Subject[],
  code: readonly ChangedFile[],
  isUpgrade: boolean,
  baseline: Baseline,
): Promise<VerifiedPackage[]> {
  const { packages, trustCompute } = baseline;
  const names = packages.map(({ config }) => config.name);
  if (subjects.length !== names.length || subjects.some(({ name }, at) => name !== names[at]))
    throw refuse('its packages are not those of the configuration');
  const verified: VerifiedPackage[] = [];
  for (const [index, configured] of packages.entries()) {
    const subject = subjects[index];
    const one = { ...configured, isTrusted: subject?.own === true && (isUpgrade || code.length > 0) };
    if (one.isTrusted && !trustCompute)
      throw refuse(
        `only the build job could compute the hash of the dependencies of ${one.config.name}, because they are not fetchUvDeps'; to publish such hashes, set trust-compute = true in the configuration of the base`,
      );
    verified.push(subject?.isBump ? { ...one, bump: await verifyBump(subject, one, code, baseline) } : one);
  }
  return verified;
}

async function verifyBump(
  { before, after, release: { commit } = {} }: Subject,
  { config, file }: VerifiedPackage,
  code: readonly ChangedFile[],
  { tree, finders }: Baseline,
): Promise<NonNullable<VerifiedPackage['bump']>> {
  const { name, releases } = config;
  if (!releases)
    throw refuse(`it changes the version of ${name}, and the configuration has no 'releases' for it`);
  if (before === after || before === '') throw refuse(`it does not name the previous version of ${name}`);
  const { source } = releases;
  const files = new Set([...(file === undefined ? [] : [file]), ...code.map((one) => one.path)]);
  const revision = source.kind === 'branch' ? await currentRevision(config, [...files], tree) : undefined;
  const current = { version: before, ...(revision === undefined ? {} : { revision }) };
  const claimed = { version: after, ...(commit === undefined ? {} : { commit }) };
  const release = await verifyRelease(releases, current, claimed, finders, Date.now());
  const tag = (version: string): string | undefined =>
    'tag' in source ? tagOf(version, source.tag) : undefined;
  return {
    before: { version: before, tag: tag(before), revision },
    after: { version: after, tag: release.tag ?? tag(after), revision: release.revision },
    ...{ release, commit },
  };
}
