import path from 'node:path';
import { ownOf } from '../build-lock/builds.ts';
import { buildLockName, sameData } from '../build-lock/text.ts';
import type { BuildLock } from '../build-lock/types.ts';
import type { Pinned } from '../nix/evaluate.ts';
import { type DerivationRef, folderOf, placeOf } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import { placeOfHash } from './hash-place.ts';
import type { Context } from './types.ts';

// A build lock holds one package's target and hash: two packages would overwrite each other's.

/** Path of a derivation's build lock. */
export const lockFileOf = (derivation: DerivationRef, { buildLock }: Pinned): string =>
  buildLock ?? path.join(folderOf(derivation), buildLockName);

/** A package, and what evaluation found of it. */
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
 * Refuses a build lock that is another derivation's: it is for another target, and the hash that it
 * records is in Nix code, but not this derivation's.
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
