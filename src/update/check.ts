import path from 'node:path';
import { ownOf } from '../build-lock/builds.ts';
import { differences, parseBuildLock } from '../build-lock/text.ts';
import type { Policy } from '../config/policy.ts';
import type { PackageConfig } from '../config/types.ts';
import type { Edit } from '../nix/edit.ts';
import { patchText } from '../nix/edit.ts';
import { evaluateEach, type Pinned } from '../nix/evaluate.ts';
import { thisMachine } from '../nix/nix-build.ts';
import { type DerivationRef, placeOf } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import { noSuchProgram } from '../system/run.ts';
import { noDigestText } from '../uv/plan/artifact.ts';
import { buildAndImport } from './build-systems.ts';
import { checkForeign } from './check-foreign.ts';
import type { Context } from './context.ts';
import { unwrittenText } from './hash-place.ts';
import { pinnedOf } from './known.ts';
import { checkOptions } from './options.ts';
import { installedOf, logPlan, type Plan, planUpdate } from './plan.ts';
import { type Examined, withPolicy } from './review.ts';
import type { Checked, Finding } from './statuses.ts';
import { type Status, statuses } from './statuses.ts';
import { computeUpdate, hashAt, type Update } from './update.ts';
import { checkWithoutNix, onlyWithNix } from './without-nix.ts';

/** The result of checking one package, or the error that prevented the check. */
export type PackageCheck =
  | { readonly name: string; readonly checked: Checked; readonly error?: undefined }
  | { readonly name: string; readonly checked?: undefined; readonly error: UserError };

/**
 * Checks packages one after the other; the others are checked even if one can't be.
 * @param root folder that paths of patches start from
 * @param derivationOf where the derivation of a package is
 * @param base commit that a pull request is based on
 */
export async function checkPackages(
  packages: readonly PackageConfig[],
  root: string,
  derivationOf: (one: PackageConfig) => Promise<DerivationRef>,
  policy: Policy,
  context: Context,
  base?: string,
): Promise<PackageCheck[]> {
  const derivations = await Promise.all(packages.map(derivationOf));
  const together = packages.length > 1 ? await evaluateEach(derivations, context) : [];
  const found: PackageCheck[] = [];
  for (const [index, one] of packages.entries()) {
    context.stop.throwIfAborted();
    const { name } = one;
    // Prints the package's name above its stages.
    if (packages.length > 1) context.log.info(`${name}:`);
    try {
      const derivation = derivations[index] ?? (await derivationOf(one));
      const given = { policy, base, known: together[index] };
      const checked = await checkPackage(one, derivation, given, context);
      found.push({ name, checked: { ...checked, patch: patchText(checked.edits, root) } });
    } catch (error) {
      if (!(error instanceof UserError) || context.stop.aborted) throw error;
      found.push({ name, error });
    }
  }
  return found;
}

/** @returns the worst status; undefined if nothing could be checked */
export function worstOf(checks: readonly PackageCheck[]): Status | undefined {
  return statuses.findLast((status) => checks.some(({ checked }) => checked?.status === status));
}

/** One patch for everything that is stale. */
export const patchOfAll = (checks: readonly PackageCheck[], root: string): string =>
  patchText(
    checks.flatMap(({ checked }) => checked?.edits ?? []),
    root,
  );

/** Errors that are results of a check, not failures of it. */
const findings: Readonly<Record<string, Status>> = {
  'build-lock-stale': 'stale',
  'build-lock-unverified': 'stale',
  'hash-not-written': 'stale',
  'hashes-differ': 'not-reproducible',
  'not-reproducible': 'not-reproducible',
  'fetch-failed': 'cannot-fetch',
  'host-not-allowed': 'cannot-fetch',
  'artifact-unreachable': 'cannot-fetch',
  'artifact-changed': 'cannot-fetch',
  'store-references': 'cannot-fetch',
  'build-failed': 'does-not-build',
  'import-failed': 'does-not-import',
};

/** The inputs of a check of one package. */
interface CheckGiven {
  readonly policy: Policy;
  readonly base: string | undefined;
  /** Result for this package of evaluating all packages together. */
  readonly known: Pinned | 'foreign' | undefined;
}

/**
 * Checks whether a derivation's hash and build lock match its uv.lock, and whether it builds and
 * imports. No record in the checkout is trusted: hashes are computed. Nothing is written.
 *
 * Without Nix, hashes are still computed, and the checks that need Nix are listed as not checked.
 *
 * @throws UserError if a check is impossible: no lock, no such attribute …
 */
async function checkPackage(
  config: PackageConfig,
  derivation: DerivationRef,
  { policy, base, known }: CheckGiven,
  context: Context,
): Promise<Finding> {
  const hasNix = (await context.run('nix-instantiate', ['--version'])).code !== noSuchProgram;
  try {
    if (!hasNix) return await withPolicy(await checkWithoutNix(config, derivation, context), policy, context);
    const isNamed = config.dependencies.length > 0;
    const pinned = (isNamed ? undefined : known) ?? (await pinnedOf(config, derivation, context));
    const examined =
      pinned === 'foreign'
        ? await checkForeign(config, derivation, base, context)
        : await checkLibrary(await planUpdate(derivation, context, pinned), config, context);
    return await withPolicy(examined, policy, context);
  } catch (error) {
    const status = error instanceof UserError ? findings[error.code] : undefined;
    if (!(error instanceof UserError) || status === undefined) throw error;
    return {
      ...{ status, message: error.message, at: error.at ?? placeOf(derivation).at },
      ...(error.log === undefined ? {} : { log: error.log }),
      ...{ edits: [], hashes: [], warnings: [], notChecked: hasNix ? [] : onlyWithNix },
    };
  }
}

async function checkLibrary(plan: Plan, config: PackageConfig, context: Context): Promise<Examined> {
  await logPlan(plan, context.log);
  const update = await computeUpdate(plan, checkOptions, context);
  const { pinned, confirmation, edits } = update;
  const hashes = update.hashes.map(({ system, before, after, place, problem }) => {
    const bound = pinned.systems.find(({ target }) => target.system === system)?.position;
    return { system, before, after, at: place ?? problem?.at ?? bound ?? undefined };
  });
  const at = hashes[0]?.at ?? hashAt(update);
  const open = noDigestText(plan.states.flatMap(({ artifacts }) => artifacts));
  const notVerified = [
    ...confirmation.notVerified.map((why) => `In the build lock, ${why}.`),
    ...(open === undefined ? [] : [open]),
  ];
  const { warnings, notChecked } = plan;
  const installed = installedOf(plan);
  const targets = pinned.systems.map(({ target }) => target);
  const described = { project: plan.project, targets, lock: update.lock };
  const common = { at, hashes, edits, warnings, described };
  if (edits.length > 0 || update.hashes.some(({ problem }) => problem)) {
    const [message, unchecked] = [staleMessage(update), [...notChecked, ...notVerified]];
    return { installed, finding: { ...common, status: 'stale', message, notChecked: unchecked } };
  }
  const { built, unbuilt } = await buildAndImport(plan, config, context);
  const systems = hashes.map(({ system }) => system);
  const builtOn = built.map(({ system, machines }) =>
    machines.some((one) => one !== thisMachine) ? `${system} (${machines.join(', ')})` : system,
  );
  const here = systems.length > 1 ? ` on ${builtOn.join(' and ')}` : '';
  const notBuilt = unbuilt.map(({ system, why }) => `Whether it builds and imports on ${system}: ${why}.`);
  const message = `The hash for ${systems.join(' and ')} is what uv.lock asks for; it builds and imports${here}.`;
  const finding = { ...common, message, notChecked: [...notBuilt, ...notChecked, ...notVerified] };
  return { installed, finding: { ...finding, status: 'current' } };
}

function staleMessage({ derivation, hashes, lockFile, edits }: Update): string {
  const moved = hashes.filter(({ before, after }) => before !== after);
  const needed = moved.map(
    ({ system, before, after }) => `${system} has ${before || 'no hash'} and needs ${after}`,
  );
  const edit = edits.find(({ file }) => file === lockFile);
  const why = [
    ...(moved.length > 0 ? [`The hash is stale: ${needed.join('; ')}.`] : []),
    ...staleLock(lockFile, edit, moved.length > 0),
  ];
  const problem = hashes.find((one) => one.problem)?.problem;
  if (problem) return `${why.join(' ')} ${unwrittenText(derivation, problem)}`;
  return `${why.join(' ')} Run 'uv-fod update', or apply the patch.`;
}

/** @param isMoved whether hashes changed: then their copy in the build lock is not repeated */
function staleLock(file: string, edit: Edit | undefined, isMoved: boolean): string[] {
  if (edit?.before === undefined) return [];
  const [before, after] = [parseBuildLock(edit.before, file), parseBuildLock(edit.after, file)];
  const systems = Object.entries(before.systems).map(([name, one]) => {
    const { hash, plan } = ownOf(after.systems, name) ?? one;
    return [name, { ...one, hash, plan }] as const;
  });
  const compared = isMoved ? { ...before, systems: Object.fromEntries(systems) } : before;
  const found = differences(edit.before, compared, after);
  return found === '' ? [] : [`${path.basename(file)} is stale: ${found}.`];
}
