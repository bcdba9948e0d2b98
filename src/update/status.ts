import path from 'node:path';
import { ownOf } from '../build-lock/keep.ts';
import { buildLockName, parseBuildLock } from '../build-lock/text.ts';
import { type DerivationRef, folderOf, placeOf } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import { noSuchProgram } from '../system/run.ts';
import type { Checked } from './checked.ts';
import { type CheckedLock, checkLock, type WrittenLock } from './lock-without-nix.ts';
import type { Status } from './outcomes.ts';
import { patchText } from './patch-text.ts';
import type { Context } from './types.ts';
import { hashesFor, type PlannedHash, placeOfHash, projectBeside } from './without-nix.ts';

/** Errors that are results of a check, not failures of it. */
const findings: Readonly<Record<string, Status>> = {
  'build-lock-stale': 'stale',
  'build-lock-unverified': 'stale',
  'hashes-differ': 'not-reproducible',
  'fetch-failed': 'cannot-fetch',
  'host-not-allowed': 'cannot-fetch',
  'artifact-unreachable': 'cannot-fetch',
  'artifact-changed': 'cannot-fetch',
  'build-failed': 'does-not-build',
  'import-failed': 'does-not-import',
};

/**
 * Finds out whether a derivation's hash and build lock are what its uv.lock asks for, and whether
 * it builds and imports. No record in the checkout is trusted: hashes are computed. Nothing is
 * written.
 *
 * Without Nix, hashes are computed all the same, and what only Nix can check is listed as not
 * checked.
 *
 * @param root folder that paths of the patch start from
 * @throws UserError for what makes a check impossible: no lock, no such attribute …
 */
export async function checkStatus(
  derivation: DerivationRef,
  root: string,
  context: Context,
): Promise<Checked> {
  // Asked first: what works with Nix is loaded only if there is one.
  const { code } = await context.run('nix-instantiate', ['--version']);
  if (code === noSuchProgram)
    return checkWithoutNix(derivation, root, context).catch((error: unknown) =>
      found(derivation, error, onlyWithNix),
    );
  const { checkWithNix } = await import('./status-with-nix.ts');
  return checkWithNix(derivation, root, context).catch((error: unknown) => found(derivation, error));
}

/** Maps an expected failure to a check result; rethrows anything else. */
function found(derivation: DerivationRef, error: unknown, notChecked: readonly string[] = []): Checked {
  const status = error instanceof UserError ? findings[error.code] : undefined;
  if (!(error instanceof UserError) || status === undefined) throw error;
  return {
    status,
    message: error.message,
    at: error.at ?? placeOf(derivation).at,
    ...(error.log === undefined ? {} : { log: error.log }),
    edits: [],
    patch: '',
    notChecked,
    hashes: [],
  };
}

const onlyWithNix = [
  'Whether a build gives the same hash twice: there is no Nix here.',
  'Whether it builds: there is no Nix here.',
  'Whether it imports: there is no Nix here.',
];

/**
 * The build lock records what the hash was declared for. Only Nix can check that the derivation
 * declares the same.
 */
async function checkWithoutNix(derivation: DerivationRef, root: string, context: Context): Promise<Checked> {
  const written = await findFiles(derivation, context);
  const hashes = await hashesFor(written.lock, written.project, context.read, context.native);
  const compared = await Promise.all(
    hashes.map(async ({ system, hash }) => {
      const before = ownOf(written.lock.systems, system)?.hash ?? '';
      const isWritten = (await placeOfHash(hash, derivation, context)) !== undefined;
      return { system, before, after: hash, at: await placeOfHash(before, derivation, context), isWritten };
    }),
  );
  const stale = compared.filter(({ before, after, isWritten }) => before !== after || !isWritten);
  const at = (stale[0] ?? compared[0])?.at ?? placeOf(derivation).at;
  const told = compared.map(({ isWritten: _, ...rest }) => rest);
  const common = { at, edits: [], patch: '', notChecked: onlyWithNix, hashes: told };
  const name = path.basename(written.file);
  if (stale.length > 0) {
    const needed = stale.map(({ system, after }) => `${system} needs ${after}`).join('; ');
    const message = `The hash is stale: ${needed}, and ${name} or the derivation has another. Run 'uv-fod update' where there is Nix.`;
    return { ...common, status: 'stale', message };
  }
  const { edit, differences, notChecked } = await lockOf(written, hashes, context);
  const found = { ...common, notChecked: [...onlyWithNix, ...notChecked] };
  if (edit === undefined)
    return { ...found, status: 'current', message: 'The hash is what uv.lock asks for.' };
  return {
    ...found,
    ...{ status: 'stale', edits: [edit], patch: patchText([edit], root) },
    message: `${name} is stale: ${differences}. Apply the patch, or run 'uv-fod update' where there is Nix.`,
  };
}

async function lockOf(
  written: WrittenLock,
  hashes: readonly PlannedHash[],
  context: Context,
): Promise<Pick<CheckedLock, 'edit' | 'differences'> & { readonly notChecked: readonly string[] }> {
  const withUv = (await context.run('uv', ['--version'])).code !== noSuchProgram;
  const planned = hashes.map((one) => one.planned);
  const { taken, notVerified, ...rest } = await checkLock(written, planned, context, { withUv });
  const lacks = withUv ? 'Nix' : 'Nix and no uv';
  const notChecked = [
    ...taken.map((what) => `In the build lock, ${what}: there is no ${lacks} here.`),
    ...notVerified.map((why) => `In the build lock, ${why}.`),
  ];
  return { ...rest, notChecked };
}

async function findFiles(derivation: DerivationRef, { read }: Context): Promise<WrittenLock> {
  const folder = folderOf(derivation);
  const file = path.join(folder, buildLockName);
  const text = await read(file);
  if (text === undefined) {
    throw new UserError(
      'build-lock-missing',
      `There is no Nix here and no ${file}, so nothing says what the hash was declared for. Run 'uv-fod update' once where there is Nix, or install Nix in a step before this one.`,
    );
  }
  const project = await projectBeside(folder, read);
  if (project !== undefined) return { file, text, lock: parseBuildLock(text, file), project };
  throw new UserError(
    'lock-missing',
    `There is no Nix here to say where uv.lock is, and beside or just below ${folder} there is none, or there are several. Install Nix in a step before this one.`,
  );
}
