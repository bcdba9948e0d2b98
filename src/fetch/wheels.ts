import { UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';
import type { Artifact } from '../uv/plan/index.ts';
import type { Download } from './download.ts';
import { unknownDigest } from './messages.ts';

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
      checkDigest(artifact);
      return { ...artifact, filename };
    });
}

/**
 * @param target where it goes
 * @throws UserError `artifact-address` if the lock has no address, `artifact-digest`
 */
export function asDownload(artifact: Artifact, target: string): Download {
  checkDigest(artifact);
  const { url, path, hash, size } = artifact;
  if (url === undefined && path === undefined) {
    throw new UserError(
      'artifact-address',
      `${labelOf(artifact)} has neither an address nor a path in uv.lock; lock again with a current uv.`,
    );
  }
  return { url: url ?? '', hash, size, label: labelOf(artifact), target };
}

/** Digests that files are verified by, with their hexadecimal digits. */
const digits: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

function checkDigest(artifact: Artifact): void {
  const { hash } = artifact;
  if (hash === undefined) return;
  const [, algorithm = '', hex = ''] = /^(\w+):([0-9a-fA-F]+)$/.exec(hash) ?? [];
  if (!Object.hasOwn(digits, algorithm) || hex.length !== digits[algorithm])
    throw unknownDigest({ label: labelOf(artifact) }, hash);
}

/** What a message calls an artifact. */
export const labelOf = (artifact: Artifact): string =>
  artifact.filename ?? `${artifact.name} ${artifact.version ?? ''}`.trim();

/** For a file beside the lock. */
export const localMissing = (artifact: Artifact, cause?: unknown): UserError =>
  new UserError(
    'artifact-unreachable',
    `${labelOf(artifact)} is not a file at '${artifact.path}', where uv.lock has it; put it there, or lock again.`,
    { cause },
  );

export const localChanged = (artifact: Artifact): UserError =>
  new UserError(
    'artifact-changed',
    `${labelOf(artifact)} at '${artifact.path}' is not the file that uv.lock names (${artifact.hash}); lock again if it changed on purpose.`,
  );
