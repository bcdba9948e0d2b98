import { type Confirmation, makeConfirmation } from '../build-lock/confirm.ts';
import { indexesOf } from '../build-lock/indexes.ts';
import { Listing } from '../build-lock/listing.ts';
import type { BuildLock } from '../build-lock/schema.ts';
import { parseBuildLock } from '../build-lock/text.ts';
import { evaluate, type Pinned, unlockedText } from '../nix/evaluate.ts';
import type { DerivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import { loadInside, type Project } from '../uv/lock/project.ts';
import { wheelBytes } from '../uv/plan/artifact.ts';
import { planDeclared } from '../uv/plan/plan.ts';
import type { Installed } from './changes.ts';
import type { Context } from './context.ts';
import { type LockLines, lockState } from './lock-state.ts';
import { lockFileOf, requireOwnLock } from './own-locks.ts';
import { Stages } from './stages.ts';

/** The data that decides which entries of a build lock are right. */
export interface LockBase {
  /** The base's build lock, which decides what is kept. */
  readonly base: BuildLock | undefined;
  readonly confirmation: Confirmation;
}

/** Everything that is known of a derivation before hashes are computed. */
export interface Plan extends LockBase, LockLines {
  readonly derivation: DerivationRef;
  readonly pinned: Pinned;
  readonly project: Project;
  /** Path of the build lock. */
  readonly lockFile: string;
  /** The build lock of the checkout, which a pull request may have written. */
  readonly before: { readonly text: string; readonly lock: BuildLock } | undefined;
  readonly states: readonly SystemState[];
  readonly stages: Stages;
}

/** The lock and the plans of a derivation, as the report needs them. */
export function installedOf({ pinned, project, states, before }: Plan): Installed {
  const isOther = ({ target }: SystemState): number => Number(target.system !== pinned.system);
  const plans = states.toSorted((left, right) => isOther(left) - isOther(right));
  return { project, folder: pinned.project, plans, made: before?.lock };
}

/** One system's plan, and whether its hash was made from it. */
export interface SystemState extends ReturnType<typeof planDeclared> {
  readonly pinned: Pinned['systems'][number];
  readonly isCurrent: boolean;
}

/**
 * Plans a derivation's uv.lock, and compares the plan with the one that its hashes were made from.
 * Logs nothing.
 * @param known what `evaluate` returned, if nothing was changed since
 * @throws UserError if something can't be evaluated or read
 */
export async function planUpdate(derivation: DerivationRef, context: Context, known?: Pinned): Promise<Plan> {
  const stages = new Stages(context.now);
  const pinned = await stages.run('derivation', async () => known ?? evaluate(derivation, context));
  const planned = await stages.run('plan', () => compareLocks(derivation, pinned, context));
  return { derivation, pinned, stages, ...planned };
}

async function compareLocks(
  derivation: DerivationRef,
  pinned: Pinned,
  context: Context,
): Promise<Omit<Plan, 'derivation' | 'pinned' | 'stages'>> {
  const { read } = context;
  const project = await loadInside(pinned.project, context);
  const lockFile = lockFileOf(derivation, pinned);
  const text = await read(lockFile);
  const before = text === undefined ? undefined : { text, lock: parseBuildLock(text, lockFile) };
  if (before) await requireOwnLock(derivation, pinned, lockFile, before.lock, context);
  const states = compareSystems(project, pinned, before?.lock);
  const [state, base] = await Promise.all([
    lockState(project, context),
    lockBase(lockFile, project, context),
  ]);
  const unlocked = pinned.isUnlocked ? [unlockedText(derivation)] : [];
  const warnings = [...state.warnings, ...unlocked];
  return { project, notChecked: state.notChecked, warnings, lockFile, before, states, ...base };
}

/**
 * Compares the plan of each pinned hash, which the build lock records, with the present plan of
 * uv.lock. Older commits do not count, so a hash that was always stale is found too.
 */
function compareSystems(project: Project, pinned: Pinned, buildLock: BuildLock | undefined): SystemState[] {
  return pinned.systems.map((one) => {
    const planned = planDeclared(project, one.target);
    const recorded = buildLock?.systems[one.target.system];
    return {
      ...planned,
      pinned: one,
      isCurrent: recorded?.plan === planned.plan && recorded.hash === one.hash,
    };
  });
}

/**
 * Reads the base's build lock, and the data that decides which of its files may stay.
 * @param only `resolved: false` if another job resolved what the base does not have
 */
export async function lockBase(
  lockFile: string,
  project: Project,
  { verification, log, fetchText }: Pick<Context, 'verification' | 'log' | 'fetchText'>,
  only: { readonly resolved?: boolean } = {},
): Promise<LockBase> {
  const base = parsedBase(lockFile, await verification.baseText(lockFile));
  const listing = new Listing(
    indexesOf(project.settings.table, project.lock, verification.indexes),
    fetchText,
  );
  const isTrusted = !verification.isUntrusted;
  const trusted = { base: isTrusted, resolved: isTrusted, ...only };
  return { base, confirmation: makeConfirmation(listing, trusted, log) };
}

/** A build lock that can't be read pins nothing: all of it is resolved again. */
function parsedBase(file: string, text: string | undefined): BuildLock | undefined {
  try {
    return text === undefined ? undefined : parseBuildLock(text, file);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Logs each system's plan, and whether the derivation's hash was made from it. */
export function logPlan({ derivation, states }: Plan, log: Log): Promise<void> {
  return log.group(`Plan of '${derivation.attribute}'`, async () => {
    for (const { target, artifacts, pinned, isCurrent } of states) {
      const wheels = artifacts.filter(({ kind }) => kind === 'wheel').length;
      const megabytes = (wheelBytes(artifacts) / 1e6).toFixed(1);
      const { hash, position } = pinned;
      const place = position === null ? '' : ` (${position.file}:${position.line})`;
      const origin = `${hash}${place} was made from ${isCurrent ? 'this' : 'something else'}`;
      log.info(
        `${target.system}: ${wheels} wheels, ${megabytes} MB, ${artifacts.length - wheels} to build; ${
          hash === '' ? `no hash yet${place}` : origin
        }`,
      );
    }
  });
}
