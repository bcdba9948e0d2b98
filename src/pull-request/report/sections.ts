import { code, count, fenced, link, list, plain, text } from './markdown.ts';
import type { Check, How, Report, ReportedHash, ReportedPackage } from './types.ts';

/** Characters of a long sentence. */
export const LONG = 1000;

/** How many packages were changed, added and removed, in words; empty if none. */
export function packageCounts(packages: readonly ReportedPackage[]): string {
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

/** The first line: what changes. */
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

/** Why the hash changed. */
export function whySection(why: readonly string[]): string {
  if (why.length === 0) return '';
  if (why.length === 1) return `Why: ${text(why[0] ?? '', LONG)}`;
  return `Why:\n${why.map((reason) => `- ${text(reason, LONG)}`).join('\n')}`;
}

const HOW: Readonly<Record<How, string>> = {
  nix: 'by Nix',
  native: 'without Nix',
  both: 'by Nix and without it: same',
};

/** Hashes by system, as a diff. */
export function hashSection(hashes: readonly ReportedHash[]): string {
  if (hashes.length === 0) return '';
  const lines = hashes.flatMap(({ system, before, after, how }) => [
    `@@ ${plain(system)} ${HOW[how]} @@`,
    ...(before === undefined || before === after ? [] : [`- ${plain(before)}`]),
    `${before === after ? ' ' : '+'} ${plain(after)}`,
  ]);
  return `### Hashes\n\n${fenced(lines.join('\n'), 'diff')}`;
}

const MARKS: Readonly<Record<Check['result'], string>> = { ok: '✅', failed: '❌', 'not checked': '⚪' };

/** A path or a hash as code, anything else as text. */
const detailText = (detail: string): string =>
  /^[\w./+=@-]+$/.test(detail) ? code(detail) : text(detail, LONG);

/** What was verified; failures first. */
export function checkSection(checks: readonly Check[], title = 'Verified'): string {
  if (checks.length === 0) return '';
  const order: readonly Check['result'][] = ['failed', 'not checked', 'ok'];
  const lines = [...checks]
    .sort((a, b) => order.indexOf(a.result) - order.indexOf(b.result))
    .map(({ name, result, detail }) => {
      const note = result === 'not checked' ? ' (not checked)' : '';
      return `- ${MARKS[result]} ${text(name)}${note}${detail === undefined ? '' : `: ${detailText(detail)}`}`;
    });
  return `### ${title}\n\n${lines.join('\n')}`;
}

/** What was not done, and notes; `*` separates this list from the one before. */
export function restSection(report: Report): string {
  const notDone = report.notDone.map(({ what, why }) => `* Not done: ${text(what)}, because ${text(why)}`);
  const notes = (report.notes ?? []).map((note) => `* ${text(note, LONG)}`);
  const notAsked = (report.notAsked ?? []).map((one) => `* Not asked: ${text(one, LONG)}`);
  return [...notDone, ...notes, ...notAsked].join('\n');
}

/** A size in bytes, in powers of ten. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}

/** The size of the download, before and after. */
export function downloadSection(download: Report['download']): string {
  if (!download) return '';
  const { before, after, system } = download;
  const sizes =
    before === undefined || size(before) === size(after) ? size(after) : `${size(before)} → ${size(after)}`;
  return `Download: ${sizes}${system === undefined ? '' : ` for ${code(system)}`}.`;
}
