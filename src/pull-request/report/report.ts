import { code, ownLink, text } from './markdown.ts';
import { packageSection, warningSection } from './packages.ts';
import { notesSection } from './release-notes.ts';
import {
  checkSection,
  downloadSection,
  hashSection,
  headline,
  LONG,
  restSection,
  whySection,
} from './sections.ts';
import { timingsSection } from './timings.ts';
import type { Report } from './types.ts';

const join = (sections: readonly string[]): string =>
  `${sections.filter((section) => section !== '').join('\n\n')}\n`;

function sections(report: Report): string[] {
  return [
    headline(report),
    warningSection(report.packages),
    whySection(report.why),
    notesSection(report.subject.notes),
    packageSection(report.packages),
    downloadSection(report.download),
    hashSection(report.hashes),
    checkSection(report.checks),
    checkSection(report.seen ?? [], 'Seen by the build job only'),
    restSection(report),
    timingsSection(report.timings),
  ];
}

/** The body of the pull request: most important sections first, long ones folded. */
export function body(report: Report): string {
  return join(sections(report));
}

/** Result of publishing, for the summary. */
interface Published {
  readonly outcome: string;
  readonly number?: number;
  readonly url?: string;
  readonly reason?: string;
  /** Result of auto-merge, as a sentence. */
  readonly autoMerge?: string;
}

/** The job summary: the result, then the report. */
export function summary(report: Report, published?: Published): string {
  const where = published?.number === undefined ? '' : ` ${ownLink(`#${published.number}`, published.url)}`;
  const why = published?.reason === undefined ? '' : ` (${text(published.reason)})`;
  const result = published ? [`Pull request: ${code(published.outcome)}${where}${why}`] : [];
  const merging = published?.autoMerge === undefined ? [] : [text(published.autoMerge, LONG)];
  return join([`## ${text(report.subject.name)}`, ...result, ...merging, ...sections(report)]);
}

/**
 * The part of the report that makes a pull request be edited if it changes: all but timings and
 * unanswered requests.
 */
export function bodyKey(report: Report): string {
  return body({ ...report, timings: [], notAsked: [] });
}
