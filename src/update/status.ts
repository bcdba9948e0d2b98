import path from 'node:path';
import { buildLockName, parseBuildLock } from '../buildlock/text.ts';
import type { BuildLock } from '../buildlock/types.ts';
import { folderOf, placeOf, type Where } from '../derivation/where.ts';
import { UserError } from '../ports/errors.ts';
import { noSuchProgram } from '../ports/run.ts';
import type { Checked } from './checked.ts';
import type { Status } from './outcomes.ts';
import type { Parts } from './types.ts';
import { hashesFor, placeOfHash, projectBeside } from './without-nix.ts';

/** The failures that are findings about what is checked, not about the check. */
const findings: Readonly<Record<string, Status>> = {
  'hashes-differ': 'not-reproducible',
  'fetch-failed': 'cannot-fetch',
  'host-not-allowed': 'cannot-fetch',
  'artifact-unreachable': 'cannot-fetch',
  'artifact-changed': 'cannot-fetch',
  'build-failed': 'does-not-build',
  'import-failed': 'does-not-import',
};

/**
 * Finds out whether a derivation's hash and build lock are what its uv.lock asks for, and whether it builds and imports. No
 * record in the checkout is believed: hashes are computed. Nothing is left changed.
 *
 * Where there is no Nix, hashes are computed without it, and what only Nix can tell is said not to be checked.
 *
 * @param root folder that paths of the patch start from
 * @throws UserError for what makes a check impossible: no lock, no such attribute …
 */
export async function checkStatus(where: Where, root: string, parts: Parts): Promise<Checked> {
  // Asked first, and not found out on the way: all that works with Nix is loaded where there is one.
  const { code } = await parts.run('nix-instantiate', ['--version']);
  if (code === noSuchProgram)
    return checkWithoutNix(where, parts).catch((error: unknown) => found(where, error, onlyWithNix));
  const { checkWithNix } = await import('./status-with-nix.ts');
  return checkWithNix(where, root, parts).catch((error: unknown) => found(where, error));
}

/** A failure as the finding that it is; thrown on where it is none. */
function found(where: Where, error: unknown, notChecked: readonly string[] = []): Checked {
  const status = error instanceof UserError ? findings[error.code] : undefined;
  if (!(error instanceof UserError) || status === undefined) throw error;
  return {
    status,
    message: error.message,
    at: error.at ?? placeOf(where).at,
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

/** The build lock says what the hash was declared for; that the derivation declares the same is for a check with Nix. */
async function checkWithoutNix(where: Where, parts: Parts): Promise<Checked> {
  const { lockFile, buildLock, project } = await findFiles(where, parts);
  const hashes = await hashesFor(buildLock, project, parts.read, parts.native);
  const compared = await Promise.all(
    hashes.map(async ({ system, hash }) => {
      const before = buildLock.systems[system]?.hash ?? '';
      const isWritten = (await placeOfHash(hash, where, parts)) !== undefined;
      return { system, before, after: hash, at: await placeOfHash(before, where, parts), isWritten };
    }),
  );
  const stale = compared.filter(({ before, after, isWritten }) => before !== after || !isWritten);
  const isLockStale = hashes.some((one) => !one.sameApart);
  const at = (stale[0] ?? compared[0])?.at ?? placeOf(where).at;
  const told = compared.map(({ isWritten: _, ...rest }) => rest);
  const common = { at, edits: [], patch: '', notChecked: onlyWithNix, hashes: told };
  if (stale.length === 0 && !isLockStale)
    return { ...common, status: 'current', message: 'The hash is what uv.lock asks for.' };
  if (stale.length === 0)
    return {
      ...common,
      status: 'stale',
      message: `${path.basename(lockFile)} is stale: it has other wheels to install apart than uv.lock. Run 'uv-fod update' where there is Nix.`,
    };
  const needed = stale.map(({ system, after }) => `${system} needs ${after}`).join('; ');
  return {
    ...common,
    status: 'stale',
    message: `The hash is stale: ${needed}, and ${path.basename(lockFile)} or the derivation has another. Run 'uv-fod update' where there is Nix.`,
  };
}

async function findFiles(
  where: Where,
  { read }: Parts,
): Promise<{ lockFile: string; buildLock: BuildLock; project: string }> {
  const folder = folderOf(where);
  const lockFile = path.join(folder, buildLockName);
  const text = await read(lockFile);
  if (text === undefined) {
    throw new UserError(
      'build-lock-missing',
      `There is no Nix here and no ${lockFile}, so nothing says what the hash was declared for. Run 'uv-fod update' once where there is Nix, or install Nix in a step before this one.`,
    );
  }
  const project = await projectBeside(folder, read);
  if (project !== undefined) return { lockFile, buildLock: parseBuildLock(text, lockFile), project };
  throw new UserError(
    'lock-missing',
    `There is no Nix here to say where uv.lock is, and beside or just below ${folder} there is none, or there are several. Install Nix in a step before this one.`,
  );
}
