export { type Artifact, compareArtifacts } from './artifact.ts';
export {
  diffLocks,
  type Form,
  type HashChange,
  type LockDiff,
  type LockEntry,
  type PackageChange,
} from './diff.ts';
export { planDigest } from './digest.ts';
export { planProject, planWarnings } from './plan.ts';
export { DEFAULT_SELECTION, type Selection } from './selection.ts';
export { formatLibc, type Libc, parseTarget, SYSTEMS, type System, type Target } from './target.ts';
