import { copyFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../system/errors.ts';
import { repositoryOf, requireInside } from '../system/inside.ts';
import { printable } from '../system/printable.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import { type Download, download } from './download.ts';
import type { Network } from './network.ts';
import { differenceOf } from './read.ts';

/** A wheel of a plan, with a safe and unique file name. */
export type Wheel = Artifact & { readonly filename: string };

/**
 * The plan's wheels, which are the contents of the fixed-output derivation, in the order of a NAR:
 * by the bytes of their names.
 * @throws UserError `artifact-name` for a name that is not a plain file name, or that two wheels
 *   have: an untrusted lock must not write outside the output, or over another wheel
 */
export function wheelsOf(artifacts: readonly Artifact[]): Wheel[] {
  const wheels = new Map<string, Wheel>();
  for (const artifact of artifacts.filter(({ kind }) => kind === 'wheel')) {
    const { name, filename = '' } = artifact;
    if (!/^[A-Za-z0-9][A-Za-z0-9._+!-]{0,250}$/.test(filename))
      throw wrongName(`${name}: '${printable(filename.slice(0, 200))}' is not a file name of a wheel`);
    const other = wheels.get(filename);
    if (other) throw wrongName(`${other.name} and ${name} both have the file name '${filename}'`);
    checkDigest(artifact);
    wheels.set(filename, { ...artifact, filename });
  }
  // Names are ASCII, so code units sort as bytes do.
  return [...wheels.values()].sort((a, b) => (a.filename < b.filename ? -1 : 1));
}

const wrongName = (what: string): UserError =>
  new UserError('artifact-name', `${what}; lock again with a current uv.`);

/** Supported digests and their number of hexadecimal digits. */
const digits = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);

function checkDigest(artifact: Artifact): void {
  const { hash } = artifact;
  if (hash === undefined) return;
  const [, algorithm = '', hex = ''] = /^(\w+):([0-9a-fA-F]+)$/.exec(hash) ?? [];
  if (digits.get(algorithm) === hex.length) return;
  throw new UserError(
    'artifact-digest',
    `${labelOf(artifact)}: the digest '${printable(hash.slice(0, 100))}' of uv.lock is not a complete sha256, sha384 or sha512, so the file cannot be verified. Use an index that has one of these, and lock again.`,
  );
}

/** The name of an artifact in messages. */
const labelOf = ({ name, version = '', filename }: Artifact): string =>
  filename ?? `${name} ${version}`.trim();

/** @throws UserError `artifact-address` if the lock has no address, `artifact-digest` */
export function asDownload(artifact: Artifact, target: string, part?: string): Download {
  checkDigest(artifact);
  const { url, hash, size } = artifact;
  const label = labelOf(artifact);
  if (url !== undefined) return { url, hash, size, label, target, part };
  throw new UserError(
    'artifact-address',
    `${label} has neither an address nor a path in uv.lock; lock again with a current uv.`,
  );
}

/** Writes one wheel or sdist to `target`, from its address or from the repository. */
export async function fetchArtifact(
  artifact: Artifact,
  project: string,
  target: string,
  network: Network,
): Promise<void> {
  if (artifact.path === undefined) await download([asDownload(artifact, target)], network);
  else await copyFile(await localFile(artifact, project), target);
}

/**
 * Finds a wheel or sdist of the repository, and verifies its digest and length.
 * @param project folder of uv.lock
 * @returns its real path, inside the repository
 * @throws UserError `artifact-unreachable`, `artifact-changed`, `artifact-digest`, `file-outside`
 */
export async function localFile(artifact: Artifact, project: string): Promise<string> {
  checkDigest(artifact);
  const label = labelOf(artifact);
  const folder = path.resolve(project);
  const named = path.resolve(folder, artifact.path ?? '');
  await requireInside((await repositoryOf(folder)) ?? folder, named, `'${artifact.path}' of uv.lock`);
  const file = await realpath(named).catch((cause: unknown) => {
    throw new UserError(
      'artifact-unreachable',
      `${label} is missing at '${artifact.path}', its path in uv.lock; put it there, or lock again.`,
      { cause },
    );
  });
  const difference = await differenceOf(file, artifact);
  if (difference === undefined) return file;
  throw new UserError(
    'artifact-changed',
    `${label} at '${artifact.path}' does not match uv.lock: ${difference}. Lock again if the change is intended.`,
  );
}
