import { sriFromHex } from '../../system/sri.ts';

/**
 * One thing that a plan installs. Fields are there where they apply; `hash` and `url` are as the lock writes them,
 * paths are relative to the lock's folder or absolute.
 */
export interface Artifact {
  readonly name: string;
  /** Absent for a directory whose version is dynamic. */
  readonly version?: string;
  readonly kind: 'wheel' | 'sdist' | 'git' | 'directory';
  /** File name, percent-decoded. */
  readonly filename?: string;
  /** `sha256:hex`; other algorithms occur, and none at all. */
  readonly hash?: string;
  /** For git the repository without credentials, query and fragment. */
  readonly url?: string;
  /** A file or folder on disk; for git an archive inside the repository. */
  readonly path?: string;
  /** Bytes. */
  readonly size?: number;
  /** 40 hexadecimal digits. */
  readonly commit?: string;
  /** Where in the tree or archive the project lies. */
  readonly subdirectory?: string;
  /** What the commit was found by when the lock was made, e.g. `tag=v1.0`; the default branch where absent. */
  readonly ref?: string;
  /** Whether git LFS files belong to the tree. */
  readonly lfs?: true;
  /** Whether the lock asks for an editable install. */
  readonly editable?: true;
}

/** @returns the SRI form of an artifact's sha256; undefined if the lock has none */
export function sriOf({ hash = '' }: Artifact): string | undefined {
  const [, hex] = /^sha256:([0-9a-f]{64})$/i.exec(hash) ?? [];
  return hex === undefined ? undefined : sriFromHex(hex);
}

/** Orders artifacts by name, then version, then what else tells them apart; by code units, the same on every machine. */
export function compareArtifacts(left: Artifact, right: Artifact): number {
  return (
    compare(left.name, right.name) ||
    compare(left.version ?? '', right.version ?? '') ||
    compare(origin(left), origin(right))
  );
}

function origin(artifact: Artifact): string {
  return [artifact.kind, artifact.filename, artifact.url, artifact.path, artifact.commit].join(' ');
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

/** Bytes of a plan's wheels, which are what a fixed output holds, as far as the lock says sizes. */
export const wheelBytes = (artifacts: readonly Artifact[]): number =>
  artifacts.reduce((sum, { kind, size }) => sum + (kind === 'wheel' ? (size ?? 0) : 0), 0);
