import type { Policy } from '../config/policy.ts';
import type { PackageConfig } from '../config/types.ts';
import { compareContents } from '../contents/contents.ts';
import { contentsLines } from '../contents/describe.ts';
import { type ComparedPlans, pairsOf } from '../contents/pairs.ts';
import type { Contents } from '../contents/types.ts';
import type { ReportedFinding } from '../pull-request/report/types.ts';
import { type Advised, advise, type Locked, newReleases } from '../release/advice.ts';
import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import { someOf } from '../system/printable.ts';
import { fits } from '../uv/version-order.ts';
import { artifactsIn, type Changes, changesSince, type Installed } from './changes.ts';
import type { Context } from './context.ts';
import { type Observation, observe } from './observe.ts';
import type { Options } from './options.ts';
import type { Finding } from './statuses.ts';

/** The facts about a change that a reviewer needs, and the policy's findings. */
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

/** A change to review. */
export interface Reviewable {
  readonly installed: Installed;
  readonly changes: Changes;
  /** Whether the indexes are asked about all packages, not only about changed ones. */
  readonly isComplete: boolean;
}

/**
 * Reviews a change: the contents of the new files, their index's data, and the policy's decisions.
 * Logs the result; anything that stays unknown is a finding of its own.
 */
export async function review(of: Reviewable, policy: Policy, context: Context): Promise<Review> {
  const { installed, changes, isComplete } = of;
  const { project } = installed;
  const { diff, plans } = changes;
  const { log, fetchText } = context;
  const releases = diff ? newReleases(diff, project) : [];
  if (releases.length === 0 && !isComplete && !diff?.hashOnly.length && !plans) return noReview;
  const all = isComplete ? lockedReleases(installed) : releases;
  const advised = await advise(all, fetchText, log);
  const contents = plans ? await readContents(plans, project.root, policy, context) : noContents;
  const changed = new Set(
    [...(diff?.added ?? []), ...(diff?.changed ?? [])].flatMap(({ name, after }) =>
      after.map(({ version }) => `${name} ${version}`),
    ),
  );
  const artifacts = artifactsIn(installed).filter(
    ({ name, version }) => isComplete || changed.has(`${name} ${version}`),
  );
  const reviewed = { lock: project.lock, artifacts, diff, contents, advised };
  const observed = distinct(observe(reviewed, policy, Date.now()));
  const findings = collapsed(judge(observed, policy));
  logFindings(findings, log);
  return { contents, advised, findings };
}

/** All releases of a plan that are from an index. */
function lockedReleases(installed: Installed): Locked[] {
  const found = new Map<string, Locked>();
  for (const { name, version } of artifactsIn(installed)) {
    const locked = installed.project.lock.byName.get(name)?.find((one) => one.version === version);
    if (version !== undefined && locked?.source.kind === 'registry')
      found.set(`${name} ${version}`, { name, version, index: locked.source.url });
  }
  return [...found.values()];
}

async function readContents(
  plans: readonly ComparedPlans[],
  project: string,
  { levels }: Policy,
  { native, log }: Pick<Context, 'native' | 'log'>,
): Promise<Contents> {
  // Prevents a title in the log without lines.
  if (pairsOf(plans).length === 0) return noContents;
  // If the policy forbids shared files, all contents have to be known.
  const wanted = levels['shared-file'] === 'fail' ? 'all' : 'at hand';
  return log.group('Contents of changed packages', async () => {
    const contents = await compareContents(plans, project, await native(), wanted);
    for (const line of contentsLines(contents)) log.info(line);
    return contents;
  });
}

const distinct = (observed: readonly Observation[]): Observation[] => [
  ...new Map(observed.map((one) => [JSON.stringify(one), one])).values(),
];

/**
 * Merges unknown findings of one kind and reason into one, unless the policy refuses them or has an
 * exception. Unknown findings that are allowed anyway are left out.
 */
function collapsed(findings: readonly ReportedFinding[]): ReportedFinding[] {
  const known = findings.filter(
    ({ isUnknown, level, reason }) => !isUnknown || level === 'fail' || reason !== undefined,
  );
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

/** Most warnings of a run; a runner shows ten for each step. */
const MOST_WARNINGS = 10;

function logFindings(findings: readonly ReportedFinding[], log: Log): void {
  const warnings = findings.filter(({ level }) => level === 'warn');
  for (const [index, one] of warnings.entries())
    if (index < MOST_WARNINGS) log.warning(findingText(one));
    else log.info(findingText(one));
  for (const one of findings.filter(({ reason }) => reason !== undefined))
    log.info(`${findingText(one)}: allowed by the configuration, ${one.reason}`);
}

/** The policy's decision about each observation: its level, and the reason of an exception. */
function judge(observations: readonly Observation[], { levels, except }: Policy): ReportedFinding[] {
  return observations.map(({ id, ...one }) => {
    const exception = except.find(
      (rule) =>
        rule.kind === one.kind &&
        rule.package === one.package &&
        fits(one.version, rule.version) &&
        (rule.id === undefined || rule.id === id),
    );
    if (exception) return { ...one, level: 'allow', reason: exception.reason };
    return { ...one, level: levels[one.kind] ?? 'warn' };
  });
}

/** Most findings, or packages of a finding, in a sentence. */
const SHOWN = 8;

/** `coverage 7.13.0: new code … (startup-code)`, of untrusted text. */
function findingText({ kind, package: name, version, what, isUnknown }: ReportedFinding): string {
  const found = isUnknown ? `${kind} is unknown, ${what}` : `${what} (${kind})`;
  return `${[name, version].filter(Boolean).join(' ')}: ${found}`;
}

/** Why a policy refuses findings, as a paragraph; undefined if it does not. */
export function refusalOf(findings: readonly ReportedFinding[]): string | undefined {
  const failing = findings.filter(({ level }) => level === 'fail');
  if (failing.length === 0) return undefined;
  return `[policy] of the configuration does not allow what was found: ${someOf(failing.map(findingText), SHOWN, '; ')}. Review it; then add an exception with a reason under [[policy.except]] on the base branch, take another version, or change the policy.`;
}

/**
 * Reviews the changes of an update, before anything of it is built.
 * @param of undefined if nothing changed, or if there is no uv.lock
 * @param at where the hash is written
 * @throws UserError `policy` if the policy refuses it, and it may not be proposed as a draft
 */
export async function reviewUpdate(
  of: Omit<Reviewable, 'isComplete'> | undefined,
  { config, options }: { readonly config: Pick<PackageConfig, 'pullRequest'>; readonly options: Options },
  at: UserError['at'],
  context: Context,
): Promise<Review> {
  if (of === undefined) return noReview;
  const found = await review({ ...of, isComplete: false }, options.policy, context);
  const refusal = refusalOf(found.findings);
  if (refusal === undefined) return found;
  if (config.pullRequest.draft !== 'unverified') throw new UserError('policy', refusal, { at });
  context.log.warning(`${refusal} It is proposed all the same, as a draft (\`draft\` is "unverified").`);
  return found;
}

/** A finding, and the lock and plans that it was found from, if they are known. */
export interface Examined {
  readonly finding: Finding;
  readonly installed?: Installed | undefined;
}

/**
 * Adds the policy's findings: about changes since the base's lock and, if the configuration has a
 * policy, about all packages. If the policy refuses one, the status `current` becomes `policy`; a
 * worse status stays.
 */
export async function withPolicy(
  { finding, installed }: Examined,
  policy: Policy,
  context: Context,
): Promise<Finding> {
  if (!installed) return finding;
  const { project, folder } = installed;
  const read = context.verification.baseText;
  const hasBase = (await read(project.lockFile)) !== undefined;
  const older = { folder, read, name: 'the base' };
  const changes = hasBase ? await changesSince(older, installed, context.log) : {};
  const of = { installed, changes, isComplete: policy.isSet };
  const { findings, advised } = await review(of, policy, context);
  const refusal = refusalOf(findings);
  const isRefused = refusal !== undefined && finding.status === 'current';
  return {
    ...finding,
    findings,
    ...(isRefused ? { status: 'policy', message: refusal } : {}),
    warnings: [
      ...finding.warnings,
      ...(refusal !== undefined && !isRefused ? [refusal] : []),
      ...findings.filter(({ level }) => level === 'warn').map(findingText),
    ],
    notChecked: [...finding.notChecked, ...advised.notAsked.map((one) => `Not asked: ${one}.`)],
  };
}
