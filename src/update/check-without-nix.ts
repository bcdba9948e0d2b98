import path from 'node:path';
import { ownOf } from '../build-lock/builds.ts';
import { parseBuildLock } from '../build-lock/text.ts';
import type { PackageConfig } from '../config/types.ts';
import { type DerivationRef, folderOf, placeOf } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import { noSuchProgram } from '../system/run.ts';
import { noDigestText } from '../uv/plan/artifact.ts';
import { placeOfHash } from './hash-place.ts';
import { linesOf, lockState } from './lock-state.ts';
import { findBuildLock } from './own-locks.ts';
import { loadInside } from './plan.ts';
import { checkLock, hashesFor, projectBeside, type WrittenLock } from './recompute.ts';
import type { Examined } from './review.ts';
import type { Context } from './types.ts';

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
      `Whether the hash of '${dependencies[0]?.attribute}' of '${derivation.attribute}' is right cannot be told: only Nix can build that derivation, and 'nix' is not on PATH. Install Nix in a step before this one.`,
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
  const state = linesOf(await lockState(project, context));
  const artifacts = systems.flatMap((one) => one.artifacts);
  const open = noDigestText(artifacts);
  const targets = systems.map(({ target: { system } }) => ({ ...written.lock.target, system }));
  const { lock } = written;
  const examined = { project, folder: written.project, made: lock, targets, lock, artifacts };
  const name = path.basename(written.file);
  const stated = `Whether the derivation states ${name} as its build lock: there is no Nix here.`;
  const always = [...onlyWithNix, stated, ...(open === undefined ? [] : [open])];
  const common = { at, hashes, edits: [], warnings: state.warnings, notChecked: always };
  if (stale.length > 0) {
    const needed = stale.map(({ system, after }) => `${system} needs ${after}`).join('; ');
    const message = `The hash is stale: ${needed}, and ${name} or the derivation has another. Run 'uv-fod update' where there is Nix.`;
    return { ...examined, finding: { ...common, status: 'stale', message } };
  }
  const withUv = (await context.run('uv', ['--version'])).code !== noSuchProgram;
  const { edit, differences, taken, notVerified } = await checkLock(written, systems, context, { withUv });
  const lacks = withUv ? 'Nix' : 'Nix and no uv';
  const notChecked = [
    ...always,
    ...state.notChecked,
    ...taken.map((what) => `In the build lock, ${what}: there is no ${lacks} here.`),
    ...notVerified.map((why) => `In the build lock, ${why}.`),
  ];
  if (edit === undefined)
    return {
      ...examined,
      finding: { ...common, status: 'current', message: 'The hash is what uv.lock asks for.', notChecked },
    };
  const message = `${name} is stale: ${differences}. Apply the patch, or run 'uv-fod update' where there is Nix.`;
  const right = { ...examined, lock: parseBuildLock(edit.after, edit.file) };
  return { ...right, finding: { ...common, status: 'stale', message, edits: [edit], notChecked } };
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
