import type { DeclaredTarget } from '../uv/plan/manifest.ts';

/**
 * `uv-fod.lock.json`: everything that has to be built, because uv.lock does not lock build requirements
 * (astral-sh/uv#5190). Nix reads it at evaluation time, so that each source and each wheel is a derivation of its own.
 */
export interface BuildLock {
  readonly version: 1;
  /** What all systems have in common of the declared target. */
  readonly target: BuildTarget;
  readonly systems: Readonly<Record<string, SystemBuilds>>;
  readonly builds: Readonly<Record<string, Build>>;
  /** Wheels of build environments, by file name. Those that the output installs are in the fixed output. */
  readonly wheels: Readonly<Record<string, { readonly url: string; readonly hash: string }>>;
}

export type BuildTarget = Omit<DeclaredTarget, 'system'>;

/** SRI hashes of wheels, by file name. */
export type Apart = Readonly<Record<string, string>>;

export interface SystemBuilds {
  /** Digest of the manifest of the fixed output that `hash` was computed for: how "nothing to do" is known. */
  readonly plan: string;
  readonly hash: string;
  /** Keys of `builds` whose wheels the output installs. */
  readonly builds: readonly string[];
  /** For each build, in its own environment: file names of `wheels`, and keys of `builds`. */
  readonly environments: Readonly<Record<string, BuildEnvironment>>;
  /** Wheels that Nix installs apart from the others; absent where there are none. */
  readonly apart?: Apart;
}

export interface BuildEnvironment {
  readonly wheels: readonly string[];
  readonly builds: readonly string[];
}

export type Build = SdistBuild | GitBuild | DirectoryBuild;

interface Built {
  readonly name: string;
  /** `[build-system] requires` of its pyproject.toml, or PEP 517's default. */
  readonly requires: readonly string[];
  /** What its backend asks for beyond that while it builds (PEP 517, get_requires_for_build_wheel). */
  readonly dynamicRequires?: readonly string[];
  /** What the project adds to them (`[tool.uv.extra-build-dependencies]`); absent where that is nothing. */
  readonly extraRequires?: readonly string[];
}

export interface SdistBuild extends Built {
  readonly kind: 'sdist';
  readonly version: string;
  readonly filename: string;
  /** Address, or path relative to the project where the sdist lies beside uv.lock. */
  readonly url?: string;
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
