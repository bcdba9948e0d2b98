import type { ArtifactKind, ReportedPackage } from '../pull-request/report/types.ts';
import { type Advised, adviceKey } from '../release/advice.ts';
import type { Lock } from '../uv/lock/types.ts';
import type { Form, LockDiff, LockEntry, PackageChange } from '../uv/plan/diff.ts';

/** Packages that changed between two locks, with the advice of their index. */
export function movedPackages(
  { added, removed, changed }: LockDiff,
  lock: Lock,
  { advice }: Advised,
): ReportedPackage[] {
  return [...added, ...removed, ...changed]
    .filter((change) => !isProject(change))
    .map((change) => {
      const { name } = change;
      const [before, after] = [label(change.before), label(change.after)];
      const index = indexOf(lock, name);
      const advised = change.after.flatMap(
        ({ version }) => advice.get(adviceKey({ name, version: version ?? '' })) ?? [],
      );
      const yanked = advised.find((one) => one.yanked !== undefined)?.yanked;
      const vulnerabilities = advised.flatMap((one) => one.vulnerabilities);
      const url =
        advised.find(({ page }) => page !== undefined)?.page ??
        (index && `${index.replace(/\/+$/, '')}/${name}/`);
      return {
        name,
        direct: change.relation === 'direct',
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
        ...(url ? { url } : {}),
        ...(yanked === undefined ? {} : { yanked }),
        ...(vulnerabilities.length === 0 ? {} : { vulnerabilities }),
        ...kinds(change),
      };
    });
}

/** The project itself, whose version is in the headline. */
const isProject = ({ before, after }: PackageChange): boolean =>
  [...before, ...after].every(({ source }) => /^(?:virtual|editable|directory) \.$/.test(source ?? ''));

/** The index of a package, which has a page for it (PEP 503). */
function indexOf(lock: Lock, name: string): string | undefined {
  const source = lock.byName.get(name)?.find(({ source: { kind } }) => kind === 'registry')?.source;
  return source?.kind === 'registry' ? source.url : undefined;
}

const label = (entries: readonly LockEntry[]): string | undefined =>
  entries.length === 0
    ? undefined
    : entries.map(({ version, source }) => version ?? source ?? 'dynamic').join(', ');

const kindOf: Readonly<Record<Form, ArtifactKind | undefined>> = {
  wheel: 'wheel',
  sdist: 'sdist',
  git: 'git',
  directory: 'local',
  none: undefined,
};

/** Kinds of artifacts, if one of them is not a wheel. */
function kinds({ before, after }: PackageChange): Pick<ReportedPackage, 'kinds'> {
  const systems = new Set(
    [...before, ...after].flatMap(({ forms }) => Object.keys(forms) as (keyof typeof forms)[]),
  );
  const found = [...systems].flatMap((system) => {
    const [old, now] = [before, after].map((entries) => kindOf[entries.at(-1)?.forms[system] ?? 'none']);
    const isUsual = (kind: ArtifactKind | undefined): boolean => kind === undefined || kind === 'wheel';
    if (isUsual(old) && isUsual(now)) return [];
    return [{ system, ...(old ? { before: old } : {}), ...(now ? { after: now } : {}) }];
  });
  return found.length === 0 ? {} : { kinds: found };
}
