import { orders } from '../../uv/version-order.ts';
import { code, count, fenced, fold, link, list, plain, table, text } from './markdown.ts';
import type {
  Check,
  HeldPackage,
  How,
  Report,
  ReportedHash,
  ReportedPackage,
  Vulnerability,
} from './types.ts';

/** Characters of a long sentence. */
export const LONG = 1000;

/** How many packages were changed, added and removed, in words; empty if none. */
function packageCounts(packages: readonly ReportedPackage[]): string {
  const added = packages.filter(({ before }) => before === undefined).length;
  const removed = packages.filter(({ after }) => after === undefined).length;
  const numbers = [
    [packages.length - added - removed, 'changed'],
    [added, 'added'],
    [removed, 'removed'],
  ] as const;
  // Only the first part contains the word `package`.
  const parts = numbers
    .filter(([number]) => number > 0)
    .map(([number, what], index) => `${index === 0 ? count(number, 'package') : number} ${what}`);
  return list(parts);
}

/** The first line: what changes. */
export function headline({ subject, why, hashes, packages }: Report): string {
  const { name, before, after, links = [] } = subject;
  const isSame = before === undefined && why.length + hashes.length + packages.length === 0;
  const versions = [...new Set([before, after])].filter((version) => version !== undefined);
  const systems = [...new Set(hashes.map(({ system }) => code(system)))];
  const changes = [
    packageCounts(packages),
    isSame ? 'unchanged' : '',
    systems.length > 0 ? `new ${systems.length === 1 ? 'hash' : 'hashes'} for ${list(systems)}` : '',
  ].filter((part) => part !== '');
  const what = [`**${text(name)}**`, versions.map(code).join(' → ')].join(' ').trim();
  const more = links.map(({ text: label, url }) => link(text(label), url)).join(' · ');
  return `${[what, changes.join('; ')].filter(Boolean).join(': ')}. ${more}`.trim();
}

// Tables with this many rows are folded.
const FOLD_FROM = 16;

const byImportance = (a: ReportedPackage, b: ReportedPackage): number =>
  Number(isBad(b)) - Number(isBad(a)) ||
  Number(b.direct) - Number(a.direct) ||
  (a.name < b.name ? -1 : Number(a.name > b.name));

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
    change.after === undefined
      ? 'removed'
      : `${code(change.after)}${isBad(change) ? ' ⚠️' : ''}${isOlder(change) ? ' (older)' : ''}${changesOf(change)}`,
    ...(hasNotes ? [notes[index] ?? ''] : []),
  ]);
  const drawn = table(['Package', 'Before', 'After', ...(hasNotes ? ['Comes as'] : [])], rows);
  return `### Packages\n\n${rows.length >= FOLD_FROM ? fold(packageCounts(packages), drawn) : drawn}`;
}

/** A link to what changed, if the index knows where that is. */
const changesOf = ({ changes }: ReportedPackage): string =>
  changes === undefined ? '' : ` (${link('changes', changes)})`;

/** Whether the warning section lists the package. */
export const isBad = ({ yanked, vulnerabilities = [] }: ReportedPackage): boolean =>
  yanked !== undefined || vulnerabilities.length > 0;

/** Whether one version is replaced by an older one. */
function isOlder({ before = '', after = '' }: ReportedPackage): boolean {
  const { isVersion, compare } = orders.pep440;
  return isVersion(before) && isVersion(after) && compare(after, before) < 0;
}

/** Releases that an upgrade of uv.lock does not take, and why; folded if there are many. */
export function heldSection(held: readonly HeldPackage[] = []): string {
  if (held.length === 0) return '';
  const rows = held.map(({ name, current, version, direct, why, lock }) => [
    `${direct ? `**${text(name)}**` : text(name)}${lock === undefined ? '' : ` (${code(lock)})`}`,
    current === undefined ? '–' : code(current),
    code(version),
    text(why),
  ]);
  const drawn = table(['Package', 'Locked', 'Newer', 'Why it is not taken'], rows);
  const title = `${count(held.length, 'release')} held back`;
  return held.length >= FOLD_FROM ? fold(title, drawn) : `### ${title}\n\n${drawn}`;
}

/** Kinds before and after, such as `wheel → sdist`, with the systems that they apply to. */
function kindsOf({ kinds = [] }: ReportedPackage): string {
  const bySystem = new Map<string, string[]>();
  for (const { system, before, after } of kinds) {
    const kind = [before, after].filter((one) => one !== undefined);
    const what = before === after ? (after ?? '') : kind.join(' → ');
    bySystem.set(what, [...(bySystem.get(what) ?? []), system]);
  }
  return [...bySystem].map(([what, systems]) => `${text(what)} on ${list(systems.map(code))}`).join('; ');
}

/** Why the hash changed. */
export function whySection(why: readonly string[]): string {
  // The list of packages already shows that uv.lock changed.
  const reasons = why.filter((one) => one !== 'uv.lock changed.').map((reason) => text(reason, LONG));
  if (reasons.length < 2) return reasons.map((reason) => `Why: ${reason}`).join('');
  return ['Why:', ...reasons.map((reason) => `- ${reason}`)].join('\n');
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

/** In the order in which they are listed: failures first. */
const MARKS: Readonly<Record<Check['result'], string>> = { failed: '❌', 'not checked': '⚪', ok: '✅' };

/** A path or a hash as code, anything else as text; a store path by its name. */
const detailText = (given: string): string => {
  const detail = given.replace(/\/nix\/store\/[0-9a-z]{32}-/g, '');
  return /^[\w./+=@-]+$/.test(detail) ? code(detail) : text(detail, LONG);
};

/** The checks, with their results. */
export function checkSection(checks: readonly Check[], title = 'Verified'): string {
  if (checks.length === 0) return '';
  const lines = Object.entries(MARKS).flatMap(([mark, sign]) =>
    checks
      .filter(({ result }) => result === mark)
      .map(({ name, result, detail, place }) => {
        const note = result === 'not checked' ? ' (not checked)' : '';
        return `- ${sign} ${text(name)}${note}${detail === undefined ? '' : `: ${detailText(detail)}`}${place === undefined ? '' : ` (${text(place)})`}`;
      }),
  );
  return `### ${title}\n\n${lines.join('\n')}`;
}

/** Steps that were not done, and notes; `*` separates this list from the one before. */
export function restSection({ notDone, notes = [], notAsked = [] }: Report): string {
  return [
    ...notDone.map(({ what, why }) => `* Not done: ${text(what)}, because ${text(why)}`),
    ...notes.map((note) => `* ${text(note, LONG)}`),
    ...notAsked.map((one) => `* Not asked: ${text(one, LONG)}`),
  ].join('\n');
}

/** A size in bytes, in powers of ten. */
export const size = (bytes: number): string =>
  bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

/** The size of the download, before and after. */
export function downloadSection(download: Report['download']): string {
  if (!download) return '';
  const { before = download.after, after, system } = download;
  const sizes = [...new Set([size(before), size(after)])].join(' → ');
  return `Download: ${sizes}${system === undefined ? '' : ` for ${code(system)}`}.`;
}
