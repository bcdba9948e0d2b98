import { code, link, text } from './markdown.ts';
import {
  checkSection,
  downloadSection,
  hashSection,
  headline,
  packageSection,
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
    whySection(report.why),
    hashSection(report.hashes),
    packageSection(report.packages),
    downloadSection(report.download),
    checkSection(report.checks),
    restSection(report),
    timingsSection(report.timings),
  ];
}

/** The pull request's body: for somebody who decides in half a minute, most telling things first, long ones folded. */
export function body(report: Report): string {
  return join(sections(report));
}

/** What came of publishing, for the summary. */
export interface Published {
  readonly outcome: string;
  readonly number?: number;
  readonly url?: string;
  readonly reason?: string;
}

/** The job summary: what came of it, then the same report. */
export function summary(report: Report, published?: Published): string {
  const where = published?.number === undefined ? '' : ` ${link(`#${published.number}`, published.url)}`;
  const why = published?.reason === undefined ? '' : ` (${text(published.reason)})`;
  const result = published ? [`Pull request: ${code(published.outcome)}${where}${why}`] : [];
  return join([`## ${text(report.subject.name)}`, ...result, ...sections(report)]);
}

/** What of the report has to differ for a pull request to be edited: all but the times, which differ in every run. */
export function bodyKey(report: Report): string {
  return body({ ...report, timings: [] });
}
