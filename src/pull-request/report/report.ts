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

/** The pull request's body: for somebody who decides in half a minute, most telling things first, long ones folded. */
export function body(report: Report): string {
  return join(sections(report));
}

/** What came of publishing, for the summary. */
interface Published {
  readonly outcome: string;
  readonly number?: number;
  readonly url?: string;
  readonly reason?: string;
  /** What came of auto-merge, in a sentence. */
  readonly autoMerge?: string;
}

/** The job summary: what came of it, then the same report. */
export function summary(report: Report, published?: Published): string {
  const where = published?.number === undefined ? '' : ` ${ownLink(`#${published.number}`, published.url)}`;
  const why = published?.reason === undefined ? '' : ` (${text(published.reason)})`;
  const result = published ? [`Pull request: ${code(published.outcome)}${where}${why}`] : [];
  const merging = published?.autoMerge === undefined ? [] : [text(published.autoMerge, LONG)];
  return join([`## ${text(report.subject.name)}`, ...result, ...merging, ...sections(report)]);
}

/**
 * What of the report has to differ for a pull request to be edited: all but the times, which differ in every run, and but what an
 * index did not answer this time.
 */
export function bodyKey(report: Report): string {
  return body({ ...report, timings: [], notAsked: [] });
}
