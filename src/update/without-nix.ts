import path from 'node:path';
import { ownOf } from '../build-lock/builds.ts';
import type { BuildLock, SystemPlan } from '../build-lock/schema.ts';
import { buildLockText, parseBuildLock } from '../build-lock/text.ts';
import { type VerifiedClaim, verifyBuildLock } from '../build-lock/verify.ts';
import type { PackageConfig } from '../config/types.ts';
import { hashOutputs } from '../fetch/hash.ts';
import type { Edit } from '../nix/edit.ts';
import { type DerivationRef, folderOf, placeOf } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import { noSuchProgram } from '../system/run.ts';
import { loadInside } from '../uv/lock/project.ts';
import { noDigestText } from '../uv/plan/artifact.ts';
import type { DeclaredTarget } from '../uv/plan/manifest.ts';
import { planDeclared } from '../uv/plan/plan.ts';
import type { Context } from './context.ts';
import { placeOfHash } from './hash-place.ts';
import { projectBeside } from './lock-beside.ts';
import { lockState } from './lock-state.ts';
import { findBuildLock } from './own-locks.ts';
import { lockBase } from './plan.ts';
import type { Examined } from './review.ts';
import type { Finding } from './statuses.ts';

// Checks without Nix: for the job that publishes, and for a machine without Nix.

/** A build lock on disk. */
export interface WrittenLock {
  readonly file: string;
  readonly text: string;
  readonly lock: BuildLock;
  /** Folder of uv.lock. */
  readonly project: string;
}

/** A system's plan and hash, and its declared target. */
export interface PlannedHash extends SystemPlan {
  readonly declared: DeclaredTarget;
}

/**
 * Plans and hashes of the fixed-output derivations that a build lock is declared for, computed from
 * uv.lock alone.
 * @param project folder of uv.lock
 */
export async function hashesFor(
  buildLock: BuildLock,
  project: string,
  context: Pick<Context, 'read' | 'native'>,
): Promise<PlannedHash[]> {
  const loaded = await loadInside(project, context);
  const systems = Object.keys(buildLock.systems);
  const plans = systems.map((system) => planDeclared(loaded, { ...buildLock.target, system }));
  const outputs = plans.map(({ declared, artifacts }) => ({ target: declared, artifacts }));
  const { hashes } = await hashOutputs(outputs, project, await context.native());
  const hashOf = new Map(hashes.map(({ system, hash }) => [system, hash]));
  return plans.map((plan) => ({ ...plan, hash: hashOf.get(plan.target.system) ?? '' }));
}

export interface CheckedLock extends Omit<VerifiedClaim, 'right'> {
  /** The edit that makes it right; undefined if it is right. */
  readonly edit: Edit | undefined;
  readonly notVerified: readonly string[];
}

/**
 * Verifies a build lock: with uv if it is installed, otherwise by the indexes and the base.
 * @param systems plans and hashes that were computed from uv.lock here
 * @param only as for `lockBase`
 */
export async function checkLock(
  { file, text, lock, project: folder }: WrittenLock,
  systems: readonly SystemPlan[],
  context: Context,
  { withUv, ...only }: { readonly resolved?: boolean; readonly withUv: boolean },
): Promise<CheckedLock> {
  const project = await loadInside(folder, context);
  const given = await lockBase(file, project, context, only);
  const claimed = { ...given, project, systems, text, lock };
  const { right, ...rest } = await verifyBuildLock(claimed, { ...context, project: folder }, withUv);
  return {
    ...rest,
    notVerified: given.confirmation.notVerified,
    edit: rest.differences === '' ? undefined : { file, before: text, after: buildLockText(right) },
  };
}

export const onlyWithNix = [
  'Whether a build gives the same hash twice: there is no Nix here.',
  'Whether it builds: there is no Nix here.',
  'Whether it imports: there is no Nix here.',
];

/**
 * The build lock records what the hash was declared for. Only Nix can check that the derivation
 * declares the same.
 */
export async function checkWithoutNix(
  { dependencies }: Pick<PackageConfig, 'dependencies'>,
  derivation: DerivationRef,
  context: Context,
): Promise<Examined> {
  if (dependencies.length > 0)
    throw new UserError(
      'nix-missing',
      `The hash of '${dependencies[0]?.attribute}' of '${derivation.attribute}' cannot be checked: only Nix can build that derivation, and 'nix' is not on PATH. Install Nix in a step before this one.`,
      placeOf(derivation),
    );
  const written = await findFiles(derivation, context);
  const systems = await hashesFor(written.lock, written.project, context);
  const compared = await Promise.all(
    systems.map(async ({ target: { system }, hash: after }) => {
      const before = ownOf(written.lock.systems, system)?.hash ?? '';
      const isWritten = (await placeOfHash(after, derivation, context)) !== undefined;
      const at = await placeOfHash(before, derivation, context);
      return { hash: { system, before, after, at }, isStale: before !== after || !isWritten };
    }),
  );
  const hashes = compared.map(({ hash }) => hash);
  const stale = compared.flatMap(({ hash, isStale }) => (isStale ? [hash] : []));
  const at = (stale[0] ?? hashes[0])?.at ?? placeOf(derivation).at;
  const project = await loadInside(written.project, context);
  const state = await lockState(project, context);
  const open = noDigestText(systems.flatMap(({ artifacts }) => artifacts));
  const installed = { project, folder: written.project, plans: systems, made: written.lock };
  const name = path.basename(written.file);
  const stated = `Whether the derivation states ${name} as its build lock: there is no Nix here.`;
  const always = [...onlyWithNix, stated, ...(open === undefined ? [] : [open])];
  const targets = systems.map(({ declared }) => declared);
  const described = { project, targets, lock: written.lock };
  const common = { at, hashes, edits: [], warnings: state.warnings, notChecked: always, described };
  const found = (one: Pick<Finding, 'status' | 'message'> & Partial<Finding>): Examined => ({
    ...{ installed, finding: { ...common, ...one } },
  });
  if (stale.length > 0) {
    const needed = stale.map(({ system, after }) => `${system} needs ${after}`).join('; ');
    const message = `The hash is stale: ${needed}, and ${name} or the derivation has another. Run 'uv-fod update' where there is Nix.`;
    return found({ status: 'stale', message });
  }
  const withUv = (await context.run('uv', ['--version'])).code !== noSuchProgram;
  const { edit, differences, taken, notVerified } = await checkLock(written, systems, context, { withUv });
  const notChecked = [
    ...always,
    ...state.notChecked,
    ...taken.map((what) => `In the build lock, ${what}: there is no Nix${withUv ? '' : ' and no uv'} here.`),
    ...notVerified.map((why) => `In the build lock, ${why}.`),
  ];
  if (edit === undefined)
    return found({ status: 'current', message: 'The hash is what uv.lock asks for.', notChecked });
  const message = `${name} is stale: ${differences}. Apply the patch, or run 'uv-fod update' where there is Nix.`;
  const right = { ...described, lock: parseBuildLock(edit.after, edit.file) };
  return found({ status: 'stale', message, edits: [edit], notChecked, described: right });
}

async function findFiles(derivation: DerivationRef, context: Context): Promise<WrittenLock> {
  const { file, text } = await findBuildLock(derivation, context);
  const lock = parseBuildLock(text, file);
  const folders = [...new Set([path.dirname(file), folderOf(derivation)])];
  for (const folder of folders) {
    const project = await projectBeside(folder, context.read);
    if (project !== undefined) return { file, text, lock, project };
  }
  throw new UserError(
    'lock-missing',
    `There is no Nix here to say where uv.lock is, and beside or just below ${folders.join(' and ')} there is none, or there are several. Install Nix in a step before this one.`,
  );
}
