import pLimit from 'p-limit';
import type { PackageConfig } from '../config/types.ts';
import { evaluate, evaluateEach, type Pinned } from '../nix/evaluate.ts';
import type { DerivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import type { Context } from './context.ts';
import { type Evaluated, refuseSharedLocks } from './own-locks.ts';
import { type Plan, planUpdate } from './plan.ts';

/** Results for a package before anything is changed. Errors are thrown at the package's turn. */
export interface Known {
  readonly pinned: Promise<Pinned | 'foreign'>;
  /** Fails as `planUpdate` does. */
  readonly plan?: Promise<Plan>;
}

/** Results by package; must be cleared when files change. */
export type KnownPackages = Map<PackageConfig, Known>;

/**
 * Evaluates a package.
 * @returns `foreign` if its dependencies are not fetchUvDeps'
 * @throws UserError as `evaluate`
 */
export async function pinnedOf(
  { dependencies }: Pick<PackageConfig, 'dependencies'>,
  derivation: DerivationRef,
  context: Context,
): Promise<Pinned | 'foreign'> {
  if (dependencies.length > 0) return 'foreign';
  try {
    return await evaluate(derivation, context);
  } catch (error) {
    if (error instanceof UserError && error.code === 'no-uv-deps') return 'foreign';
    throw error;
  }
}

/** Plans that are made in parallel; most of the time is spent waiting for uv. */
const AT_ONCE = 4;

/**
 * Evaluates all packages together, refuses packages that share a build lock before anything is
 * computed, and makes their plans.
 * @throws UserError `build-lock-shared`
 */
export async function evaluatePackages(
  packages: readonly PackageConfig[],
  derivationOf: (one: PackageConfig) => Promise<DerivationRef>,
  context: Context,
): Promise<KnownPackages> {
  const known: KnownPackages = new Map();
  const ours = packages.filter(({ dependencies }) => dependencies.length === 0);
  const derivations = await Promise.all(ours.map(derivationOf));
  const together = ours.length > 1 ? await evaluateEach(derivations, context) : [];
  const found: (Evaluated & { readonly config: PackageConfig })[] = [];
  for (const [index, derivation] of derivations.entries()) {
    const config = ours[index];
    if (config === undefined) continue;
    const answer = Promise.resolve(together[index] ?? pinnedOf(config, derivation, context));
    known.set(config, { pinned: answer });
    const pinned = await answer.catch(() => undefined);
    if (pinned !== undefined && pinned !== 'foreign')
      found.push({ name: config.name, config, derivation, pinned });
  }
  refuseSharedLocks(found);
  const limit = pLimit(AT_ONCE);
  for (const { config, derivation, pinned } of found) {
    const plan = limit(() => planUpdate(derivation, context, pinned));
    known.set(config, { pinned: Promise.resolve(pinned), plan });
  }
  // No plan may still read files when later steps change them.
  await Promise.allSettled([...known.values()].map(({ plan }) => plan));
  context.stop.throwIfAborted();
  return known;
}
