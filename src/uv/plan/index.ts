export { type Artifact, sriOf, wheelBytes } from './artifact.ts';
export {
  diffLocks,
  type Form,
  type LockDiff,
  type LockEntry,
  type PackageChange,
} from './diff.ts';
export { planProject, planWarnings } from './plan.ts';
export type { Selection } from './selection.ts';
export { parseTarget, SYSTEMS, type Target } from './target.ts';
