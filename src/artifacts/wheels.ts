import type { Artifact } from '../plan/index.ts';
import { UserError } from '../ports/errors.ts';
import { printable } from '../ports/printable.ts';
import type { Download } from './types.ts';

/** A wheel of a plan, with a file name that is safe to write and is nobody else's. */
export type Wheel = Artifact & { readonly filename: string };

/**
 * The plan's wheels: what a fixed output holds.
 * @throws UserError `artifact-name` for a name that is no single file's, or is two wheels': a stranger's lock must not write
 *   elsewhere, nor over another package
 */
export function wheelsOf(artifacts: readonly Artifact[]): Wheel[] {
  const seen = new Map<string, Artifact>();
  return artifacts
    .filter(({ kind }) => kind === 'wheel')
    .map((artifact) => {
      const { name, filename = '' } = artifact;
      if (!/^[A-Za-z0-9][A-Za-z0-9._+!-]{0,250}$/.test(filename)) {
        throw new UserError(
          'artifact-name',
          `${name}: '${printable(filename.slice(0, 200))}' is no file name of a wheel; lock again with a current uv.`,
        );
      }
      const other = seen.get(filename);
      if (other) {
        throw new UserError(
          'artifact-name',
          `${other.name} and ${name} both name the file '${filename}'; lock again with a current uv.`,
        );
      }
      seen.set(filename, artifact);
      return { ...artifact, filename };
    });
}

/** @throws UserError `artifact-address` where the lock has no address */
export function asDownload(artifact: Artifact): Download {
  if (artifact.url === undefined) {
    throw new UserError(
      'artifact-address',
      `${labelOf(artifact)} has neither an address nor a path in uv.lock; lock again with a current uv.`,
    );
  }
  return { url: artifact.url, hash: artifact.hash, size: artifact.size, label: labelOf(artifact) };
}

/** What a message calls an artifact. */
const labelOf = (artifact: Artifact): string =>
  artifact.filename ?? `${artifact.name} ${artifact.version ?? ''}`.trim();

/** For a file beside the lock. */
export const localMissing = (artifact: Artifact, cause?: unknown): UserError =>
  new UserError(
    'artifact-unreachable',
    `${labelOf(artifact)} is not at '${artifact.path}', where uv.lock has it; add the file or lock again.`,
    { cause },
  );

export const localChanged = (artifact: Artifact): UserError =>
  new UserError(
    'artifact-changed',
    `${labelOf(artifact)} at '${artifact.path}' is not the file that uv.lock names (${artifact.hash}); lock again if it changed on purpose.`,
  );
