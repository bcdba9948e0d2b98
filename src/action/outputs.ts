import { summary } from '../pull-request/report/report.ts';
import { setJson, setOutput, writeSummary } from '../system/action-outputs.ts';
import type { PackageHashes } from './proposed.ts';
import type { ProposalResult } from './request.ts';

/** Sets the step's outputs, and writes the job summary. */
export async function writeOutputs(
  results: readonly ProposalResult[],
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  setJson('results', results.map(resultOf));
  setOutput('sbom', results.flatMap(({ sbom = [] }) => sbom).join('\n'));
  const first = results.find(isChanged) ?? results[0];
  if (!first) return;
  const { outcome, hashes, number, url, branch, commit } = resultOf(first);
  setOutput('outcome', outcome);
  setOutput('changed', String(isChanged(first)));
  setJson('hashes', hashes);
  setOutput('pull-request-number', String(number ?? ''));
  setOutput('pull-request-url', url ?? '');
  setOutput('branch', branch ?? '');
  setOutput('commit', commit ?? '');
  setJson('report', first.proposed.reports[0] ?? {});
  setJson('reports', first.proposed.reports);
  const texts = results.flatMap(({ proposed, published }) =>
    proposed.reports.map((report) => summary(report, published)),
  );
  await writeSummary(environment, texts.join('\n'));
}

const isChanged = ({ proposed }: ProposalResult): boolean => proposed.files.length > 0;

function resultOf(result: ProposalResult) {
  const { proposed, published } = result;
  const packages = proposed.hashes.map(({ name, hashes }) => ({ name, hashes: bySystem(hashes) }));
  const isGroup = proposed.subjects.length > 1;
  const { autoMerge: _, outcome, ...rest } = published ?? { outcome: undefined };
  return {
    ...{ name: proposed.name, ...rest },
    outcome: outcomeOf(result),
    // The members of a group have hashes for the same systems.
    hashes: isGroup
      ? Object.fromEntries(packages.map(({ name, hashes }) => [name, hashes]))
      : Object.assign({}, ...packages.map(({ hashes }) => hashes)),
    packages,
    sbom: result.sbom ?? [],
  };
}

/** Hashes by system, in the form of the step's outputs. */
export const bySystem = (hashes: PackageHashes['hashes']) =>
  Object.fromEntries(hashes.map(({ system, before, after }) => [system, { before, after }]));

/** Reasons why a result was not used: then it is unknown whether the hash is current. */
const NOT_USED: readonly (string | undefined)[] = [
  ...['head-moved', 'pull-request-closed', 'no-pull-request', 'several-pull-requests', 'no-result'],
];

/** The output `outcome`. Without a change, a pull request may still have been closed. */
function outcomeOf(result: ProposalResult): string {
  const { outcome, reason } = result.published ?? {};
  if (isChanged(result)) return outcome ?? 'changed';
  return outcome === 'closed' || (outcome && NOT_USED.includes(reason)) ? outcome : 'current';
}
