import { someOf } from '../../system/printable.ts';
import { sriFromHex } from '../../system/sri.ts';

/**
 * One item that a plan installs. `hash` and `url` come from the lock; paths are absolute or
 * relative to the lock's folder.
 */
export interface Artifact {
  readonly name: string;
  /** Not set for a directory with a dynamic version. */
  readonly version?: string | undefined;
  readonly kind: 'wheel' | 'sdist' | 'git' | 'directory';
  /** File name, percent-decoded. */
  readonly filename?: string | undefined;
  /** `sha256:hex`, or of another algorithm; not every file has one. */
  readonly hash?: string | undefined;
  /** For git, the repository without credentials, query and fragment. */
  readonly url?: string | undefined;
  /** A file or folder on disk; for git, an archive in the repository. */
  readonly path?: string | undefined;
  /** Bytes. */
  readonly size?: number | undefined;
  /** 40 hexadecimal digits. */
  readonly commit?: string | undefined;
  /** Folder of the project in the tree or archive. */
  readonly subdirectory?: string | undefined;
  /** The requested reference, such as `tag=v1.0`; not set: the default branch. */
  readonly ref?: string | undefined;
  /** Whether the tree has git LFS files. */
  readonly lfs?: true | undefined;
  /** Whether the lock has an editable install. */
  readonly editable?: true | undefined;
}

/** @returns the SRI form of an artifact's sha256; undefined if the lock has none */
export function sriOf({ hash = '' }: Artifact): string | undefined {
  const [, hex] = /^sha256:([0-9a-f]{64})$/i.exec(hash) ?? [];
  return hex === undefined ? undefined : sriFromHex(hex);
}

/** Orders artifacts by name, version and source, by code units. */
export const compareArtifacts = (left: Artifact, right: Artifact): number =>
  compareText(orderOf(left), orderOf(right));

const orderOf = ({ name, version, kind, filename, url, path, commit }: Artifact): string =>
  [name, version, kind, filename, url, path, commit].join('\0');

/** Compares texts by code units. */
export const compareText = (left: string, right: string): number =>
  Number(left > right) - Number(left < right);

/** Bytes of a plan's wheels, as far as the lock has sizes. */
export const wheelBytes = (artifacts: readonly Artifact[]): number =>
  artifacts.reduce((sum, { kind, size }) => sum + (kind === 'wheel' ? (size ?? 0) : 0), 0);

/** Most names in a sentence. */
const SHOWN = 6;

/** Downloaded files for which the lock has no digest. */
export function withoutDigest(artifacts: readonly Artifact[]): readonly string[] {
  const isOpen = ({ kind, url, hash }: Artifact): boolean =>
    (kind === 'wheel' || kind === 'sdist') && url !== undefined && hash === undefined;
  return [...new Set(artifacts.filter(isOpen).map(({ filename, name }) => filename ?? name))].sort();
}

/** The sentence about these files; undefined without such files. */
export function noDigestText(artifacts: readonly Artifact[]): string | undefined {
  const names = withoutDigest(artifacts);
  if (names.length === 0) return undefined;
  const files = names.length === 1 ? '1 file' : `${names.length} files`;
  return `uv.lock has no digest of ${files} (${someOf(names, SHOWN)}): whatever the index serves is accepted when a hash is computed.`;
}
