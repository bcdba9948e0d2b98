import type { SystemPlan } from '../build-lock/types.ts';
import { parseConfig } from '../config/parse.ts';
import { UserError } from '../system/errors.ts';
import type { Checkout } from '../update/checkout.ts';
import { checkLock, type WrittenLock } from '../update/recompute.ts';
import type { BaseTree } from './base-tree.ts';
import { trustedConfig } from './hosts.ts';
import { refuse } from './refuse.ts';
import type { Runner } from './run.ts';

/** Failures that are caused by the result, not by this job. */
const claims = [
  'build-lock-stale',
  'build-lock-unverified',
  'artifact-changed',
  'sdist-invalid',
  'pyproject-invalid',
];

interface Publishing {
  readonly runner: Pick<Runner, 'inputs' | 'trigger' | 'parts'>;
  readonly checkout: Checkout;
  /** The commit that the result was computed from. */
  readonly tree: BaseTree;
}

/**
 * Verifies the build lock of another job's result without Nix and uv (docs/nix.md, "How a build
 * lock is verified").
 *
 * @param systems plans and hashes that this job computed
 * @returns what only the build job could see, as clauses
 * @throws UserError `result-refused`, and those of downloads
 */
export async function verifyBuilds(
  written: WrittenLock,
  systems: readonly SystemPlan[],
  { runner, checkout, tree }: Publishing,
): Promise<readonly string[]> {
  const { read } = tree;
  try {
    const { edit, differences, taken } = await checkLock(
      written,
      systems,
      { ...runner.parts, read },
      { withUv: false, resolved: false },
    );
    if (edit !== undefined) throw refuse(`its build lock is not right: ${differences}`);
    if (taken.length > 0 && !(await publishesNewBuilds(runner, checkout)))
      throw refuse(`only the build job saw ${taken.join(' and ')}, and publish-new-builds is false`);
    return taken;
  } catch (error) {
    if (error instanceof UserError && claims.includes(error.code))
      throw refuse(error.message.replace(/\.$/, ''));
    throw error;
  }
}

async function publishesNewBuilds(
  { inputs, trigger }: Pick<Runner, 'inputs' | 'trigger'>,
  checkout: Checkout,
): Promise<boolean> {
  const text = await trustedConfig(inputs, trigger.trust, checkout);
  return text === undefined || parseConfig(text, inputs.config).publishNewBuilds;
}
