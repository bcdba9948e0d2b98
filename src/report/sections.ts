import { code, count, fold, link, list, table, text } from './markdown.ts';
import type { Check, HashChange, How, PackageChange, Report } from './types.ts';

// More rows than this are folded: half a minute is not enough to read them.
const FOLD_FROM = 16;

/** How many packages were changed, added and removed, in words; empty where none. */
export function packageCounts(packages: readonly PackageChange[]): string {
  const added = packages.filter(({ before }) => before === undefined).length;
  const removed = packages.filter(({ after }) => after === undefined).length;
  const changed = packages.length - added - removed;
  const parts = [
    changed > 0 ? `${count(changed, 'package')} changed` : '',
    added > 0 ? `${changed > 0 ? added : count(added, 'package')} added` : '',
    removed > 0 ? `${changed + added > 0 ? removed : count(removed, 'package')} removed` : '',
  ].filter((part) => part !== '');
  return list(parts);
}

const versions = (before: string | undefined, after: string | undefined): string =>
  [before, after]
    .filter((version) => version !== undefined)
    .map(code)
    .join(' → ');

/** The first line: what this changes. */
export function headline(report: Report): string {
  const { name, before, after, links = [] } = report.subject;
  const what = before === after ? versions(after, undefined) : versions(before, after);
  const systems = report.hashes.map(({ system }) => code(system));
  const parts = [
    packageCounts(report.packages),
    systems.length > 0 ? `new ${systems.length === 1 ? 'hash' : 'hashes'} for ${list(systems)}` : '',
  ].filter((part) => part !== '');
  const more = links.map(({ text: label, url }) => link(text(label), url)).join(' · ');
  const first = `**${text(name)}**${what === '' ? '' : ` ${what}`}${parts.length > 0 ? `: ${parts.join('; ')}` : ''}.`;
  return more === '' ? first : `${first} ${more}`;
}

/** Why the hash moved. */
export function whySection(why: readonly string[]): string {
  if (why.length === 0) return '';
  if (why.length === 1) return `Why: ${text(why[0] ?? '')}`;
  return `Why:\n${why.map((reason) => `- ${text(reason)}`).join('\n')}`;
}

const HOW: Readonly<Record<How, string>> = {
  nix: 'built by Nix',
  native: 'computed without Nix',
  both: 'built by Nix and computed without it: the same',
};

/** Hashes by system. */
export function hashSection(hashes: readonly HashChange[]): string {
  if (hashes.length === 0) return '';
  const rows = hashes.map(({ system, before, after, how }) => [
    code(system),
    before === undefined ? 'none' : before === after ? 'the same' : code(before),
    code(after),
    HOW[how],
  ]);
  return `### Hashes\n\n${table(['System', 'Before', 'After', 'How'], rows)}`;
}

function remarks(change: PackageChange): string {
  const kinds = (change.kinds ?? []).map(({ system, before, after }) => {
    const kind =
      before === undefined || after === undefined || before === after
        ? (after ?? before ?? '')
        : `${before} → ${after}`;
    return `${kind} on ${code(system)}`;
  });
  const yanked =
    change.yanked === undefined
      ? []
      : [`⚠️ withdrawn: ${change.yanked === '' ? 'no reason given' : text(change.yanked)}`];
  return [...yanked, ...kinds].join('; ');
}

const byImportance = (a: PackageChange, b: PackageChange): number =>
  Number(b.direct) - Number(a.direct) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** Packages that moved, the project's own first; long tables fold. */
export function packageSection(packages: readonly PackageChange[]): string {
  if (packages.length === 0) return '';
  const sorted = [...packages].sort(byImportance);
  const notes = sorted.map(remarks);
  const hasNotes = notes.some((note) => note !== '');
  const rows = sorted.map((change, index) => [
    link(change.direct ? `**${text(change.name)}**` : text(change.name), change.url),
    change.before === undefined ? 'added' : code(change.before),
    change.after === undefined ? 'removed' : code(change.after),
    ...(hasNotes ? [notes[index] ?? ''] : []),
  ]);
  const drawn = table(['Package', 'Before', 'After', ...(hasNotes ? ['Remarks'] : [])], rows);
  const direct = sorted.filter((change) => change.direct).length;
  const legend = direct > 0 ? `\n\nBold: asked for by the project itself (${direct}).` : '';
  const content = `${drawn}${legend}`;
  return `### Packages\n\n${rows.length >= FOLD_FROM ? fold(packageCounts(packages), content) : content}`;
}

const MARKS: Readonly<Record<Check['result'], string>> = { ok: '✅', failed: '❌', 'not checked': '⚪' };

/** What was verified; failures first. */
export function checkSection(checks: readonly Check[]): string {
  if (checks.length === 0) return '';
  const order: readonly Check['result'][] = ['failed', 'not checked', 'ok'];
  const lines = [...checks]
    .sort((a, b) => order.indexOf(a.result) - order.indexOf(b.result))
    .map(({ name, result, detail }) => {
      const note = result === 'not checked' ? ' (not checked)' : '';
      return `- ${MARKS[result]} ${text(name)}${note}${detail === undefined ? '' : `: ${text(detail)}`}`;
    });
  return `### Verified\n\n${lines.join('\n')}`;
}

/** What was left out, and what else is to be known. */
export function restSection(report: Report): string {
  const notDone = report.notDone.map(({ what, why }) => `- Not done: ${text(what)}, because ${text(why)}`);
  const notes = (report.notes ?? []).map((note) => `- ${text(note)}`);
  return [...notDone, ...notes].join('\n');
}

/** Bytes for people, in powers of ten. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}

/** The size of what is fetched, before and after. */
export function downloadSection(download: Report['download']): string {
  if (!download) return '';
  const { before, after } = download;
  return `Download: ${before === undefined || before === after ? size(after) : `${size(before)} → ${size(after)}`}.`;
}
