import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { isBuildLockName, parseBuildLock } from '../build-lock/text.ts';
import type { BuildLock, SystemPlan } from '../build-lock/types.ts';
import type { PackageConfig } from '../config/types.ts';
import type { HashTools } from '../fetch/hash.ts';
import type { Release, ReleaseParts } from '../release/types.ts';
import { verifyRelease } from '../release/verify.ts';
import { UserError } from '../system/errors.ts';
import { isPlainPath } from '../system/inside.ts';
import { fakeHash, isSri } from '../system/sri.ts';
import { hashesFor, type WrittenLock } from '../update/recompute.ts';
import type { BaseTree } from './base-tree.ts';
import type { Proposed, Subject } from './proposed.ts';
import { refuse } from './refuse.ts';
import { checkHosts, type HostLimits } from './verify-hosts.ts';
import { type CodeFile, type HashOfSystem, verifyNixFiles } from './verify-literals.ts';
import { currentRevision, type PackageToVerify } from './verify-version.ts';
import { expectedText } from './version-places.ts';

/** What a result is verified against. */
export interface Baseline extends HostLimits {
  /** Files of the commit that the result was computed from. */
  readonly tree: BaseTree;
  readonly native: () => Promise<HashTools>;
  /**
   * Verifies builds and wheels of a build lock against the base, the sources and the indexes.
   * @returns what only the build job could see, as clauses
   * @throws UserError `result-refused`
   */
  readonly verifyBuilds: (lock: WrittenLock, systems: readonly SystemPlan[]) => Promise<readonly string[]>;
  /**
   * Packages of the proposal, by the base's configuration or the inputs; `file` is relative to the
   * root.
   */
  readonly packages: readonly { readonly config: PackageConfig; readonly file: string | undefined }[];
  /** To look up releases again. */
  readonly releases: ReleaseParts;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A build lock of the result, whose hashes this job computed. */
export interface VerifiedLock {
  /** Relative to the root. */
  readonly path: string;
  /** Folder of its uv.lock, relative to the root. */
  readonly project: string;
  readonly before: string | undefined;
  readonly after: string;
  readonly buildLock: BuildLock;
  readonly hashes: readonly HashOfSystem[];
  /** What only the build job could see, as clauses. */
  readonly taken: readonly string[];
}

/** A package of the result. */
export interface VerifiedSubject {
  readonly config: PackageConfig;
  /** The version before, and the new release as it is published now. */
  readonly bump: { readonly before: string; readonly release: Release; readonly commit?: string } | undefined;
}

export interface Verified {
  readonly subjects: readonly VerifiedSubject[];
  readonly locks: readonly VerifiedLock[];
  /** New hashes of further fixed-output derivations: without Nix they cannot be computed here. */
  readonly unseen: readonly { readonly attribute: string; readonly after: string }[];
}

/**
 * Verifies another job's result before it is published. That job ran untrusted code, so this job
 * computes the hashes again from the base's uv.lock, and looks up the releases again.
 * @throws UserError `result-refused`
 */
export async function verify(proposed: Proposed, baseline: Baseline): Promise<Verified> {
  const { tree } = baseline;
  const files = await Promise.all(proposed.files.map((file) => withBase(file, tree)));
  const isLock = (file: { path: string }): boolean => isBuildLockName(file.path);
  for (const name of proposed.computedFrom)
    if (!(await tree.hasFile(name))) throw refuse('it names a lock that the base does not have');
  const code = files.filter((file) => !isLock(file)).map(required);
  const subjects = await verifySubjects(proposed.subjects, code, baseline);
  const locks: VerifiedLock[] = [];
  for (const file of files.filter(isLock)) locks.push(await verifyLock(file, baseline));
  const packages = subjects.map(({ package: one }) => one);
  const unseen = await verifyCode(
    code,
    packages,
    locks.flatMap(({ hashes }) => hashes),
    tree,
  );
  for (const { hashes } of locks) await requireWritten(hashes, code, tree);
  return { subjects: subjects.map(({ subject }) => subject), locks, unseen };
}

interface ResultFile {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string;
}

/** Reads the base's version of a file, which must be a regular file in the repository. */
async function withBase(
  { path: name, content }: Proposed['files'][number],
  tree: BaseTree,
): Promise<ResultFile> {
  if (!isPlainPath(name)) throw refuse(`'${name.slice(0, 200)}' is not a path inside the repository`);
  const before = await tree.read(path.join(tree.root, name));
  const found = await lstat(path.join(tree.root, name)).catch(() => undefined);
  if ((before !== undefined && !(await tree.hasFile(name))) || (found !== undefined && !found.isFile()))
    throw refuse(`${name.slice(0, 200)} is not a regular file of the repository`);
  return { path: name, before, after: content };
}

function required({ path: name, before, after }: ResultFile): CodeFile {
  if (before === undefined) throw refuse(`it adds the file ${name.slice(0, 200)}`);
  return { path: name, before, after };
}

/** Packages must be those of the configuration, and new versions must be released. */
async function verifySubjects(
  subjects: readonly Subject[],
  code: readonly CodeFile[],
  { packages, tree, releases, now }: Baseline,
): Promise<{ subject: VerifiedSubject; package: PackageToVerify }[]> {
  if (
    subjects.length !== packages.length ||
    subjects.some(({ name }, at) => name !== packages[at]?.config.name)
  )
    throw refuse('its packages are not those of the configuration');
  const verified: { subject: VerifiedSubject; package: PackageToVerify }[] = [];
  for (const [index, { config, file }] of packages.entries()) {
    const subject = subjects[index];
    if (!subject?.isBump) {
      verified.push({ subject: { config, bump: undefined }, package: { config, file, bump: undefined } });
      continue;
    }
    const { before, after, release: { commit } = {} } = subject;
    if (!config.releases)
      throw refuse(
        `it changes the version of ${config.name}, and the configuration has no 'releases' for it`,
      );
    if (before === after || before === '')
      throw refuse(`it does not name the previous version of ${config.name}`);
    const files = [...(file === undefined ? [] : [file]), ...code.map((one) => one.path)];
    const isBranch = config.releases.source.kind === 'branch';
    const revision = isBranch ? await currentRevision(config, [...new Set(files)], tree) : undefined;
    const current = { version: before, ...(revision === undefined ? {} : { revision }) };
    const claimed = { version: after, ...(commit === undefined ? {} : { commit }) };
    const release = await verifyRelease(config.releases, current, claimed, releases, now);
    const tag = release.tag ?? tagFor(config, after);
    const bump = {
      before: { version: before, tag: tagFor(config, before), revision },
      after: { version: after, tag, revision: release.revision },
    };
    verified.push({
      subject: { config, bump: { before, release, ...(commit === undefined ? {} : { commit }) } },
      package: { config, file, bump },
    });
  }
  return verified;
}

function tagFor({ releases }: PackageConfig, version: string): string | undefined {
  const source = releases?.source;
  return source && 'tag' in source ? `${source.tag.prefix}${version}${source.tag.suffix}` : undefined;
}

async function verifyLock(file: ResultFile, baseline: Baseline): Promise<VerifiedLock> {
  const { tree, native } = baseline;
  const { path: name, before, after } = file;
  const buildLock = claimedLock(after, name);
  const old = before === undefined ? undefined : parseBuildLock(before, name);
  checkSystems(buildLock, old);
  const folder = path.posix.dirname(name);
  const project = await tree.projectNear(folder === '.' ? '' : folder);
  if (project === undefined)
    throw refuse(
      `without Nix the uv.lock of ${name.slice(0, 200)} cannot be found: none or several are beside it or directly below it`,
    );
  const uvLock = await tree.read(path.join(tree.root, project, 'uv.lock'));
  checkHosts(buildLock, [before ?? '', uvLock ?? ''], baseline);
  const computed = await hashesFor(buildLock, path.join(tree.root, project), { read: tree.read, native });
  const hashes = computed.map(({ target: { system }, hash }): HashOfSystem => {
    const claimed = buildLock.systems[system]?.hash;
    if (claimed !== hash)
      throw refuse(`it claims the hash ${claimed} for ${system}, and this job computed ${hash}`);
    return { system, before: old?.systems[system]?.hash, after: hash };
  });
  const written = { file: path.join(tree.root, name), text: after, lock: buildLock };
  const taken = await baseline.verifyBuilds({ ...written, project: path.join(tree.root, project) }, computed);
  return { ...file, project, buildLock, hashes, taken };
}

function claimedLock(text: string, name: string): BuildLock {
  try {
    return parseBuildLock(text, name);
  } catch (error) {
    throw error instanceof UserError ? refuse(error.message.replace(/\.$/, '')) : error;
  }
}

function checkSystems(now: BuildLock, before: BuildLock | undefined): void {
  for (const [system, { hash }] of Object.entries(now.systems)) {
    if (!isSri(hash) || hash === fakeHash) throw refuse(`it has no hash for ${system.slice(0, 100)}`);
  }
  const missing = Object.keys(before?.systems ?? {}).filter((system) => !(system in now.systems));
  if (missing.length > 0) throw refuse(`it no longer has ${missing.join(' and ')}`);
}

async function verifyCode(
  code: readonly CodeFile[],
  packages: readonly PackageToVerify[],
  hashes: readonly HashOfSystem[],
  tree: BaseTree,
): Promise<{ attribute: string; after: string }[]> {
  const nix: CodeFile[] = [];
  for (const { path: name, before, after } of code) {
    const expected = expectedText(name, before, after, packages);
    if (name.endsWith('.nix')) nix.push({ path: name, before: expected, after });
    else if (expected !== after) throw refuse(`it changes more in ${name} than version and hashes`);
  }
  const changed = new Set(code.map((file) => file.path));
  for (const { config, bump } of packages)
    for (const place of config.versionFiles)
      if (bump && place.kind !== 'nix' && !changed.has(place.file))
        throw refuse(`it changes the version of ${config.name}, but not in ${place.file}`);
  return verifyNixFiles(nix, packages, hashes, tree);
}

/** Each hash must be in a changed file, or unchanged in another Nix file of the base. */
async function requireWritten(
  hashes: readonly HashOfSystem[],
  code: readonly CodeFile[],
  tree: BaseTree,
): Promise<void> {
  for (const { system, after } of hashes) {
    const unchanged = async (): Promise<boolean> => {
      const files = await tree.nixFilesWith(`"${after}"`);
      return files.some((name) => !code.some((file) => file.path === name));
    };
    const isWritten = code.some((file) => file.after.includes(`"${after}"`)) || (await unchanged());
    if (!isWritten) throw refuse(`no derivation has the hash for ${system}, ${after}`);
  }
}
