import type { Policy, PolicyKind } from '../config/policy-kinds.ts';
import type { ReportedFinding } from '../pull-request/report/types.ts';
import { someOf } from '../system/printable.ts';
import { fits } from '../uv/version-order.ts';

/** Something that a policy decides about. All text in it is untrusted. */
export interface Observation {
  readonly kind: PolicyKind;
  readonly package: string;
  readonly version: string;
  /** What was found; if `isUnknown`, why it is not known. */
  readonly what: string;
  /** Of a vulnerability. */
  readonly id?: string;
  readonly isUnknown?: true;
}

/** What a policy makes of each observation: its level, and the reason of an exception. */
export function judge(observations: readonly Observation[], { levels, except }: Policy): ReportedFinding[] {
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

/** Findings in a sentence. */
const SHOWN = 8;

/** `coverage 7.13.0: new code … (startup-code)`, of untrusted text. */
export function findingText({ kind, package: name, version, what, isUnknown }: ReportedFinding): string {
  const found = isUnknown ? `${kind} is unknown, ${what}` : `${what} (${kind})`;
  return `${[name, version].filter(Boolean).join(' ')}: ${found}`;
}

/** Why a policy refuses findings, as a paragraph; undefined if it does not. */
export function refusalOf(findings: readonly ReportedFinding[]): string | undefined {
  const failing = findings.filter(({ level }) => level === 'fail');
  if (failing.length === 0) return undefined;
  return `[policy] of the configuration does not allow what was found: ${someOf(failing.map(findingText), SHOWN, '; ')}. Review it; then add an exception with a reason under [[policy.except]] on the base branch, take another version, or change the policy.`;
}
