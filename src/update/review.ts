import type { Policy } from '../config/policy-kinds.ts';
import { compareContents } from '../contents/contents.ts';
import { contentsLines } from '../contents/describe.ts';
import type { ComparedPlans } from '../contents/pairs.ts';
import type { Contents } from '../contents/types.ts';
import type { ReportedFinding } from '../pull-request/report/types.ts';
import { type Advised, advise, type Locked, newReleases } from '../release/advice.ts';
import type { Log } from '../system/log.ts';
import { someOf } from '../system/printable.ts';
import type { Project } from '../uv/lock/project.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import type { Changes } from './changes.ts';
import { findingText, judge, type Observation } from './judge.ts';
import { observe } from './observe.ts';
import type { Context } from './types.ts';

/** What a reviewer should know of a change, and what the policy says of it. */
export interface Review {
  readonly contents: Contents;
  readonly advised: Advised;
  readonly findings: readonly ReportedFinding[];
}

const noContents: Contents = { packages: [], notCompared: [] };
export const noReview: Review = {
  ...{ contents: noContents, findings: [] },
  advised: { advice: new Map(), notAsked: [] },
};

/** A lock, and what is installed from it. */
export interface Reviewable {
  readonly project: Project;
  /** Of all systems. */
  readonly artifacts: readonly Artifact[];
  readonly changes: Changes;
  /** Whether all packages are asked about, not only those that changed. */
  readonly isComplete: boolean;
}

/**
 * Reviews a change: what is inside the new files, what their index says of them, and what the
 * policy says of that. Logs it; what it can't find out is a finding of its own.
 */
export async function review(of: Reviewable, policy: Policy, context: Context): Promise<Review> {
  const { project, changes, isComplete } = of;
  const { diff, plans } = changes;
  const { log, fetchText, native } = context;
  const releases = diff ? newReleases(diff, project) : [];
  if (releases.length === 0 && !isComplete && !diff?.hashOnly.length && !plans) return noReview;
  const all = isComplete ? lockedReleases(of) : releases;
  const advised = await advise(all, fetchText, log);
  const contents = plans ? await readContents(plans, project.root, native, log) : noContents;
  const changed = new Set(
    [...(diff?.added ?? []), ...(diff?.changed ?? [])].flatMap(({ name, after }) =>
      after.map(({ version }) => `${name} ${version}`),
    ),
  );
  const installed = of.artifacts.length > 0 ? of.artifacts : all.map(unknownFile);
  const artifacts = installed.filter(({ name, version }) => isComplete || changed.has(`${name} ${version}`));
  const reviewed = { lock: project.lock, artifacts, diff, contents, advised };
  const observed = distinct(observe(reviewed, policy, Date.now()));
  const findings = collapsed(judge(observed, policy));
  logFindings(findings, log);
  return { contents, advised, findings };
}

/** A release of which nobody knows the file that is installed. */
const unknownFile = ({ name, version }: Locked): Artifact => ({ name, version, kind: 'wheel' });

/** All releases of a plan that are from an index. */
function lockedReleases({ project, artifacts }: Reviewable): Locked[] {
  const found = new Map<string, Locked>();
  for (const { name, version } of artifacts) {
    const locked = project.lock.byName.get(name)?.find((one) => one.version === version);
    if (version !== undefined && locked?.source.kind === 'registry')
      found.set(`${name} ${version}`, { name, version, index: locked.source.url });
  }
  return [...found.values()];
}

async function readContents(
  plans: readonly ComparedPlans[],
  project: string,
  native: Context['native'],
  log: Log,
): Promise<Contents> {
  return log.group('Contents of changed packages', async () => {
    const contents = await compareContents(plans, project, await native());
    for (const line of contentsLines(contents)) log.info(line);
    return contents;
  });
}

const distinct = (observed: readonly Observation[]): Observation[] => [
  ...new Map(observed.map((one) => [JSON.stringify(one), one])).values(),
];

/** Names in a finding about several packages. */
const SHOWN = 6;

/** One finding for all packages of which the same is not known, unless the policy refuses it. */
function collapsed(findings: readonly ReportedFinding[]): ReportedFinding[] {
  const known = findings.filter(({ isUnknown, level }) => !isUnknown || level === 'fail');
  const unknown = findings.filter(({ isUnknown, level }) => isUnknown && level === 'warn');
  const groups = Map.groupBy(unknown, ({ kind, what }) => `${kind} ${what}`);
  return [
    ...known,
    ...[...groups.values()].flatMap((group): ReportedFinding[] => {
      const [first] = group;
      const names = [...new Set(group.map((one) => one.package))];
      const version = group.length === 1 && first ? first.version : '';
      return first ? [{ ...first, package: someOf(names, SHOWN), version }] : [];
    }),
  ];
}

/** Warnings of a run; a runner shows ten of a step. */
const MOST_WARNINGS = 10;

function logFindings(findings: readonly ReportedFinding[], log: Log): void {
  const warnings = findings.filter(({ level }) => level === 'warn');
  for (const [index, one] of warnings.entries())
    if (index < MOST_WARNINGS) log.warning(findingText(one));
    else log.info(findingText(one));
  for (const one of findings.filter(({ reason }) => reason !== undefined))
    log.info(`${findingText(one)}: allowed by the configuration, ${one.reason}`);
}
