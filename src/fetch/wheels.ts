import { UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import type { Download } from './download.ts';
import { unknownDigest } from './messages.ts';

/** A wheel of a plan, with a safe and unique file name. */
export type Wheel = Artifact & { readonly filename: string };

/**
 * The plan's wheels, which are the contents of the fixed-output derivation.
 * @throws UserError `artifact-name` for a name that is not a plain file name, or that two wheels
 *   have: an untrusted lock must not write outside the output, or over another wheel
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
          `${name}: '${printable(filename.slice(0, 200))}' is not a file name of a wheel; lock again with a current uv.`,
        );
      }
      const other = seen.get(filename);
      if (other) {
        throw new UserError(
          'artifact-name',
          `${other.name} and ${name} both have the file name '${filename}'; lock again with a current uv.`,
        );
      }
      seen.set(filename, artifact);
      checkDigest(artifact);
      return { ...artifact, filename };
    });
}

/** @throws UserError `artifact-address` if the lock has no address, `artifact-digest` */
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

/** Supported digests and their number of hexadecimal digits. */
const digits: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

function checkDigest(artifact: Artifact): void {
  const { hash } = artifact;
  if (hash === undefined) return;
  const [, algorithm = '', hex = ''] = /^(\w+):([0-9a-fA-F]+)$/.exec(hash) ?? [];
  if (!Object.hasOwn(digits, algorithm) || hex.length !== digits[algorithm])
    throw unknownDigest({ label: labelOf(artifact) }, hash);
}

/** The name of an artifact in messages. */
export const labelOf = (artifact: Artifact): string =>
  artifact.filename ?? `${artifact.name} ${artifact.version ?? ''}`.trim();

export const localMissing = (artifact: Artifact, cause?: unknown): UserError =>
  new UserError(
    'artifact-unreachable',
    `${labelOf(artifact)} is not a file at '${artifact.path}', its path in uv.lock; put it there, or lock again.`,
    { cause },
  );

export const localChanged = (artifact: Artifact): UserError =>
  new UserError(
    'artifact-changed',
    `${labelOf(artifact)} at '${artifact.path}' does not match its hash in uv.lock (${artifact.hash}); lock again if the change is intended.`,
  );
