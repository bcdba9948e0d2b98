import type { ArtifactKind, ReportedPackage } from '../pull-request/report/types.ts';
import { type Advised, adviceKey } from '../release/advice.ts';
import type { Form, LockDiff, LockEntry, PackageChange } from '../uv/plan/diff.ts';
import type { System } from '../uv/plan/target.ts';

/** Packages that changed between two locks, with the advice of their index. */
export function changedPackages(
  { added, removed, changed }: LockDiff,
  { advice }: Advised,
): ReportedPackage[] {
  const changes = [...added, ...removed, ...changed].filter((change) => !isProject(change));
  return changes.map((change) => {
    const { name, relation, before, after } = change;
    const advised = after.flatMap(({ version = '' }) => advice.get(adviceKey({ name, version })) ?? []);
    const vulnerabilities = advised.flatMap((one) => one.vulnerabilities);
    return {
      name,
      direct: relation === 'direct',
      before: label(before),
      after: label(after),
      url: advised.find(({ page }) => page !== undefined)?.page,
      changes: advised.find(({ changes }) => changes !== undefined)?.changes,
      yanked: advised.find((one) => one.yanked !== undefined)?.yanked,
      vulnerabilities: vulnerabilities.length > 0 ? vulnerabilities : undefined,
      kinds: kindsOf(change),
    };
  });
}

/** The project itself, whose version is in the headline. */
const isProject = ({ before, after }: PackageChange): boolean =>
  [...before, ...after].every(({ source }) => /^(?:virtual|editable|directory) \.$/.test(source ?? ''));

const label = (entries: readonly LockEntry[]): string | undefined =>
  entries.length === 0
    ? undefined
    : entries.map(({ version, source }) => version ?? source ?? 'dynamic').join(', ');

/** Kinds of artifacts by system, if one of them is not a wheel. */
function kindsOf({ before, after }: PackageChange): ReportedPackage['kinds'] {
  const systems = new Set([...before, ...after].flatMap(({ forms }) => Object.keys(forms) as System[]));
  const kinds = [...systems].map((system) => ({
    system,
    before: kindOf(before.at(-1)?.forms[system]),
    after: kindOf(after.at(-1)?.forms[system]),
  }));
  const isUsual = (kind: ArtifactKind | undefined): boolean => kind === undefined || kind === 'wheel';
  const found = kinds.filter((one) => !isUsual(one.before) || !isUsual(one.after));
  return found.length > 0 ? found : undefined;
}

const kindOf = (form: Form = 'none'): ArtifactKind | undefined =>
  form === 'none' ? undefined : form === 'directory' ? 'local' : form;
