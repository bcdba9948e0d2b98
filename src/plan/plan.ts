import { satisfies, validRange } from '@renovatebot/pep440';
import type { Project } from '../lock/project.ts';
import type { Lock } from '../lock/types.ts';
import { UserError } from '../ports/errors.ts';
import { type Artifact, compareArtifacts } from './artifact.ts';
import { chooseArtifact } from './choose.ts';
import { type Environment, environmentOf, evaluate } from './environment.ts';
import { type Roots, type Selection, selectRoots } from './selection.ts';
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
  checkPython(lock, roots, target);
  checkSupported(lock, environment, target);
  const members = new Set(lock.members.length > 0 ? lock.members : roots.packages.map((item) => item.name));
  const chooser = { file: lock.file, members, settings, target, rank: tagRank(target) };
  const artifacts: Artifact[] = [];
  for (const item of reachable(lock, roots, environment)) {
    const artifact = chooseArtifact(item, chooser);
    if (artifact !== undefined) artifacts.push(artifact);
  }
  return artifacts.sort(compareArtifacts);
}

/** The target's Python has to be one that the lock, and each group that is wanted, was made for. */
function checkPython(lock: Lock, roots: Roots, target: Target): void {
  requirePython(target, lock.requiresPython, lock.file, `requires-python of ${lock.file}`);
  const owners = roots.groupRoot === undefined ? roots.packages : [...roots.packages, roots.groupRoot];
  for (const owner of owners)
    for (const [group, specifier] of owner.groupRequiresPython)
      if (roots.includesGroup(owner.name, group))
        requirePython(target, specifier, lock.file, `the dependency group '${group}' of ${owner.name}`);
  for (const [group, specifier] of lock.groupRequiresPython)
    if (roots.includesGroup(undefined, group))
      requirePython(target, specifier, lock.file, `the dependency group '${group}'`);
}

function requirePython(target: Target, specifier: string, file: string, who: string): void {
  if (specifier.trim() !== '' && !validRange(specifier))
    throw new UserError('lock-invalid', `${who}: '${specifier}' is not a version specifier. Run 'uv lock'.`, {
      at: { file },
    });
  if (!satisfies(target.python, specifier, { prereleases: true }))
    throw new UserError(
      'python-not-supported',
      `Python ${target.python} is outside ${specifier}, ${who}. Plan for a Python inside it (an exact patch version can matter), or widen it and run 'uv lock'.`,
    );
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
      `${lock.file} was not made for ${target.system} with Python ${target.python}: it covers only ${markers.map(({ text }) => `"${text}"`).join(', ')}. Change the target, or add it to tool.uv.environments and run 'uv lock'.`,
    );
  }
}
