import type { PackageConfig } from '../config/types.ts';
import { type DerivationRef, derivationRef, derivationRefFrom } from '../nix/target.ts';
import { code, fenced, text } from '../pull-request/report/markdown.ts';
import { failureSummary } from '../pull-request/report/report.ts';
import { UserError } from '../system/errors.ts';
import { jsonText } from '../system/printable.ts';
import { checkPackages, type PackageCheck, patchOfAll, worstOf } from '../update/check.ts';
import type { Checked } from '../update/checked.ts';
import { exitCodes } from '../update/statuses.ts';
import { configOf, proposalsOf, type Runner } from './run.ts';

/**
 * Checks the package that the inputs name, or all packages of the configuration.
 * @throws UserError of `configOf`; a failure of one package is in its result
 */
export async function checkAll(runner: Pick<Runner, 'inputs' | 'trigger' | 'parts' | 'checkout'>): Promise<{
  readonly checks: readonly PackageCheck[];
  /** Root of the checkout. */
  readonly root: string;
}> {
  const { inputs, parts } = runner;
  const checkout = await runner.checkout();
  const config = await configOf(runner, checkout);
  const packages = proposalsOf(inputs, config).flatMap((proposal) => proposal.packages);
  const { isNamed } = inputs;
  const root = isNamed ? inputs.workspace : checkout.root;
  const derivationOf = async ({ nix, attribute }: PackageConfig): Promise<DerivationRef> =>
    isNamed
      ? derivationRefFrom(root, nix, attribute, parts.run)
      : derivationRef(nix, attribute, root, inputs.config);
  return { checks: await checkPackages(packages, root, derivationOf, parts), root };
}

/**
 * The step's outputs. `hashes` is about the first package that is not current, else the first one.
 */
export function checkOutputs(
  checks: readonly PackageCheck[],
  root: string,
): Readonly<Record<'status' | 'patch' | 'hashes' | 'results', string>> {
  const first = checks.find(({ checked }) => checked && checked.status !== 'current') ?? checks[0];
  const results = checks.map(({ name, checked, error }) =>
    checked
      ? { name, status: checked.status, hashes: hashesOf(checked), patch: checked.patch }
      : { name, status: 'error', error: error.code, message: error.message },
  );
  return {
    status: worstOf(checks) ?? '',
    patch: patchOfAll(checks, root),
    hashes: jsonText(first?.checked ? hashesOf(first.checked) : {}),
    results: jsonText(results),
  };
}

const hashesOf = ({ hashes }: Checked): Record<string, { before: string; after: string }> =>
  Object.fromEntries(hashes.map(({ system, before, after }) => [system, { before, after }]));

/** Annotations: one for each stale hash, or one for the package. */
export function checkAnnotations(checks: readonly PackageCheck[]): UserError[] {
  return checks.flatMap(({ name, checked, error }) => {
    const titled = (message: string): string => (checks.length === 1 ? message : `${name}: ${message}`);
    if (error) return [new UserError(error.code, titled(error.message), more(error))];
    const { status, message, hashes } = checked;
    if (status === 'current') return [];
    const moved = hashes.filter(({ before, after, at }) => before !== after && at !== undefined);
    if (status !== 'stale' || moved.length < 2)
      return [new UserError(status, titled(message), more(checked))];
    return moved.map(({ system, before, after, at }) => {
      const what = `The hash for ${system} is stale: it is ${before || 'empty'}, and must be ${after}.`;
      return new UserError(status, titled(what), at ? { at } : {});
    });
  });
}

function more({
  at,
  log,
}: {
  at?: UserError['at'] | undefined;
  log?: string | undefined;
}): ConstructorParameters<typeof UserError>[2] {
  return { ...(at ? { at } : {}), ...(log === undefined ? {} : { log }) };
}

/** Exit code: 1 if a package could not be checked, else that of the worst status. */
export function checkExit(checks: readonly PackageCheck[]): number {
  const worst = worstOf(checks);
  return worst === undefined || checks.some(({ error }) => error) ? 1 : exitCodes[worst];
}

/**
 * The job summary of all checks.
 * @param lack why builds were not isolated, if they were not
 */
export const checkSummaries = (checks: readonly PackageCheck[], lack?: string): string =>
  [
    ...checks.map(({ name, checked, error }) =>
      checked ? checkSummary(name, checked) : failureSummary(error),
    ),
    ...(lack === undefined ? [] : [`Built without isolation: ${text(lack)}.\n`]),
  ].join('\n');

/** The job summary of a check. */
function checkSummary(name: string, checked: Checked): string {
  const { status, message, hashes, patch, warnings, notChecked } = checked;
  const lines = [`## ${text(name)}: ${status}`, '', text(message), ''];
  if (hashes.length > 0) {
    lines.push('| System | Pinned | Computed |', '| --- | --- | --- |');
    for (const { system, before, after } of hashes)
      lines.push(`| ${code(system)} | ${code(before || 'none')} | ${code(after)} |`);
    lines.push('');
  }
  if (patch !== '')
    lines.push('To update it, run `git apply` with this patch:', '', fenced(patch, 'diff'), '');
  if (warnings.length > 0) lines.push('Warnings:', ...warnings.map((one) => `- ${text(one)}`), '');
  if (notChecked.length > 0) lines.push('Not checked:', ...notChecked.map((one) => `- ${text(one)}`), '');
  return `${lines.join('\n')}\n`;
}
