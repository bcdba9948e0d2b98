import { code, fold, link, list, table, text } from './markdown.ts';
import { packageCounts } from './sections.ts';
import type { ReportedPackage, Vulnerability } from './types.ts';

// Tables with this many rows are folded.
const FOLD_FROM = 16;

const byImportance = (a: ReportedPackage, b: ReportedPackage): number =>
  Number(b.direct) - Number(a.direct) || (a.name < b.name ? -1 : Number(a.name > b.name));

/** Yanked releases and known vulnerabilities. */
export function warningSection(packages: readonly ReportedPackage[]): string {
  const lines = [...packages].sort(byImportance).flatMap((change) => {
    const { yanked, vulnerabilities = [] } = change;
    const name = `**${text(change.name)}** ${code(change.after ?? '')}`;
    return [
      ...(yanked === undefined
        ? []
        : [`${name} was yanked from its index: ${yanked === '' ? 'no reason given' : text(yanked)}`]),
      ...vulnerabilities.map((one) => `${name} has a known vulnerability, ${vulnerability(one)}`),
    ];
  });
  if (lines.length === 0) return '';
  return ['> [!WARNING]', ...lines.map((line) => `> - ${line}`)].join('\n');
}

function vulnerability({ id, url, summary, fixedIn }: Vulnerability): string {
  const fixed = fixedIn.length === 0 ? '' : ` (fixed in ${list(fixedIn.slice(0, 5).map(code))})`;
  return `${link(code(id), url)}${fixed}${summary === undefined ? '' : `: ${text(summary)}`}`;
}

/** Changed packages, direct dependencies first. */
export function packageSection(packages: readonly ReportedPackage[]): string {
  if (packages.length === 0) return '';
  const sorted = [...packages].sort(byImportance);
  const notes = sorted.map(kindsOf);
  const hasNotes = notes.some((note) => note !== '');
  const rows = sorted.map((change, index) => [
    link(change.direct ? `**${text(change.name)}**` : text(change.name), change.url),
    change.before === undefined ? 'added' : code(change.before),
    change.after === undefined ? 'removed' : `${code(change.after)}${isBad(change) ? ' ⚠️' : ''}`,
    ...(hasNotes ? [notes[index] ?? ''] : []),
  ]);
  const drawn = table(['Package', 'Before', 'After', ...(hasNotes ? ['Comes as'] : [])], rows);
  const direct = sorted.filter((change) => change.direct).length;
  const legend = direct > 0 ? `\n\nBold: direct dependencies of the project (${direct}).` : '';
  const content = `${drawn}${legend}`;
  return `### Packages\n\n${rows.length >= FOLD_FROM ? fold(packageCounts(packages), content) : content}`;
}

const isBad = ({ yanked, vulnerabilities = [] }: ReportedPackage): boolean =>
  yanked !== undefined || vulnerabilities.length > 0;

/** Such as `wheel → sdist`, with the systems that it applies to. */
function kindsOf({ kinds = [] }: ReportedPackage): string {
  const bySystem = new Map<string, string[]>();
  for (const { system, before, after } of kinds) {
    const kind = [before, after].filter((one) => one !== undefined);
    const what = before === after ? (after ?? '') : kind.join(' → ');
    bySystem.set(what, [...(bySystem.get(what) ?? []), system]);
  }
  return [...bySystem].map(([what, systems]) => `${text(what)} on ${list(systems.map(code))}`).join('; ');
}
