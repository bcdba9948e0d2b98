import type { Policy } from '../config/policy-kinds.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import { type Changes, changesSince } from './changes.ts';
import type { Finding } from './checked.ts';
import { findingText, refusalOf } from './judge.ts';
import type { MadeFor } from './older.ts';
import { review } from './review.ts';
import type { Described } from './sboms.ts';
import type { Context } from './types.ts';

/** A finding, and what it was found from. */
export interface Examined extends Described {
  readonly finding: Finding;
  /** Folder of the project. */
  readonly folder: string;
  /** Of all systems. */
  readonly artifacts: readonly Artifact[];
  readonly made: MadeFor | undefined;
}

/**
 * Adds what the policy says: of changes since the base's lock, and, if the configuration has a
 * policy, of all packages. A finding that it refuses makes a current package `policy`; one that is
 * worse stays as it is.
 */
export async function withPolicy(of: Examined, policy: Policy, context: Context): Promise<Finding> {
  const { finding, project, artifacts } = of;
  const changes = await changesOf(of, context);
  const { findings, advised } = await review(
    { project, artifacts, changes, isComplete: policy.isSet },
    policy,
    context,
  );
  const refusal = refusalOf(findings);
  const isRefused = refusal !== undefined && finding.status === 'current';
  return {
    ...finding,
    findings,
    described: { project, targets: of.targets, lock: of.lock },
    ...(isRefused ? { status: 'policy', message: refusal } : {}),
    warnings: [
      ...finding.warnings,
      ...(refusal !== undefined && !isRefused ? [refusal] : []),
      ...findings.filter(({ level }) => level === 'warn').map(findingText),
    ],
    notChecked: [...finding.notChecked, ...advised.notAsked.map((one) => `Not asked: ${one}.`)],
  };
}

/** What changed since the base's lock; nothing if the base has none. */
async function changesOf(
  { project, folder, targets, made }: Examined,
  { verification, log }: Context,
): Promise<Changes> {
  const read = verification.baseText;
  if ((await read(project.lockFile)) === undefined) return {};
  return changesSince({ folder, read, name: 'the base' }, project, targets, made, log);
}
