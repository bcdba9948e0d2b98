import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../system/errors.ts';
import { repositoryOf } from '../system/inside.ts';
import { printable } from '../system/printable.ts';
import { sriFromHex } from '../system/sri.ts';
import { loadProject, type ReadText } from '../uv/lock/index.ts';
import { type Artifact, parseTarget, planProject } from '../uv/plan/index.ts';
import { type DeclaredTarget, type Manifest, manifestText } from '../uv/plan/manifest.ts';
import { strangeApart } from './apart.ts';
import { ownOf } from './keep.ts';
import { buildKey } from './sources.ts';
import { parseBuildLock, strangeIn } from './text.ts';
import type { BuildLock } from './types.ts';

const remedy =
  "Run 'uv-fod update' (or let the Action do it) and commit what it changes. By hand: 'uv-fod lock', then set hash = lib.fakeHash;, build, and copy the hash after 'got:'.";

export interface CheckOptions {
  /** Folder of uv.lock. */
  readonly project: string;
  /** The fixed output. */
  readonly deps: string;
  readonly buildLock: string;
  /** File to write. */
  readonly requirements: string;
}

/**
 * Plans the source's uv.lock again, for the target that the fixed output was made for, and stops where the output or the
 * build lock is not what that plan asks for: Nix itself takes an old output for a new lock without a word.
 *
 * @throws UserError `deps-stale`, `build-lock-stale`
 */
export async function check(options: CheckOptions, read: ReadText): Promise<void> {
  const text = await readFile(path.join(options.deps, 'manifest.json'), 'utf8');
  const { target } = JSON.parse(text) as Manifest;
  const artifacts = planProject(
    await loadProject(options.project, read, { repository: (await repositoryOf(options.project)) ?? null }),
    parseTarget(target),
    target,
  );
  const expected = manifestText(artifacts, target);
  if (expected !== text) throw staleDeps(JSON.parse(expected) as Manifest, JSON.parse(text) as Manifest);
  const lockText = await readFile(options.buildLock, 'utf8');
  const buildLock = parseBuildLock(lockText, path.basename(options.buildLock));
  const strange = strangeIn(lockText, buildLock);
  if (strange !== undefined)
    throw new UserError('build-lock-stale', `The build lock is not right: ${strange}. ${remedy}`);
  checkBuildLock(artifacts, target, buildLock);
  await writeFile(options.requirements, artifacts.map((artifact) => `${requirement(artifact)}\n`).join(''));
}

/** By name and version, so that uv takes it from its find-links folders and records no folder of this build. */
const requirement = ({ name, version }: Artifact): string =>
  version === undefined ? name : `${name}==${version}`;

function checkBuildLock(artifacts: readonly Artifact[], target: DeclaredTarget, buildLock: BuildLock): void {
  const wanted = artifacts
    .filter(({ kind }) => kind !== 'wheel')
    .map(buildKey)
    .sort();
  const locked = ownOf(buildLock.systems, target.system)?.builds;
  if (locked === undefined) {
    throw new UserError('build-lock-stale', `The build lock has nothing for ${target.system}. ${remedy}`);
  }
  const difference = describe(wanted, [...locked].sort());
  if (difference !== '') {
    throw new UserError(
      'build-lock-stale',
      `The build lock is out of date: uv.lock asks for other things to build (${difference}). ${remedy}`,
    );
  }
  for (const artifact of artifacts) checkSource(artifact, buildLock);
  const strange = strangeApart(buildLock.systems[target.system]?.apart, artifacts);
  if (strange !== undefined) {
    throw new UserError(
      'build-lock-stale',
      `The build lock is out of date: it installs ${printable(strange)}, which is not what uv.lock has. ${remedy}`,
    );
  }
}

/** The same name and version can stand for other bytes: a git commit that moved, an sdist that was replaced. */
function checkSource(artifact: Artifact, buildLock: BuildLock): void {
  const build = ownOf(buildLock.builds, buildKey(artifact));
  // A wheel of the plan is not built at all.
  if (artifact.kind === 'wheel') return;
  const locked = artifact.hash?.startsWith('sha256:') ? artifact.hash.slice('sha256:'.length) : undefined;
  const moved =
    build?.kind !== artifact.kind ||
    build.name !== artifact.name ||
    (build.kind !== 'directory' && (build.subdirectory ?? '') !== (artifact.subdirectory ?? '')) ||
    (build.kind === 'git' && (build.commit !== artifact.commit || build.url !== artifact.url)) ||
    (build.kind === 'sdist' && locked !== undefined && build.hash !== sriFromHex(locked)) ||
    (build.kind !== 'git' &&
      (build.path ?? '') !== (artifact.path ?? (build.kind === 'directory' ? '.' : '')));
  if (moved)
    throw new UserError(
      'build-lock-stale',
      `The build lock is out of date: it has another source for ${buildKey(artifact)} than uv.lock. ${remedy}`,
    );
}

function staleDeps(expected: Manifest, actual: Manifest): UserError {
  const names = (manifest: Manifest): string[] =>
    manifest.wheels.map(({ filename, hash }) => `${filename} ${hash ?? ''}`);
  const difference =
    describe(names(expected), names(actual)) || 'another target, or another version of the fetcher';
  return new UserError(
    'deps-stale',
    `The hash of uvDeps is out of date: its wheels were fetched for another uv.lock than the source has (${difference}). ${remedy}`,
  );
}

/** `+` what is wanted and not there, `-` what is there and not wanted; the first few, without hashes. */
function describe(wanted: readonly string[], actual: readonly string[]): string {
  const [want, have] = [new Set(wanted), new Set(actual)];
  const short = (text: string): string => text.split(' ')[0] ?? '';
  const all = [
    ...wanted.filter((item) => !have.has(item)).map((item) => `+ ${short(item)}`),
    ...actual.filter((item) => !want.has(item)).map((item) => `- ${short(item)}`),
  ];
  return all.slice(0, 6).join(', ') + (all.length > 6 ? `, and ${all.length - 6} more` : '');
}
