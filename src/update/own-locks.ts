import path from 'node:path';
import { ownOf } from '../build-lock/builds.ts';
import type { BuildLock } from '../build-lock/schema.ts';
import { buildLockName, sameData } from '../build-lock/text.ts';
import type { Pinned } from '../nix/evaluate.ts';
import { listed } from '../nix/git-index.ts';
import { type DerivationRef, folderOf, placeOf } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import type { Context } from './context.ts';
import { placeOfHash } from './hash-place.ts';

// A build lock holds one package's target and hash: two packages would overwrite each other's.

/** Path of a derivation's build lock. */
export const lockFileOf = (derivation: DerivationRef, { buildLock }: Pinned): string =>
  buildLock ?? path.join(folderOf(derivation), buildLockName);

/** A package, and the result of its evaluation. */
export interface Evaluated {
  readonly name: string;
  readonly derivation: DerivationRef;
  readonly pinned: Pinned;
}

/** @throws UserError `build-lock-shared` if two packages have one build lock */
export function refuseSharedLocks(packages: readonly Evaluated[]): void {
  const users = new Map<string, Evaluated>();
  for (const one of packages) {
    const file = lockFileOf(one.derivation, one.pinned);
    const other = users.get(file);
    if (other && !areSame(other.pinned, one.pinned))
      throw shared(`'${other.name}' and '${one.name}' have the same build lock, ${file}`, one.derivation);
    users.set(file, one);
  }
}

/** Whether two packages are installed from the same dependencies. */
const areSame = (left: Pinned, right: Pinned): boolean =>
  left.project === right.project &&
  sameData(
    left.systems.map(({ target }) => target),
    right.systems.map(({ target }) => target),
  );

/**
 * Refuses a build lock of another derivation: it is for another target, and the hash that it
 * records is in Nix code, but is not this derivation's hash.
 * @throws UserError `build-lock-shared`
 */
export async function requireOwnLock(
  derivation: DerivationRef,
  { systems }: Pinned,
  file: string,
  lock: BuildLock,
  context: Pick<Context, 'read' | 'run'>,
): Promise<void> {
  for (const { target, hash } of systems) {
    const { system, ...own } = target;
    const recorded = ownOf(lock.systems, system)?.hash ?? '';
    if (recorded === '' || recorded === hash || sameData(own, lock.target)) continue;
    const place = await placeOfHash(recorded, derivation, context);
    if (place)
      throw shared(
        `${file} is the build lock of another derivation, whose hash is at ${place.file}:${place.line}`,
        derivation,
      );
  }
}

const shared = (what: string, derivation: DerivationRef): UserError =>
  new UserError(
    'build-lock-shared',
    `${what}. A build lock is for one package. Give each package its own, beside uv.lock, as 'buildLock' of its buildUvEnv: for example 'buildLock = ./${derivation.attribute.split('.').at(-1)}.lock.json;'. Nothing was changed.`,
    placeOf(derivation),
  );

/** A path in Nix code that ends like the name of a build lock. */
const statedPath = /(?<![\w.~/+-])\.{1,2}\/[\w+./-]*\.lock\.json(?![\w.-])/g;

/**
 * A derivation's build lock, found without Nix: the one that its file names, otherwise one in its
 * folder, otherwise one in the repository; of several, the one with the attribute's name.
 * @throws UserError `build-lock-missing`
 */
export async function findBuildLock(
  derivation: DerivationRef,
  context: Pick<Context, 'read' | 'run'>,
): Promise<{ readonly file: string; readonly text: string }> {
  const stated = await statedIn(derivation, context);
  const around = await listedAround(derivation, context);
  const folder = folderOf(derivation);
  const beside = around.filter((file) => path.dirname(file) === folder);
  const found = [stated, beside, around].find((files) => files.length > 0) ?? [];
  const own = `${derivation.attribute.split('.').at(-1)}.lock.json`;
  const file = found.length > 1 ? found.find((one) => path.basename(one) === own) : found[0];
  const text = file === undefined ? undefined : await context.read(file);
  if (file !== undefined && text !== undefined) return { file, text };
  const fix =
    found.length > 1
      ? `nothing says which of ${found.map((one) => path.relative(folder, one)).join(', ')} is its build lock: call that ${own}, or install Nix in a step before this one`
      : `nothing else says what it was declared for, because there is no ${file ?? path.join(folder, buildLockName)}. Install Nix in a step before this one; for fetchUvDeps it is enough to run 'uv-fod update' once where there is Nix, and to commit the file`;
  throw new UserError(
    'build-lock-missing',
    `The hash of '${derivation.attribute}' cannot be checked: 'nix' is not on PATH, and ${fix}.`,
  );
}

async function statedIn({ file }: DerivationRef, { read }: Pick<Context, 'read'>): Promise<string[]> {
  const text = file === undefined ? '' : ((await read(file)) ?? '');
  const folder = path.dirname(file ?? '.');
  return [...new Set([...text.matchAll(statedPath)].map(([name]) => path.resolve(folder, name)))];
}

/** Build locks of the repository that git tracks, or would track. */
async function listedAround(
  derivation: DerivationRef,
  { read, run }: Pick<Context, 'read' | 'run'>,
): Promise<string[]> {
  const folder = folderOf(derivation);
  // Outside of a repository, the default name.
  const names = (await listed(folder, run, ':(top)*.lock.json')) ?? [buildLockName];
  const files = names.map((name) => path.resolve(folder, name));
  const texts = await Promise.all(files.map(read));
  // Other tools use such file names too.
  return files.filter((_, index) => ['"systems"', '"target"'].every((key) => texts[index]?.includes(key)));
}
