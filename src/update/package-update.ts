import type { Confirmation } from '../build-lock/confirm.ts';
import type { Pinned } from '../nix/evaluate.ts';
import type { Project } from '../uv/lock/project.ts';
import type { ForeignHashes } from './foreign.ts';
import type { Update } from './update.ts';
import type { BuildOutcome } from './verify.ts';

/** What came of a package's dependencies, its build and its import. */
export interface PackageUpdate
  extends BuildOutcome,
    Pick<Update, 'hashes' | 'edits' | 'lock' | 'states' | 'warnings' | 'notChecked' | 'stages'> {
  readonly pinned: Pick<Pinned, 'pname' | 'version' | 'system'>;
  /** Undefined without a uv.lock. */
  readonly project: Project | undefined;
  readonly confirmation: Pick<Confirmation, 'notVerified'>;
  /** Set if the dependencies are not fetchUvDeps'. */
  readonly foreign?: ForeignHashes;
}
