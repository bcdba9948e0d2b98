import { fillTemplate, type Proposal, partIn } from '../config/proposals.ts';
import { commitOnPull } from '../pull-request/commit-on-pull.ts';
import { nothingToPublish, publish } from '../pull-request/publish.ts';
import { subject } from '../pull-request/report/markdown.ts';
import {
  autoMergeNote,
  body,
  bodyKey,
  CHECKS_WAIT_FOR_APPROVAL,
  footer,
  RUNS_WAIT_FOR_APPROVAL,
} from '../pull-request/report/report.ts';
import type { Report } from '../pull-request/report/types.ts';
import type { PublishRequest, PublishResult } from '../pull-request/types.ts';
import { unlessCancelled } from '../system/promises.ts';
import { setStatuses } from './commit-status.ts';
import { publishForFork } from './fork-pull.ts';
import { lackingIn, type Proposed } from './proposed.ts';
import type { Runner } from './runner.ts';

/** The result for one package or one group. */
export interface ProposalResult {
  readonly proposed: Proposed;
  /** Undefined if nothing was to be published. */
  readonly published: PublishResult | undefined;
  /** Paths of software bills of materials of the packages. */
  readonly sbom?: readonly string[];
}

/**
 * Publishes a proposal, if the inputs ask for it.
 * @param head the checked-out commit
 * @param existing the branches of all proposals that exist; undefined if unknown
 */
export async function publishProposal(
  runner: Runner,
  proposal: Proposal,
  proposed: Proposed,
  head: string,
  existing?: ReadonlySet<string>,
): Promise<ProposalResult> {
  const { inputs, trigger, context, forge } = runner;
  if (!inputs.pullRequest) return { proposed, published: undefined };
  const { base: ref, runId: run, runPage, pull } = trigger;
  const made = requestOf(proposed, proposal, ref, runPage);
  const request = { ...made, run, base: { ref, sha: head } };
  const { log, stop } = context;
  const published = await log.group('Pull request', async () => {
    if (!pull && request.files.length === 0 && existing?.has(request.branch) === false)
      return nothingToPublish(request.branch, ref, log);
    if (pull?.fork !== undefined) return publishForFork(runner, { ...pull, fork: pull.fork }, request);
    const onPull = pull && { ...request, branch: pull.branch, noteForGithubToken: RUNS_WAIT_FOR_APPROVAL };
    const publishing = onPull
      ? commitOnPull(await forge(), onPull, pull.number, log)
      : publish(await forge(), request, log);
    return unlessCancelled(publishing, stop);
  });
  if (pull) await setStatuses(runner, pull, proposed, published);
  return { proposed, published };
}

/** Asks together which branches of several proposals exist; undefined if unknown. */
export async function existingOf(
  wanted: readonly Proposal[],
  { inputs, forge }: Runner,
): Promise<ReadonlySet<string> | undefined> {
  if (!inputs.pullRequest || wanted.length < 2) return undefined;
  return (await forge()).commits.existing?.(wanted.map(({ branch }) => branch));
}

/** Maximum number of branches of a group's packages to look for. */
const MOST_FORMER = 20;

/** Makes a pull request, with the configuration's templates if there are any. */
function requestOf(
  proposed: Proposed,
  { branch, options, packages }: Proposal,
  base: string,
  run: string,
): Omit<PublishRequest, 'run' | 'base'> {
  const { name, subjects, reports, files, computedFrom } = proposed;
  const only = subjects.length === 1 ? subjects[0] : undefined;
  const values = new Map([
    ['name', subject(name)],
    ['before', subject(only?.before ?? '')],
    ['after', subject(only?.after ?? '')],
  ]);
  const filled = (template: string | undefined, usual: string): string =>
    template === undefined ? usual : fillTemplate(template, values);
  const title = filled(options.title, subject(titleOf(proposed)));
  values.set('title', title);
  const { autoMerge, labels, assignees, reviewers, milestone } = options;
  const note = autoMerge ? `\n${autoMergeNote(autoMerge === true ? undefined : autoMerge, base)}\n` : '';
  const bodyOf = (draw: (report: Report) => string, end = ''): string => {
    const report = `${reports.map(draw).join('\n---\n\n')}${end}${note}`;
    return options.body === undefined
      ? report
      : fillTemplate(options.body, new Map([...values, ['report', report]]));
  };
  const isBump = subjects.some((one) => one.isBump);
  const isUnverified = proposed.isUnverified || lackingIn(proposed).length > 0;
  return {
    ...{ title, branch, files, computedFrom, isUnverified },
    ...{ autoMerge, labels, assignees, reviewers, milestone },
    formerBranches:
      packages.length > 1 ? packages.slice(0, MOST_FORMER).map(({ name: one }) => `uv-fod/${one}`) : [],
    commitMessage: filled(options.commitMessage, title),
    body: bodyOf(body, `\n${footer(run)}\n`),
    noteForGithubToken: CHECKS_WAIT_FOR_APPROVAL,
    bodyKey: bodyOf(bodyKey),
    ...(isBump ? { key: subjects.map(({ name: one, after }) => `${one} ${after}`).join(', ') } : {}),
    draft: options.draft === true,
  };
}

type Titled = Pick<Proposed, 'name' | 'subjects' | 'files' | 'reports' | 'isTrusted'>;

function titleOf({ name, subjects, files, reports, isTrusted }: Titled): string {
  const bumped = subjects.filter(({ isBump }) => isBump);
  const [first] = subjects;
  if (bumped.length > 0 && subjects.length > 1) return `${name}: update ${bumped.length} packages`;
  if (first?.isBump) return `${name}: ${first.before} → ${first.after}`;
  const own = subjects.length === 1 && first ? first.pname : name;
  // Only an upgrade changes a lock.
  if (files.some(({ path }) => /(?:^|\/)uv\.lock$/.test(path))) {
    const packages = reports.flatMap((report) => report.packages);
    const [one] = packages;
    const [before = 'none', after = 'none'] = [one?.before, one?.after];
    if (one && packages.length === 1) return `${own}: ${one.name} ${before} → ${after} in uv.lock`;
    const part = partIn(name);
    const which = packages.length === 0 ? '' : `${packages.length} packages ${part ? `of ${part} ` : ''}in `;
    return `${own}: update ${which}uv.lock`;
  }
  const whose = subjects.some((one) => one.own) ? 'its' : 'its Python';
  const by = isTrusted ? ' (computed by the build job)' : '';
  return `${own}: update the hash of ${whose} dependencies${by}`;
}
