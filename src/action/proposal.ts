import { fillTemplate, type Proposal } from '../config/proposals.ts';
import type { Edit } from '../derivation/patch.ts';
import { UserError } from '../ports/errors.ts';
import type { PublishRequest } from '../pull-request/types.ts';
import { body, bodyKey } from '../report/report.ts';
import type { Report } from '../report/types.ts';
import type { Checkout } from './checkout.ts';
import type { Trigger } from './context.ts';
import type { Inputs } from './inputs.ts';
import { pathInCheckout, type Refreshed } from './packages.ts';

interface Proposing {
  readonly inputs: Inputs;
  readonly trigger: Trigger;
  readonly proposal: Proposal;
  readonly checkout: Checkout;
  readonly refreshed: readonly Refreshed[];
  readonly edits: readonly Edit[];
  readonly reports: readonly Report[];
}

/** The pull request of a package or group, by the templates of its configuration where it has some. */
export function publishRequest({
  trigger,
  proposal,
  checkout,
  refreshed,
  edits,
  reports,
}: Proposing): PublishRequest {
  const { owner, repo, base, run } = trigger;
  const { options } = proposal;
  const words = wordsOf(proposal, refreshed);
  const title =
    options.title === undefined ? titleOf(proposal, refreshed) : fillTemplate(options.title, words);
  const text = reports.map(body).join('\n---\n\n');
  const filled = new Map([...words, ['title', title] as const]);
  const commitMessage =
    options.commitMessage === undefined ? title : fillTemplate(options.commitMessage, filled);
  const wrap = (report: string): string =>
    options.body === undefined
      ? report
      : fillTemplate(options.body, new Map([...filled, ['report', report] as const]));
  return {
    ...{ owner, repo, run, title, commitMessage },
    branch: proposal.branch,
    base: { ref: base, sha: checkout.head },
    files: edits.map(({ file, after }) => ({ path: mustBeInside(checkout, file), content: after })),
    computedFrom: refreshed.flatMap(({ update }) => pathInCheckout(checkout, update.project.lockFile) ?? []),
    body: wrap(text),
    bodyKey: wrap(reports.map(bodyKey).join('\n---\n\n')),
    ...(refreshed.some(({ bump }) => bump) ? { key: refreshed.map(versionOf).join(', ') } : {}),
    ...{ labels: options.labels, assignees: options.assignees, reviewers: options.reviewers },
    draft: options.draft === true || refreshed.some(({ failed }) => failed !== undefined),
  };
}

const versionOf = ({ config, bump, update }: Refreshed): string =>
  `${config.name} ${bump?.after ?? update.pinned.version}`;

function wordsOf({ name }: Proposal, refreshed: readonly Refreshed[]): Map<string, string> {
  const [only] = refreshed;
  const bump = refreshed.length === 1 ? only?.bump : undefined;
  const version = only?.update.pinned.version ?? '';
  return new Map([
    ['name', name],
    ['before', bump?.before ?? version],
    ['after', bump?.after ?? version],
  ]);
}

function titleOf({ name }: Proposal, refreshed: readonly Refreshed[]): string {
  const moved = refreshed.flatMap(({ bump }) => (bump && bump.before !== bump.after ? [bump] : []));
  const [only] = moved;
  if (only && refreshed.length === 1) return `${name}: ${only.before} → ${only.after}`;
  if (moved.length > 0) return `${name}: update ${moved.length} packages`;
  const [first] = refreshed;
  return `${refreshed.length === 1 && first ? first.update.pinned.pname : name}: update the hash of its Python dependencies`;
}

function mustBeInside(checkout: Checkout, file: string): string {
  const inside = pathInCheckout(checkout, file);
  if (inside !== undefined) return inside;
  throw new UserError(
    'outside-checkout',
    `${file} has to change, but it lies outside the checkout ${checkout.root}; keep the derivation's hash and build lock in this repository.`,
  );
}
