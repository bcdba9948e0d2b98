import { satisfies, validRange } from '@renovatebot/pep440';
import { UserError } from '../../system/errors.ts';
import { printable } from '../../system/printable.ts';
import type { Project } from '../lock/project.ts';
import type { Lock, LockedPackage } from '../lock/types.ts';
import { type Artifact, compareArtifacts } from './artifact.ts';
import { chooseArtifact } from './choose.ts';
import { type Environment, environmentOf, evaluate } from './environment.ts';
import { type Selection, selectRoots } from './selection.ts';
import { tagRank } from './tags.ts';
import type { Target } from './target.ts';
import { reachable } from './walk.ts';

/**
 * The artifacts that uv would install from a project's lock on a target: all of them, sorted, or an error.
 * Virtual packages are walked through and not listed, because uv installs nothing for them.
 * @throws UserError; see `docs/plan.md` for its codes
 */
export function planProject(project: Project, target: Target, selection: Selection): readonly Artifact[] {
  const { lock, settings } = project;
  const environment = environmentOf(target);
  const roots = selectRoots(project, selection);
  requirePython(target, lock);
  checkSupported(lock, environment, target);
  const members = new Set(lock.members.length > 0 ? lock.members : roots.packages.map((item) => item.name));
  const chooser = { file: lock.file, members, settings, target, rank: tagRank(target) };
  const artifacts: Artifact[] = [];
  const packages = reachable(lock, roots, environment);
  checkUnique(lock, packages);
  for (const item of packages) {
    const artifact = chooseArtifact(item, chooser);
    if (artifact !== undefined) artifacts.push(artifact);
  }
  return artifacts.sort(compareArtifacts);
}

/**
 * What a person should know about a plan that is right nevertheless: a wanted group that asks for another Python. uv
 * export leaves such a group's dependencies out by their markers and says nothing; uv sync refuses.
 */
export function planWarnings(project: Project, target: Target, selection: Selection): readonly string[] {
  const { lock } = project;
  const roots = selectRoots(project, selection);
  const owners = roots.groupRoot === undefined ? roots.packages : [...roots.packages, roots.groupRoot];
  const groups = [
    ...owners.flatMap((owner) =>
      [...owner.groupRequiresPython].map(([group, range]) => ({ owner: owner.name, group, range })),
    ),
    ...[...lock.groupRequiresPython].map(([group, range]) => ({ owner: undefined, group, range })),
  ];
  return groups
    .filter(
      ({ owner, group, range }) =>
        roots.includesGroup(owner, group) && !satisfies(target.python, range, { prereleases: true }),
    )
    .map(
      ({ group, range }) =>
        `The dependency group '${group}' asks for Python ${range}; little or nothing of it is planned for ${target.python}.`,
    );
}

/** The target's Python has to be one that the lock was made for. */
function requirePython(target: Target, lock: Lock): void {
  const { requiresPython, file } = lock;
  if (requiresPython.trim() !== '' && !validRange(requiresPython))
    throw new UserError(
      'lock-invalid',
      `${file}: requires-python '${requiresPython}' is not a version specifier. Run 'uv lock'.`,
      {
        at: { file },
      },
    );
  if (!satisfies(target.python, requiresPython, { prereleases: true }))
    throw new UserError(
      'python-not-supported',
      `Python ${target.python} is outside requires-python '${requiresPython}' of ${file}. Plan for a Python inside it (an exact patch version can matter), or widen it and run 'uv lock'.`,
    );
}

/** One environment holds one version of a package; two come out where conflicting things are asked for together. */
function checkUnique(lock: Lock, packages: ReadonlySet<LockedPackage>): void {
  const seen = new Map<string, LockedPackage>();
  for (const item of packages) {
    const other = seen.get(item.name);
    seen.set(item.name, item);
    if (other === undefined) continue;
    const versions = [other, item].map(({ version, source }) => version ?? source.kind).join(' and ');
    throw new UserError(
      'conflict',
      `This selection needs '${item.name}' twice, as ${versions}: it asks for extras or groups that ${lock.file} keeps apart (tool.uv.conflicts). Ask for one of them.`,
    );
  }
}

/** A lock made for some environments only (`tool.uv.environments`) says nothing about others. */
function checkSupported(lock: Lock, environment: Environment, target: Target): void {
  const lists = [
    { markers: lock.supportedMarkers, extra: false },
    // Forks made by conflicting extras are told apart by those, which are not known here: either way will do.
    { markers: lock.resolutionMarkers, extra: 'either' },
  ] as const;
  for (const { markers, extra } of lists) {
    if (markers.length === 0 || markers.some((marker) => evaluate(marker, environment, () => extra)))
      continue;
    throw new UserError(
      'target-not-locked',
      `${lock.file} was not made for ${target.system} with Python ${target.python}: it covers only ${markers.map(({ text }) => `"${printable(text)}"`).join(', ')}. Change the target, or add it to tool.uv.environments and run 'uv lock'.`,
    );
  }
}
