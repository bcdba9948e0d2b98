import { UserError } from '../system/errors.ts';
import { normalizeName } from '../uv/lock/index.ts';
import { parseWheelName } from '../uv/lock/wheel-name.ts';
import type { Artifact, Target } from '../uv/plan/index.ts';
import { tagRank } from '../uv/plan/tags.ts';
import { orders } from '../uv/version-order.ts';
import { isNewSource, ownOf } from './keep.ts';
import type { Renewal } from './renew.ts';
import type { Build, BuildLock } from './types.ts';

/** What takes uv's place where only another job could run it. */
export interface Claims extends Required<Pick<Renewal, 'resolve' | 'dynamic'>> {
  /** What was taken from that job, as clauses: resolutions, and answers of build backends. */
  readonly taken: () => readonly string[];
}

/**
 * Takes the environments that a build lock claims for what the base does not have, as far as they can be right: every wheel
 * fits its system, and every requirement is met by a version that it allows. Renewing a build lock with these holds all
 * else of it against the sources, the plan and the indexes.
 */
export function claimsOf(lock: BuildLock, base: BuildLock | undefined, targets: readonly Target[]): Claims {
  const taken = new Set<string>();
  return {
    taken: () => [...taken],
    dynamic: (key, build) => {
      const claimed = ownOf(lock.builds, key)?.dynamicRequires;
      if (claimed === undefined || !isNewSource(build, ownOf(base?.builds, key))) return undefined;
      taken.add(`what the build backend of ${key} asks for (${claimed.join(', ')})`);
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
  if (!environment) throw refuse(`it has no build environment for ${key} on ${target.system}`);
  const rank = tagRank(target);
  const wheels = environment.wheels.map((filename): Artifact => {
    const wheel = ownOf(lock.wheels, filename);
    const name = parseWheelName(filename);
    if (!wheel || typeof name === 'string') throw refuse(`it has no wheel ${filename}, which ${key} needs`);
    if (rank(name) === undefined) throw refuse(`${filename} does not fit ${target.system}`);
    const [project = '', version = ''] = filename.split('-', 2);
    return { kind: 'wheel', name: normalizeName(project) ?? project, version, filename, ...fileOf(wheel) };
  });
  const artifacts = [...wheels, ...environment.builds.map((nested) => nestedOf(lock, nested))];
  const names = artifacts.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw refuse(`the build environment of ${key} has ${twice} twice`);
  for (const requirement of requirementsOf(build)) checkMet(requirement, artifacts, key);
  return artifacts;
}

const requirementsOf = ({ requires, dynamicRequires = [], extraRequires = [] }: Build): readonly string[] => [
  ...requires,
  ...dynamicRequires,
  ...extraRequires,
];

const fileOf = ({ url, hash }: { readonly url: string; readonly hash: string }) => ({
  url,
  hash: `sha256:${Buffer.from(hash.slice('sha256-'.length), 'base64').toString('hex')}`,
});

/** No index lists a git repository or a folder: nothing here could tell whose they are. */
function nestedOf(lock: BuildLock, key: string): Artifact {
  const build = ownOf(lock.builds, key);
  if (build?.kind !== 'sdist' || build.url === undefined)
    throw refuse(`it builds ${key}, which neither the base nor an index has`);
  const { name, version, filename, subdirectory, url, hash } = build;
  return {
    ...{ kind: 'sdist', name, version, filename, ...fileOf({ url, hash }) },
    ...(subdirectory === undefined ? {} : { subdirectory }),
  };
}

/** NAME[EXTRAS] SPECIFIERS (PyPA, "Dependency specifiers"); those with a marker or an address are not held against versions. */
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
    `The build lock is not right: ${why}. Run 'uv-fod update' where Nix and uv are.`,
  );
