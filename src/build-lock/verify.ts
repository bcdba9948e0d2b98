import { UserError } from '../system/errors.ts';
import { normalizeName } from '../uv/lock/names.ts';
import { parseWheelName } from '../uv/lock/wheel-name.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import { tagRank } from '../uv/plan/tags.ts';
import { parseTarget, type Target } from '../uv/plan/target.ts';
import { parseRequirement } from '../uv/requirement.ts';
import { orders } from '../uv/version-order.ts';
import { allRequires, buildKey, isBuilt, isNewSource, ownOf, pinnedFiles } from './builds.ts';
import { type BuildLockInputs, computeBuildLock } from './compute.ts';
import { environmentIn } from './keep.ts';
import type { Build, BuildLock } from './schema.ts';
import type { SourceReader } from './sources.ts';
import { differences, sameData } from './text.ts';

/** A build lock of another job, and the inputs to verify it. */
export interface ClaimedLock extends Omit<BuildLockInputs, 'target' | 'resolve' | 'dynamic'> {
  readonly text: string;
  readonly lock: BuildLock;
}

export interface VerifiedClaim {
  /** The expected build lock. */
  readonly right: BuildLock;
  /** How the claimed one differs, as a clause; empty if it does not. */
  readonly differences: string;
  /** Data that was accepted from the other job without verification, as clauses. */
  readonly taken: readonly string[];
}

/**
 * Verifies a build lock without Nix: entries of the base are kept, sources are read again, and an
 * index has to list every file. Results of build backends are accepted and reported; without uv,
 * new resolutions are, too.
 *
 * @param withUv whether to resolve requirements of builds that the base does not have
 * @throws UserError `build-lock-stale` for an impossible claim, `build-lock-unverified`, and
 *   errors of `describeBuild`
 */
export async function verifyBuildLock(
  claimed: ClaimedLock,
  reader: SourceReader,
  withUv: boolean,
): Promise<VerifiedClaim> {
  const { lock, text, base, systems } = claimed;
  const targets = systems.map(({ target }) => parseTarget({ ...lock.target, system: target.system }));
  const isNewTarget = base !== undefined && !sameData(base.target, lock.target);
  const taken = new Set(isNewTarget ? ['the declared target'] : []);
  const inputs: BuildLockInputs = {
    ...{ ...claimed, target: lock.target },
    dynamic: (key, build) => {
      const asked = ownOf(lock.builds, key)?.dynamicRequires;
      if (asked === undefined || !isNewSource(build, ownOf(base?.builds, key))) return undefined;
      taken.add(`the requirements that the build backend of ${key} returned (${asked.join(', ')})`);
      return asked;
    },
  };
  // Without uv, an environment is accepted if its wheels fit and the requirements are met.
  const resolve = async (key: string, build: Build): Promise<Artifact[][]> => {
    const found = targets.map((target) => claimedFor(lock, key, build, target));
    if (found.some((artifacts) => artifacts.length > 0)) taken.add(`the build environment of ${key}`);
    return found;
  };
  const right = await computeBuildLock(withUv ? inputs : { ...inputs, resolve }, reader);
  return { right, differences: differences(text, lock, right), taken: [...taken] };
}

function claimedFor(lock: BuildLock, key: string, build: Build, target: Target): Artifact[] {
  const artifacts = environmentIn(lock, key, target.system);
  if (typeof artifacts === 'string') throw refuse(artifacts);
  const rank = tagRank(target);
  for (const one of artifacts) {
    const wheel = one.kind === 'wheel' && parseWheelName(one.filename ?? '');
    if (typeof wheel === 'object' && rank(wheel) === undefined)
      throw refuse(`${one.filename} does not fit ${target.system}`);
    // Only an index can verify a nested build, so it cannot be a git repository or a folder.
    if (isBuilt(one) && (pinnedFiles([one]).length === 0 || one.path !== undefined))
      throw refuse(`it builds ${buildKey(one)}, which is neither in the base nor on an index`);
  }
  const names = artifacts.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw refuse(`the build environment of ${key} has ${twice} twice`);
  for (const requirement of allRequires(build)) checkMet(requirement, artifacts, key);
  return artifacts;
}

/** Requirements with a marker or an address are left to uv. */
function checkMet(requirement: string, artifacts: readonly Artifact[], key: string): void {
  const { name, versions, reference, marker } = parseRequirement(requirement) ?? {};
  if (name === undefined || reference !== undefined || marker !== undefined) return;
  const found = artifacts.find((artifact) => artifact.name === normalizeName(name));
  if (!found) throw refuse(`the build environment of ${key} lacks ${name}`);
  if (versions && !orders.pep440.satisfies(found.version ?? '', versions.trim()))
    throw refuse(`the build environment of ${key} has ${name} ${found.version}, not ${versions.trim()}`);
}

const refuse = (why: string): UserError =>
  new UserError(
    'build-lock-stale',
    `The build lock is wrong: ${why}. Run 'uv-fod update' on a machine with Nix and uv.`,
  );
