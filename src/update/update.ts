import path from 'node:path';
import { buildLockName, parseBuildLock } from '../build-lock/text.ts';
import { copyToCache } from '../nix/copy-to-cache.ts';
import { evaluate, type Pinned } from '../nix/evaluate.ts';
import { folderOf, placeOf } from '../nix/target.ts';
import { placedAt } from '../system/errors.ts';
import { repositoryOf } from '../system/inside.ts';
import { loadProject } from '../uv/lock/index.ts';
import { type Spotted, spot } from './compare.ts';
import { hashAll, type SystemHash } from './hashes.ts';
import { type Locking, lockBuilds, type Planned } from './lock-builds.ts';
import { tellPlans } from './tell.ts';
import type { Parts, Stage, Update, UpdateRequest } from './types.ts';
import { verifying } from './verification.ts';
import { buildAndImport } from './verify.ts';

/**
 * The whole way from the lock to a proven build: plans, compares, hashes, patches, builds and imports. What it changes in
 * the checkout is the hash's own literal and the build lock; where a stage fails both are as they were.
 */
export async function update(request: UpdateRequest, parts: Parts): Promise<Update> {
  const { derivation } = request;
  const stages: Stage[] = [];
  const stage = async <T>(name: string, body: () => Promise<T>): Promise<T> => {
    const started = parts.now();
    const result = await body();
    stages.push({ name, milliseconds: parts.now() - started });
    return result;
  };
  const journal = await parts.journal(folderOf(derivation));
  const pinned = await stage(
    'derivation',
    () => request.pinned ?? evaluate(derivation, parts.run, parts.log),
  );
  const lockFile = pinned.buildLock ?? path.join(folderOf(derivation), buildLockName);
  const planned = await stage('plan', () => planAll(pinned, lockFile, parts));
  try {
    return await refresh(request, { ...planned, pinned, lockFile, journal }, { stages, stage }, parts);
  } catch (error) {
    // What goes wrong from here on is about the hash: it is shown where that stands.
    throw parts.stop.aborted ? error : placedAt(error, pinned.systems[0]?.position ?? placeOf(derivation).at);
  }
}

interface Stages {
  readonly stages: readonly Stage[];
  readonly stage: <T>(name: string, body: () => Promise<T>) => Promise<T>;
}

async function refresh(
  request: UpdateRequest,
  planned: Omit<Locking, 'hashes' | 'keepsPlans'>,
  { stages, stage }: Stages,
  parts: Parts,
): Promise<Update> {
  const { derivation } = request;
  const { project, spotted, pinned } = planned;
  await tellPlans(derivation, spotted, parts.log);
  await checkHosts(spotted, parts);
  await request.onPlanned?.({ pinned, project, spotted });
  const hashes = await stage('hash', () => hashesOf(request, pinned, spotted, parts));
  const locking = { ...planned, hashes, keepsPlans: request.lockOnly === true };
  const { edits, ...settled } = await stage('build lock', () => lockBuilds(derivation, locking, parts));
  const { lockFile } = planned;
  const { notVerified } = planned.confirmation;
  const done = { pinned, project, lockFile, spotted, hashes, edits, notVerified, stages, ...settled };
  if (edits.length === 0 || !request.verify) return { ...done, out: undefined, imported: [] };
  const { cacheTo } = request;
  try {
    const proven = await buildAndImport({ derivation, pinned, stage }, parts);
    if (cacheTo === undefined) return { ...done, ...proven };
    const isCached = await stage('copy', () => copyToCache(proven.out, cacheTo, parts.run, parts.log));
    return { ...done, ...proven, isCached };
  } catch (error) {
    await settled.undo();
    throw error;
  }
}

async function hashesOf(
  { derivation, lockOnly, distrust, trustNixAlone }: UpdateRequest,
  { project, system }: Pinned,
  spotted: readonly Spotted[],
  parts: Parts,
): Promise<SystemHash[]> {
  if (lockOnly) return spotted.map(recordedHash);
  // What a pull request's build lock says of its hash is no reason to leave the hash out.
  const isDistrusted = distrust ?? parts.verification.isUntrusted;
  const request = { derivation, project, builder: system, distrust: isDistrusted };
  return hashAll({ ...request, twice: trustNixAlone !== true }, spotted, parts);
}

const recordedHash = ({ pinned }: Spotted): SystemHash => ({
  ...{ system: pinned.target.system, before: pinned.hash, after: pinned.hash },
  how: 'recorded',
});

/** Inside Nix builds nobody knows the configuration: what they fetch is judged before they begin. */
async function checkHosts(spotted: readonly Spotted[], { checkHost }: Parts): Promise<void> {
  const seen = new Set<string>();
  for (const { url, filename, name } of spotted.flatMap(({ artifacts }) => artifacts)) {
    if (url === undefined || seen.has(url)) continue;
    seen.add(url);
    await checkHost?.(url, filename ?? name);
  }
}

async function planAll(pinned: Pinned, lockFile: string, parts: Parts): Promise<Planned> {
  const { read } = parts;
  const project = await loadProject(pinned.project, read, {
    repository: (await repositoryOf(pinned.project)) ?? null,
  });
  const text = await read(lockFile);
  const before = text === undefined ? undefined : { text, lock: parseBuildLock(text, lockFile) };
  const spotted = spot(project, pinned, before?.lock);
  return { project, before, spotted, ...(await verifying(lockFile, project, parts)) };
}
