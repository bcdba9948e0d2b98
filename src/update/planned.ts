import type { Confirmation } from '../build-lock/confirm.ts';
import type { BuildLock } from '../build-lock/types.ts';
import type { Pinned } from '../nix/evaluate.ts';
import type { DerivationRef } from '../nix/target.ts';
import type { Project } from '../uv/lock/project.ts';
import type { TomlTable } from '../uv/lock/toml.ts';
import type { SystemState } from './compare.ts';

/** What is known before hashes are computed. */
export interface PlannedUpdate {
  readonly derivation: DerivationRef;
  readonly pinned: Pinned;
  readonly project: Project;
  /** Path of the build lock. */
  readonly lockFile: string;
  /** The build lock of the checkout, which a pull request may have written. */
  readonly before: { readonly text: string; readonly lock: BuildLock } | undefined;
  /** The base's build lock, which decides what is kept. */
  readonly base: BuildLock | undefined;
  readonly settings: TomlTable;
  readonly confirmation: Confirmation;
  readonly states: SystemState[];
}
