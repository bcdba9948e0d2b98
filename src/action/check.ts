import type { PackageConfig } from '../config/types.ts';
import { type DerivationRef, derivationRef, derivationRefFrom } from '../nix/target.ts';
import { code, fenced, text } from '../pull-request/report/markdown.ts';
import { failureSummary } from '../pull-request/report/report.ts';
import { setJson, setOutput } from '../system/action-outputs.ts';
import { UserError } from '../system/errors.ts';
import { lackOf } from '../system/sandbox.ts';
import { checkPackages, type PackageCheck, patchOfAll, worstOf } from '../update/check.ts';
import type { Checked } from '../update/statuses.ts';
import { exitCodes } from '../update/statuses.ts';
import { configOf } from './config.ts';
import { bySystem } from './outputs.ts';
import { baseCommit } from './run.ts';
import type { Runner } from './runner.ts';

/**
 * Checks the package that the inputs name, or all packages of the configuration, and sets the
 * step's outputs.
 * @returns annotations, one for each stale hash or one for the package, and the job summary
 * @throws UserError of `configOf`; a failure of one package is in its result
 */
export async function checkAll(runner: Runner): Promise<{
  readonly exitCode: number;
  readonly annotations: readonly UserError[];
  readonly summary: string;
}> {
  const { inputs, context } = runner;
  const checkout = await runner.checkout();
  const { packages, policy } = await configOf(runner);
  const { isNamed } = inputs;
  const root = isNamed ? inputs.workspace : checkout.root;
  const derivationOf = async ({ nix, attribute }: PackageConfig): Promise<DerivationRef> =>
    isNamed
      ? derivationRefFrom(root, nix, attribute, context.run)
      : derivationRef(nix, attribute, root, inputs.config);
  const base = baseCommit(runner.trigger);
  const checks = await checkPackages(packages, root, derivationOf, policy, context, base);
  await setOutputs(checks, root, runner);
  for (const { name, checked } of checks) {
    for (const one of checked?.warnings ?? []) context.log.warning(`${name}: ${one}`);
    for (const one of checked?.notChecked ?? []) context.log.info(`${name}: not checked: ${one}`);
    if (checked?.status === 'current') context.log.info(`${name}: ${checked.message}`);
    if (checked?.status === 'unverifiable') context.log.warning(`${name}: ${checked.message}`);
  }
  const lack = lackOf(await context.sandbox());
  const summaries = checks.map(({ name, checked, error }) =>
    checked ? checkSummary(name, checked) : failureSummary(error),
  );
  const worst = worstOf(checks);
  return {
    exitCode: worst === undefined || checks.some(({ error }) => error) ? 1 : exitCodes[worst],
    annotations: checks.flatMap((check) =>
      annotationsOf(check, checks.length === 1 ? '' : `${check.name}: `),
    ),
    summary: [
      ...summaries,
      ...(lack === undefined ? [] : [`Built without isolation: ${text(lack)}.\n`]),
    ].join('\n'),
  };
}

/** The output `hashes` describes the first package that is not current, or the first package. */
async function setOutputs(
  checks: readonly PackageCheck[],
  root: string,
  { writeSboms }: Runner,
): Promise<void> {
  const first = checks.find(({ checked }) => checked && exitCodes[checked.status] !== 0) ?? checks[0];
  const results = [];
  for (const { name, checked, error } of checks) {
    if (!checked) results.push({ name, status: 'error', error: error.code, message: error.message });
    else {
      const { status, patch, described } = checked;
      const sbom = described ? await writeSboms(name, described) : [];
      results.push({ name, status, hashes: bySystem(checked.hashes), patch, sbom });
    }
  }
  setOutput('sbom', results.flatMap(({ sbom = [] }) => sbom).join('\n'));
  setOutput('status', worstOf(checks) ?? '');
  setOutput('patch', patchOfAll(checks, root));
  setJson('hashes', bySystem(first?.checked?.hashes ?? []));
  setJson('results', results);
}

function annotationsOf({ checked, error }: PackageCheck, prefix: string): UserError[] {
  if (error) return [new UserError(error.code, `${prefix}${error.message}`, error)];
  const { status, message, hashes } = checked;
  if (exitCodes[status] === 0) return [];
  const changed = hashes.filter(({ before, after, at }) => before !== after && at !== undefined);
  if (status !== 'stale' || changed.length < 2)
    return [new UserError(status, `${prefix}${message}`, checked)];
  return changed.map(({ system, before, after, at }) => {
    const what = `The hash for ${system} is stale: it is ${before || 'empty'}, and must be ${after}.`;
    return new UserError(status, `${prefix}${what}`, { at });
  });
}

/** The job summary of one package. */
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
