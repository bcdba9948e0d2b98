import { fillTemplate, type Proposal } from '../config/proposals.ts';
import type { PullRequestOptions } from '../config/types.ts';
import type { Edit } from '../nix/edit.ts';
import { subject } from '../pull-request/report/markdown.ts';
import { autoMergeNote, body, bodyKey, CHECKS_WAIT_FOR_APPROVAL } from '../pull-request/report/report.ts';
import type { Report, Timing } from '../pull-request/report/types.ts';
import type { PublishRequest } from '../pull-request/types.ts';
import { UserError } from '../system/errors.ts';
import { pathBelow } from '../system/inside.ts';
import type { Checkout } from '../update/checkout.ts';
import type { Updated } from '../update/package.ts';
import type { Trigger } from './context.ts';

/** What is to become a pull request, as plain data: one job can compute it and another publish it. */
export interface Proposed {
  readonly name: string;
  readonly subjects: readonly Subject[];
  readonly files: readonly { readonly path: string; readonly content: string }[];
  /** Locks that it was computed from, as far as they lie in the repository. */
  readonly computedFrom: readonly string[];
  readonly reports: readonly Report[];
  /** Verification failed, and it was asked to be proposed all the same. */
  readonly isUnverified: boolean;
  readonly seen: readonly Seen[];
}

/** What only a job that builds can see of a package; a publishing job passes it on under that name. */
export interface Seen {
  /** The package's name in the configuration. */
  readonly name: string;
  /** The system that it was built for. */
  readonly system: string;
  readonly built: boolean;
  /** Modules that were imported from what was built. */
  readonly imports: readonly string[];
  /** Whether Nix itself got the hash of that system. */
  readonly byNix: boolean;
  readonly timings: readonly Timing[];
  readonly failed?: 'Build' | 'Import';
  /** Builds ran without Nix's sandbox. */
  readonly unsandboxed?: true;
}

/** One package of it. */
export interface Subject {
  readonly name: string;
  readonly pname: string;
  readonly before: string;
  readonly after: string;
  /** Whether a new version was gone to, rather than a hash brought up to date. */
  readonly isBump: boolean;
  /** The release that it goes to, as the computing job saw it. */
  readonly release?: { readonly commit?: string };
}

/**
 * @param commits that new versions were released at, by package; empty if no other job publishes
 * @param isSandboxed whether builds ran in Nix's sandbox
 * @throws UserError `outside-checkout`
 */
export function proposedOf(
  { name }: Proposal,
  checkout: Checkout,
  updated: readonly Updated[],
  edits: readonly Edit[],
  reports: readonly Report[],
  commits: ReadonlyMap<string, string>,
  isSandboxed: boolean,
): Proposed {
  return {
    name,
    reports,
    subjects: updated.map(({ config, bump, update: { pinned } }) => ({
      name: config.name,
      pname: pinned.pname,
      before: bump?.before ?? pinned.version,
      after: bump?.after ?? pinned.version,
      isBump: bump !== undefined && bump.before !== bump.after,
      ...releaseOf(commits.get(config.name)),
    })),
    files: edits.map(({ file, after }) => ({ path: mustBeInside(checkout, file), content: after })),
    computedFrom: updated.flatMap(({ update }) => pathBelow(checkout.root, update.project.lockFile) ?? []),
    isUnverified: updated.some(({ update }) => update.failed !== undefined),
    seen: updated.map((one) => ({
      ...seenOf(one),
      ...(isSandboxed ? {} : { unsandboxed: true as const }),
    })),
  };
}

const releaseOf = (commit: string | undefined): Pick<Subject, 'release'> =>
  commit === undefined ? {} : { release: { commit } };

function seenOf({ config, update }: Updated): Seen {
  const { pinned, out, imported, hashes, stages, failed } = update;
  const own = hashes.find(({ system }) => system === pinned.system);
  return {
    ...{ name: config.name, system: pinned.system, built: out !== undefined },
    imports: imported.map(({ module }) => module),
    byNix: own?.how === 'nix' || own?.how === 'both',
    timings: stages.done.map(({ name, milliseconds }) => ({ stage: name, milliseconds })),
    ...(failed === undefined ? {} : { failed: failed.name === 'Build' ? 'Build' : 'Import' }),
  };
}

/** The pull request of it, by the templates of the configuration where there are some. */
export function requestOf(
  proposed: Proposed,
  { branch, options }: Pick<Proposal, 'branch'> & { options: PullRequestOptions },
  trigger: Trigger,
  head: string,
): PublishRequest {
  const { base, run } = trigger;
  const { reports, files, computedFrom, subjects } = proposed;
  const words = wordsOf(proposed);
  const title = options.title === undefined ? titleOf(proposed) : fillTemplate(options.title, words);
  const filled = new Map([...words, ['title', title] as const]);
  const wrap = (report: string): string =>
    options.body === undefined
      ? report
      : fillTemplate(options.body, new Map([...filled, ['report', report] as const]));
  const { labels, assignees, reviewers, milestone, autoMerge } = options;
  const note = autoMerge ? `\n${autoMergeNote(autoMerge === true ? undefined : autoMerge, base)}\n` : '';
  const told = (draw: typeof body): string => wrap(`${reports.map(draw).join('\n---\n\n')}${note}`);
  const isBump = subjects.some((one) => one.isBump);
  return {
    ...{ run, title, branch, files, computedFrom },
    ...{ labels, assignees, reviewers, milestone, autoMerge },
    base: { ref: base, sha: head },
    commitMessage: options.commitMessage === undefined ? title : fillTemplate(options.commitMessage, filled),
    body: told(body),
    noteForGithubToken: CHECKS_WAIT_FOR_APPROVAL,
    bodyKey: told(bodyKey),
    ...(isBump ? { key: subjects.map(({ name, after }) => `${name} ${after}`).join(', ') } : {}),
    draft: options.draft === true,
    isUnverified: proposed.isUnverified,
  };
}

function wordsOf({ name, subjects }: Proposed): Map<string, string> {
  const only = subjects.length === 1 ? subjects[0] : undefined;
  return new Map([
    ['name', subject(name)],
    ['before', subject(only?.before ?? '')],
    ['after', subject(only?.after ?? '')],
  ]);
}

function titleOf(proposed: Proposed): string {
  return subject(plainTitle(proposed));
}

function plainTitle({ name, subjects }: Proposed): string {
  const moved = subjects.filter(({ isBump }) => isBump);
  const [first] = subjects;
  if (moved.length > 0 && subjects.length > 1) return `${name}: update ${moved.length} packages`;
  if (first?.isBump) return `${name}: ${first.before} → ${first.after}`;
  return `${subjects.length === 1 && first ? first.pname : name}: update the hash of its Python dependencies`;
}

function mustBeInside(checkout: Checkout, file: string): string {
  const inside = pathBelow(checkout.root, file);
  if (inside !== undefined) return inside;
  throw new UserError(
    'outside-checkout',
    `${file} has to change, but it lies outside the checkout ${checkout.root}; keep the derivation's hash and build lock in this repository.`,
  );
}
