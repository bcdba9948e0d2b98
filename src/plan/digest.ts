import { createHash } from 'node:crypto';
import { bareUrl } from '../lock/source.ts';
import type { Artifact } from './artifact.ts';
import type { Selection } from './selection.ts';
import { formatLibc, type Target } from './target.ts';

/** Raised when the same plan would be written down differently. */
const FORMAT = 1;

/**
 * One value for all that decides which bytes a plan stands for: an SRI string (`sha256-…`) over canonical JSON.
 * Where an artifact has a hash its address is left out, so that a mirror, a cache and a re-signed URL give the same
 * digest; an artifact without one has only its address to tell it apart, and that counts, without credentials.
 */
export function planDigest(artifacts: readonly Artifact[], target: Target, selection?: Selection): string {
  const value = {
    format: FORMAT,
    target: { system: target.system, python: target.python, libc: formatLibc(target.libc) },
    ...(selection === undefined ? {} : { selection: canonicalSelection(selection) }),
    artifacts: artifacts.map((artifact) => JSON.stringify(identityOf(artifact))).sort(),
  };
  return `sha256-${createHash('sha256').update(JSON.stringify(value)).digest('base64')}`;
}

/** An array, so that no order of keys is left to chance; absent fields are null. */
function identityOf(artifact: Artifact): readonly unknown[] {
  const { name, version, kind, filename, hash, url, path, commit, subdirectory, lfs } = artifact;
  const pinned = hash !== undefined || commit !== undefined;
  return [
    name,
    version ?? null,
    kind,
    filename ?? null,
    hash?.toLowerCase() ?? null,
    commit ?? null,
    subdirectory ?? null,
    lfs ?? null,
    // A path leads to a folder, into a repository, or to a file that has a hash of its own.
    (pinned && kind !== 'git' ? undefined : path) ?? null,
    (pinned || url === undefined ? undefined : bareUrl(url)) ?? null,
  ];
}

function canonicalSelection(selection: Selection): unknown {
  const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
  return {
    packages: sorted(selection.packages),
    allPackages: selection.allPackages,
    extras: sorted(selection.extras),
    groups: sorted(selection.groups),
    defaultGroups: selection.defaultGroups,
  };
}
