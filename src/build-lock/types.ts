import type { Artifact } from '../uv/plan/artifact.ts';
import type { DeclaredTarget } from '../uv/plan/manifest.ts';
import type { Target } from '../uv/plan/target.ts';

/** One system's plan and hash. */
export interface SystemPlan {
  readonly target: Target;
  readonly artifacts: readonly Artifact[];
  readonly plan: string;
  readonly hash: string;
}

/**
 * `uv-fod.lock.json`: the builds and their requirements, which uv.lock does not lock
 * (astral-sh/uv#5190). Nix evaluates it, so that each source and each wheel is a derivation.
 */
export interface BuildLock {
  readonly version: 1;
  /** The declared target, without its system. */
  readonly target: BuildTarget;
  readonly systems: Readonly<Record<string, SystemBuilds>>;
  readonly builds: Readonly<Record<string, Build>>;
  /**
   * Wheels of build environments, by file name; the output's are in the fixed-output derivation.
   */
  readonly wheels: Readonly<Record<string, PinnedWheel>>;
}

export interface PinnedWheel {
  readonly url: string;
  /** SRI sha256. */
  readonly hash: string;
}

export type BuildTarget = Omit<DeclaredTarget, 'system'>;

/** SRI hashes of wheels, by file name. */
export type SeparateWheels = Readonly<Record<string, string>>;

export interface SystemBuilds {
  /** Digest of the manifest that `hash` was computed for, to detect that it is current. */
  readonly plan: string;
  readonly hash: string;
  /** Keys of `builds` that the output installs. */
  readonly builds: readonly string[];
  /** The build environment of each build. */
  readonly environments: Readonly<Record<string, BuildEnvironment>>;
  /** Wheels that Nix installs in separate derivations; not set if there are none. */
  readonly apart?: SeparateWheels;
}

export interface BuildEnvironment {
  /** File names in the lock's `wheels`. */
  readonly wheels: readonly string[];
  readonly builds: readonly string[];
}

export type Build = SdistBuild | GitBuild | DirectoryBuild;

interface Built {
  readonly name: string;
  /** `[build-system] requires` of pyproject.toml, or PEP 517's default. */
  readonly requires: readonly string[];
  /** Requirements that the backend returns (PEP 517, get_requires_for_build_wheel). */
  readonly dynamicRequires?: readonly string[];
  /** `[tool.uv.extra-build-dependencies]` of the project. */
  readonly extraRequires?: readonly string[];
}

export interface SdistBuild extends Built {
  readonly kind: 'sdist';
  readonly version: string;
  readonly filename: string;
  readonly url?: string;
  /** Path in the repository, relative to the folder of uv.lock. */
  readonly path?: string;
  readonly subdirectory?: string;
  /** SRI sha256 of the file. */
  readonly hash: string;
}

export interface GitBuild extends Built {
  readonly kind: 'git';
  readonly version: string;
  readonly url: string;
  readonly commit: string;
  readonly subdirectory?: string;
  /** SRI sha256 of the NAR of the tree, without `.git`. */
  readonly hash: string;
}

export interface DirectoryBuild extends Built {
  readonly kind: 'directory';
  readonly version?: string;
  /** Relative to the folder of uv.lock. */
  readonly path: string;
}
