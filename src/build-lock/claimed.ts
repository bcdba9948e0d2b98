import { UserError } from '../system/errors.ts';
import { normalizeName } from '../uv/lock/names.ts';
import { parseWheelName } from '../uv/lock/wheel-name.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import { tagRank } from '../uv/plan/tags.ts';
import type { Target } from '../uv/plan/target.ts';
import { orders } from '../uv/version-order.ts';
import type { BuildLockInputs } from './compute.ts';
import { allRequires, isNewSource, ownOf } from './keep.ts';
import type { Build, BuildLock } from './types.ts';

/** Replaces uv and build backends if only another job could run them. */
interface Claims extends Required<Pick<BuildLockInputs, 'resolve' | 'dynamic'>> {
  /** What was accepted from that job unverified, as clauses. */
  readonly taken: () => readonly string[];
}

/**
 * Accepts the environments that a build lock claims for builds that the base does not have, if
 * every wheel fits its system and every requirement is met. The rest of the build lock is
 * recomputed from the sources, the plan and the indexes.
 */
export function claimsOf(lock: BuildLock, base: BuildLock | undefined, targets: readonly Target[]): Claims {
  const taken = new Set<string>();
  return {
    taken: () => [...taken],
    dynamic: (key, build) => {
      const claimed = ownOf(lock.builds, key)?.dynamicRequires;
      if (claimed === undefined || !isNewSource(build, ownOf(base?.builds, key))) return undefined;
      taken.add(`the requirements that the build backend of ${key} returned (${claimed.join(', ')})`);
      return claimed;
    },
    resolve: async (key, build) => {
      const found = targets.map((target) => claimedFor(lock, key, build, target));
      if (found.some((artifacts) => artifacts.length > 0)) taken.add(`the build environment of ${key}`);
      return found;
    },
  };
}

function claimedFor(lock: BuildLock, key: string, build: Build, target: Target): Artifact[] {
  const environment = ownOf(lock.systems[target.system]?.environments, key);
  if (!environment) throw refuse(`the build environment of ${key} on ${target.system} is missing`);
  const rank = tagRank(target);
  const wheels = environment.wheels.map((filename): Artifact => {
    const wheel = ownOf(lock.wheels, filename);
    const name = parseWheelName(filename);
    if (!wheel || typeof name === 'string')
      throw refuse(`the wheel ${filename}, which ${key} requires, is missing`);
    if (rank(name) === undefined) throw refuse(`${filename} does not fit ${target.system}`);
    const [project = '', version = ''] = filename.split('-', 2);
    return { kind: 'wheel', name: normalizeName(project) ?? project, version, filename, ...fileOf(wheel) };
  });
  const artifacts = [...wheels, ...environment.builds.map((nested) => nestedOf(lock, nested))];
  const names = artifacts.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw refuse(`the build environment of ${key} has ${twice} twice`);
  for (const requirement of allRequires(build)) checkMet(requirement, artifacts, key);
  return artifacts;
}

const fileOf = ({ url, hash }: { readonly url: string; readonly hash: string }) => ({
  url,
  hash: `sha256:${Buffer.from(hash.slice('sha256-'.length), 'base64').toString('hex')}`,
});

/** Only an index can verify a nested build, so it cannot be a git repository or a folder. */
function nestedOf(lock: BuildLock, key: string): Artifact {
  const build = ownOf(lock.builds, key);
  if (build?.kind !== 'sdist' || build.url === undefined)
    throw refuse(`it builds ${key}, which is neither in the base nor on an index`);
  const { name, version, filename, subdirectory, url, hash } = build;
  return {
    ...{ kind: 'sdist', name, version, filename, ...fileOf({ url, hash }) },
    ...(subdirectory === undefined ? {} : { subdirectory }),
  };
}

/** NAME[EXTRAS] SPECIFIERS (PyPA, "Dependency specifiers"), without markers and addresses. */
const simple = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*\(?([^;@()]*)\)?\s*$/;

function checkMet(requirement: string, artifacts: readonly Artifact[], key: string): void {
  if (requirement.length > 500) throw refuse(`a requirement of ${key} has more than 500 characters`);
  const [, name, range = ''] = simple.exec(requirement) ?? [];
  if (name === undefined) return;
  const found = artifacts.find((artifact) => artifact.name === normalizeName(name));
  if (!found) throw refuse(`the build environment of ${key} lacks ${name}`);
  const isMet = range.trim() === '' || orders.pep440.satisfies(found.version ?? '', range.trim());
  if (!isMet)
    throw refuse(`the build environment of ${key} has ${name} ${found.version}, not ${range.trim()}`);
}

const refuse = (why: string): UserError =>
  new UserError(
    'build-lock-stale',
    `The build lock is wrong: ${why}. Run 'uv-fod update' on a machine with Nix and uv.`,
  );
