import { code, count, fold, list, text } from './markdown.ts';
import type { ReportedFinding } from './types.ts';

/** Lines that are shown, and characters of one. */
const MOST = 40;
const WIDEST = 400;

/** Kinds with a warning section of their own, further up. */
const shownAbove = new Set(['vulnerability', 'yanked']);

const marks = { fail: '❌ ', warn: '', allow: '✅ ' };

/** Whether this section shows the finding. */
export const isShown = ({ kind, level, reason }: ReportedFinding): boolean =>
  level === 'fail' || reason !== undefined || (level === 'warn' && !shownAbove.has(kind));

/**
 * Findings for the reviewer, inside the packages and by the policy; folded. The output `report` has
 * all of them.
 */
export function findingsSection(findings: readonly ReportedFinding[] = []): string {
  const shown = findings.filter(isShown);
  if (shown.length === 0) return '';
  const byPackage = Map.groupBy(shown, (one) => `${one.package} ${one.version}`);
  const lines = [...byPackage.values()].flatMap((group) => {
    const [first] = group;
    const name = `- **${text(first?.package ?? '')}**${first?.version ? ` ${code(first.version)}` : ''}`;
    return [name, ...group.map((one) => `  - ${findingLine(one)}`)];
  });
  const more = lines.length - MOST;
  const rest = more > 0 ? [`- and ${more} more lines, in the output \`report\``] : [];
  return fold(summaryOf(shown), [...lines.slice(0, MOST), ...rest].join('\n'));
}

function findingLine({ kind, what, level, isUnknown, reason }: ReportedFinding): string {
  const why = reason === undefined ? '' : ` Allowed by the configuration: ${text(reason, WIDEST)}`;
  const found = isUnknown ? `${code(kind)} is not known: ${text(what, WIDEST)}` : text(what, WIDEST);
  return `${marks[level]}${found}.${why}`;
}

/** Kinds that a summary names, with their texts. */
const named: Readonly<Record<string, string>> = {
  'invalid-archive': 'an archive that is not what it seems',
  'startup-code': 'code that runs whenever Python starts',
  'other-bytes': 'other bytes under the same version',
};

/** `To review inside 3 packages: code that runs whenever Python starts`. */
function summaryOf(shown: readonly ReportedFinding[]): string {
  const packages = new Set(shown.map((one) => one.package)).size;
  const found = Object.entries(named).flatMap(([kind, what]) =>
    shown.some((one) => one.kind === kind && !one.isUnknown && one.level !== 'allow') ? [what] : [],
  );
  const failing = shown.some(({ level }) => level === 'fail') ? ' ❌' : '';
  const what = found.length === 0 ? '' : `: ${list(found)}`;
  return `To review in ${count(packages, 'package')}${what}${failing}`;
}
