import { orWarn } from '../pull-request/failures.ts';
import type { PublishResult } from '../pull-request/types.ts';
import type { Proposed } from './proposed.ts';
import type { Runner } from './runner.ts';
import type { BranchPull } from './trust.ts';

/**
 * Sets the commit status `uv-fod/NAME` of each package on the head of a pull request, if the input
 * asks for it. A status states only what this job verified. A failure is logged as a warning.
 */
export async function setStatuses(
  { inputs, trigger, context, forge }: Runner,
  pull: BranchPull,
  proposed: Proposed,
  { commit: pushed, reason }: PublishResult,
): Promise<void> {
  const isPublishing = inputs.mode === 'publish';
  // A publishing job does not verify a result without changes.
  const commit = pushed ?? (reason === 'unchanged' && !isPublishing ? pull.head : undefined);
  if (!inputs.commitStatus || commit === undefined) return;
  const url = trigger.runPage;
  await orWarn(context.log, async () => {
    const { setStatus } = await forge();
    for (const { name } of proposed.subjects) {
      // In a publishing job, `seen` is an unverified claim of the build job.
      const built = !isPublishing && proposed.seen.some((one) => one.name === name && one.built);
      const computed = `Hash computed from uv.lock; ${built ? 'built, modules imported' : 'nothing was built'}`;
      const recorded = 'The build lock records this hash for uv.lock; nothing was computed or built';
      const description = pushed === undefined ? recorded : computed;
      await setStatus(commit, { context: `uv-fod/${name}`, description, url });
    }
    return true;
  });
}
