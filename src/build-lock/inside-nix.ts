import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../system/errors.ts';
import { printable, someOf } from '../system/printable.ts';
import { loadInside, type ReadText } from '../uv/lock/project.ts';
import { type Artifact, sriOf } from '../uv/plan/artifact.ts';
import { type DeclaredTarget, type Manifest, manifestText } from '../uv/plan/manifest.ts';
import { planDeclared } from '../uv/plan/plan.ts';
import { buildKey, isBuilt, ownOf, sourceOf } from './builds.ts';
import type { Build, BuildLock } from './schema.ts';
import { unexpectedSeparate } from './separate.ts';
import { parseBuildLock, sameData, unexpectedIn } from './text.ts';

const fix =
  "Run 'uv-fod update' (or let the Action do it) and commit the changes. By hand: 'uv-fod lock', then set hash = lib.fakeHash;, build, and copy the hash after 'got:'.";

/**
 * Plans the source's uv.lock for the target of a fixed-output derivation, and compares the output
 * and the build lock with that plan, because Nix does not detect an output for another lock.
 *
 * @param options.project folder of uv.lock
 * @param options.deps output of the fixed-output derivation
 * @param options.requirements file to write
 * @throws UserError `deps-stale`, `build-lock-stale`
 */
export async function checkSource(
  options: { project: string; deps: string; buildLock: string; requirements: string },
  read: ReadText,
): Promise<void> {
  const text = await readFile(path.join(options.deps, 'manifest.json'), 'utf8');
  const { target } = JSON.parse(text) as Manifest;
  const { artifacts } = planDeclared(await loadInside(options.project, { read }), target);
  const expected = manifestText(artifacts, target);
  if (expected !== text) throw staleDeps(JSON.parse(expected) as Manifest, JSON.parse(text) as Manifest);
  const lockText = await readFile(options.buildLock, 'utf8');
  const buildLock = parseBuildLock(lockText, path.basename(options.buildLock));
  const unexpected = unexpectedIn(lockText, buildLock);
  if (unexpected !== undefined)
    throw new UserError('build-lock-stale', `The build lock is wrong: ${unexpected}. ${fix}`);
  checkBuildLock(artifacts, target, buildLock);
  await writeFile(options.requirements, artifacts.map((artifact) => `${requirement(artifact)}\n`).join(''));
}

/**
 * A name and a version, so that uv uses its find-links folders and records no path of this build.
 */
const requirement = ({ name, version }: Artifact): string =>
  version === undefined ? name : `${name}==${version}`;

function checkBuildLock(
  artifacts: readonly Artifact[],
  target: DeclaredTarget,
  { systems, builds }: BuildLock,
): void {
  const own = ownOf(systems, target.system);
  if (own === undefined) throw stale(`it has no entry for ${target.system}`);
  const built = artifacts.filter(isBuilt);
  const difference = describe(built.map(buildKey), own.builds);
  if (difference !== '') throw stale(`uv.lock has different packages to build (${difference})`);
  const other = built.find((artifact) => !isFrom(artifact, ownOf(builds, buildKey(artifact))));
  if (other) throw stale(`it has another source for ${buildKey(other)} than uv.lock`);
  const separate = unexpectedSeparate(own.apart, artifacts);
  if (separate !== undefined) throw stale(`it installs ${printable(separate)}, which does not match uv.lock`);
}

const stale = (why: string): UserError =>
  new UserError('build-lock-stale', `The build lock is out of date: ${why}. ${fix}`);

/** The same name and version can have another source: another git commit, or a replaced sdist. */
function isFrom(artifact: Artifact, build: Build | undefined): boolean {
  const locked = sriOf(artifact);
  const source = { ...(artifact.kind === 'directory' ? { path: '.' } : {}), ...sourceOf(artifact) };
  return (
    build !== undefined &&
    sameData(sourceOf(build), source) &&
    (build.kind !== 'sdist' || locked === undefined || build.hash === locked)
  );
}

function staleDeps(expected: Manifest, actual: Manifest): UserError {
  const names = (manifest: Manifest): string[] =>
    manifest.wheels.map(({ filename, hash }) => `${filename} ${hash ?? ''}`);
  const difference =
    describe(names(expected), names(actual)) || 'another target, or another version of the fetcher';
  return new UserError(
    'deps-stale',
    `The hash of uvDeps is out of date: its wheels were fetched for another uv.lock than the source has (${difference}). ${fix}`,
  );
}

/** `+` missing items, `-` unexpected ones; the first few, without hashes. */
function describe(wanted: readonly string[], actual: readonly string[]): string {
  const [want, have] = [new Set(wanted), new Set(actual)];
  const short = (text: string): string => text.split(' ')[0] ?? '';
  const all = [
    ...wanted.filter((item) => !have.has(item)).map((item) => `+ ${short(item)}`),
    ...actual.filter((item) => !want.has(item)).map((item) => `- ${short(item)}`),
  ];
  return someOf(all, 6);
}
