import path from 'node:path';
import { buildLockName, parseBuildLock } from '../build-lock/text.ts';
import { evaluate, type Pinned } from '../nix/evaluate.ts';
import type { Edit } from '../nix/patch.ts';
import { type DerivationRef, folderOf, placeOf } from '../nix/target.ts';
import { placedAt } from '../system/errors.ts';
import { repositoryOf } from '../system/inside.ts';
import { loadProject, type Project } from '../uv/lock/project.ts';
import { compareSystems, type SystemState } from './compare.ts';
import { hashAll, type SystemHash } from './hashes.ts';
import { lockBuilds } from './lock-builds.ts';
import { logPlans } from './log-plans.ts';
import type { Options } from './options.ts';
import type { PlannedUpdate } from './planned.ts';
import type { Stages } from './stages.ts';
import type { Context } from './types.ts';
import { verifying } from './verification.ts';

export interface UpdateRequest {
  readonly derivation: DerivationRef;
  readonly options: Options;
  readonly stages: Stages;
  /** What `evaluate` returned, if nothing was changed since. */
  readonly pinned?: Promise<Pinned> | undefined;
  /** Called once the plans are known and before anything long begins. */
  readonly onPlanned?: (planned: Pick<Update, 'pinned' | 'project' | 'states'>) => Promise<void>;
}

/** What a derivation's uv.lock asks for. */
export interface Update {
  readonly pinned: Pinned;
  readonly project: Project;
  /** Path of the build lock. */
  readonly lockFile: string;
  readonly states: readonly SystemState[];
  readonly hashes: readonly SystemHash[];
  /** What makes the derivation current; empty if it is. */
  readonly edits: readonly Edit[];
  /** What of the build lock could not be verified, and why, as clauses. */
  readonly notVerified: readonly string[];
}

/**
 * Plans, compares and hashes, and computes the edits of the hash's own literal and the build lock.
 * Writes nothing.
 */
export async function computeUpdate(request: UpdateRequest, context: Context): Promise<Update> {
  const { derivation, options, stages } = request;
  const pinned = await stages.run(
    'derivation',
    () => request.pinned ?? evaluate(derivation, context.run, context.log),
  );
  const planned = await stages.run('plan', () => planAll(derivation, pinned, context));
  return placed(request, pinned, context, async () => {
    const { project, states, lockFile } = planned;
    await logPlans(derivation, states, context.log);
    await checkHosts(states, context);
    await request.onPlanned?.({ pinned, project, states });
    const hashes = await stages.run('hash', () => hashAll(planned, options, context));
    const edits = await stages.run('build lock', () => lockBuilds(planned, hashes, options, context));
    const { notVerified } = planned.confirmation;
    return { pinned, project, lockFile, states, hashes, edits, notVerified };
  });
}

/** Runs a step that is about the hash: its errors are shown where the hash is written. */
export async function placed<T>(
  { derivation }: Pick<UpdateRequest, 'derivation'>,
  { systems }: Pinned,
  { stop }: Pick<Context, 'stop'>,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw stop.aborted ? error : placedAt(error, systems[0]?.position ?? placeOf(derivation).at);
  }
}

/**
 * Builds of Nix do not know the configuration: the addresses that they fetch are checked before
 * they begin.
 */
async function checkHosts(states: readonly SystemState[], { checkHost }: Context): Promise<void> {
  const seen = new Set<string>();
  for (const { url, filename, name } of states.flatMap(({ artifacts }) => artifacts)) {
    if (url === undefined || seen.has(url)) continue;
    seen.add(url);
    await checkHost?.(url, filename ?? name);
  }
}

async function planAll(derivation: DerivationRef, pinned: Pinned, context: Context): Promise<PlannedUpdate> {
  const { read } = context;
  const lockFile = pinned.buildLock ?? path.join(folderOf(derivation), buildLockName);
  const project = await loadProject(pinned.project, read, {
    repository: (await repositoryOf(pinned.project)) ?? null,
  });
  const text = await read(lockFile);
  const before = text === undefined ? undefined : { text, lock: parseBuildLock(text, lockFile) };
  const states = compareSystems(project, pinned, before?.lock);
  const verification = await verifying(lockFile, project, context);
  return { derivation, pinned, project, lockFile, before, states, ...verification };
}
