import { satisfies, validRange } from '@renovatebot/pep440';
import { UserError } from '../../system/errors.ts';
import { printable } from '../../system/printable.ts';
import { type Environment, evaluate } from '../lock/marker.ts';
import type { Project } from '../lock/project.ts';
import type { Lock, LockedPackage } from '../lock/types.ts';
import { type Artifact, compareArtifacts } from './artifact.ts';
import { chooseArtifact } from './choose.ts';
import { type DeclaredTarget, manifestDigest } from './manifest.ts';
import { type Selection, selectRoots } from './selection.ts';
import { tagRank } from './tags.ts';
import { environmentOf, parseTarget, type Target } from './target.ts';
import { reachable } from './walk.ts';

/**
 * The artifacts that uv would install from a project's lock on a target, sorted. Virtual packages
 * are not included, because uv does not install them.
 * @throws UserError; see `docs/plan.md` for its codes
 */
export function planProject(project: Project, target: Target, selection: Selection): readonly Artifact[] {
  const { lock, settings } = project;
  const environment = environmentOf(target);
  const roots = selectRoots(project, selection);
  requirePython(target, lock);
  checkSupported(lock, environment, target);
  const members = new Set(
    lock.members.length > 0 ? lock.members : roots.packages.map((root) => root.package.name),
  );
  const chooser = { members, settings, target, rank: tagRank(target) };
  const packages = reachable(lock, roots, environment);
  checkUnique(lock, packages);
  return [...packages].flatMap((item) => chooseArtifact(item, chooser) ?? []).sort(compareArtifacts);
}

/**
 * As `planProject`, for a declared target, with the digest of the manifest.
 * @throws UserError as `planProject` and `parseTarget`
 */
export function planDeclared(project: Project, declared: DeclaredTarget) {
  const target = parseTarget(declared);
  const artifacts = planProject(project, target, declared);
  return { declared, target, artifacts, plan: manifestDigest(artifacts, declared) };
}

/**
 * Warnings about a valid plan: a selected group that requires another Python. `uv export` omits the
 * dependencies of such a group silently; `uv sync` refuses it.
 */
export function planWarnings(project: Project, target: Target, selection: Selection): readonly string[] {
  return selectRoots(project, selection).groups.flatMap(({ name, requiresPython: range }) =>
    range === undefined || satisfies(target.python, range, { prereleases: true })
      ? []
      : [
          `The dependency group '${name}' requires Python ${range}; little or nothing of it is planned for ${target.python}.`,
        ],
  );
}

/** The lock has to support the target's Python. */
function requirePython(target: Target, lock: Lock): void {
  const { requiresPython, file } = lock;
  if (requiresPython.trim() !== '' && !validRange(requiresPython))
    throw new UserError(
      'lock-invalid',
      `${file}: requires-python '${requiresPython}' is not a version specifier. Run 'uv lock'.`,
      { at: { file } },
    );
  if (!satisfies(target.python, requiresPython, { prereleases: true }))
    throw new UserError(
      'python-not-supported',
      `Python ${target.python} is outside requires-python '${requiresPython}' of ${file}. Use a Python inside it (the patch version can matter), or extend it and run 'uv lock'.`,
    );
}

/** An environment has one version of a package; a conflicting selection results in two. */
function checkUnique(lock: Lock, packages: ReadonlySet<LockedPackage>): void {
  const seen = new Map<string, LockedPackage>();
  for (const item of packages) {
    const other = seen.get(item.name);
    seen.set(item.name, item);
    if (other === undefined) continue;
    const versions = [other, item].map(({ version, source }) => version ?? source.kind).join(' and ');
    throw new UserError(
      'conflict',
      `This selection needs '${item.name}' twice, as ${versions}: it has extras or groups that conflict in ${lock.file} (tool.uv.conflicts). Select one of them.`,
    );
  }
}

/** The lock may be for some environments only (`tool.uv.environments`). */
function checkSupported(lock: Lock, environment: Environment, target: Target): void {
  const lists = [
    { markers: lock.supportedMarkers, extra: false },
    // Forks of conflicting extras depend on the selected extras, which are not known here.
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
