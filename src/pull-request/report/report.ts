import type { UserError } from '../../system/errors.ts';
import { tellingLines } from '../../system/telling-lines.ts';
import { type PublishResult, reasonTexts } from '../types.ts';
import { findingsSection } from './findings.ts';
import { code, fenced, fold, ownLink, text } from './markdown.ts';
import { notesSection } from './release-notes.ts';
import {
  checkSection,
  downloadSection,
  hashSection,
  headline,
  heldSection,
  LONG,
  packageSection,
  restSection,
  warningSection,
  whySection,
} from './sections.ts';
import type { HeldPackage, Report } from './types.ts';
import { reviewLine, verifiedLine } from './verdict.ts';

const join = (sections: readonly string[]): string =>
  `${sections.filter((section) => section !== '').join('\n\n')}\n`;

/** The body of the pull request: most important sections first, long ones folded. */
export function body(report: Report): string {
  return join([
    headline(report),
    verifiedLine(report),
    reviewLine(report),
    warningSection(report.packages),
    whySection(report.why),
    notesSection(report.subject.notes),
    packageSection(report.packages),
    heldSection(report.held),
    findingsSection(report.findings),
    detailsSection(report),
    restSection(report),
  ]);
}

/** Download, hashes and checks, folded. */
function detailsSection({ download, hashes, checks, seen = [] }: Report): string {
  const details = join([
    downloadSection(download),
    hashSection(hashes),
    checkSection(checks),
    checkSection(seen, 'Seen by the build job only'),
  ]).trim();
  return details === '' ? '' : fold('Hashes, and what was verified', details);
}

/**
 * The part of the report whose change leads to an edit of the pull request: everything except ages,
 * machines and unanswered requests.
 */
export function bodyKey(report: Report): string {
  const held = (report.held ?? []).map(ageless);
  const checks = report.checks.map(({ place: _, ...check }) => check);
  return body({ ...report, held, checks, notAsked: [] });
}

/** Removes the ages: they change each day, which is no reason to edit a text. */
const ageless = (one: HeldPackage): HeldPackage => ({
  ...one,
  why: one.why.replace(/\d+ (?:days?|h) old/, 'young'),
});

/** The job summary: the result of publishing, then the report. */
export function summary(report: Report, published?: Omit<PublishResult, 'branch'>): string {
  const { outcome, number, url, reason, autoMerge = '' } = published ?? {};
  const link = number === undefined ? '' : ` ${ownLink(`#${number}`, url)}`;
  const why = reason === undefined ? '' : ` (${reasonTexts[reason]})`;
  return join([
    `## ${text(report.subject.name)}`,
    outcome === undefined ? '' : `Pull request: ${code(outcome)}${link}${why}`,
    text(autoMerge, LONG),
    body(report).trimEnd(),
  ]);
}

/** The job summary of a failed run: the message, and the important lines of the log, folded. */
export function failureSummary({ code: kind, message, log = '' }: UserError): string {
  const lines = tellingLines(log);
  return join([
    `## Failed: ${code(kind)}`,
    text(message, 4000),
    lines.length === 0 ? '' : fold('The last lines of its log', fenced(lines.join('\n'))),
  ]);
}

/**
 * Workflow runs for a pull request by GITHUB_TOKEN wait for approval (GitHub's documentation,
 * "GITHUB_TOKEN", *When GITHUB_TOKEN triggers workflow runs*; since 11 June 2026).
 */
export const CHECKS_WAIT_FOR_APPROVAL =
  'The checks of this pull request wait for approval, because it was opened with GITHUB_TOKEN: a user with write access starts them with "Approve workflows to run". With the token of a GitHub App they start automatically.';

/** The same, for a commit that was pushed to someone's pull request. */
export const RUNS_WAIT_FOR_APPROVAL =
  'The workflow runs for this commit wait for approval, because it was pushed with GITHUB_TOKEN: a user with write access starts them with "Approve workflows to run". With the token of a GitHub App they start automatically.';

/**
 * The end of a pull request's text: which run made it, and what can be done with it.
 * @param url page of the run
 */
export const footer = (url: string): string =>
  `Made by ${ownLink('this run', url)}. To ignore this update, close the pull request: the same result is not proposed again until you reopen it. To have it made again, run the workflow again; commits of others on the branch stay.`;

/**
 * The note that auto-merge is requested. Whether it could be enabled is known only later, so that
 * is in the log and the job summary.
 * @param method undefined: any that the repository allows
 * @param base base branch of the pull request
 */
export function autoMergeNote(method: string | undefined, base: string): string {
  const by = method === undefined ? '' : ` (${code(method)})`;
  return `Auto-merge is requested${by}: if it could be enabled, this is merged automatically once all requirements of ${code(base)} are met, but not while it is a draft. The log and the job summary of the run show whether it was enabled.`;
}
