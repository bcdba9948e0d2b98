import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CheckHost } from '../fetch/host-policy.ts';
import type { Network } from '../fetch/network.ts';
import { fetchArtifact } from '../fetch/wheels.ts';
import { narHash } from '../nix/nar.ts';
import { inFolder } from '../system/files.ts';
import { requireInside } from '../system/inside.ts';
import { printable } from '../system/printable.ts';
import { readBytes } from '../system/read-bytes.ts';
import type { Run } from '../system/run.ts';
import { sriOfText } from '../system/sri.ts';
import type { ReadText } from '../uv/lock/project.ts';
import type { TomlTable } from '../uv/lock/toml.ts';
import { type Artifact, sriOf } from '../uv/plan/artifact.ts';
import { sourceOf } from './builds.ts';
import { fetchGitTree } from './git-tree.ts';
import { buildRequires, pyprojectOfSdist } from './pyproject-of.ts';
import type { Build, BuildOf } from './schema.ts';
import { sameData } from './text.ts';

/** The fields of a build that a plan has. */
type Planned<Kind extends Build['kind']> = Omit<BuildOf<Kind>, 'hash' | 'requires'>;

/** Maximum size of a pyproject.toml in bytes; real ones have less than 100 kB. */
const mostText = 4 << 20;

/** The collaborators for reading sources. */
export interface SourceReader {
  /** Folder of uv.lock. */
  readonly project: string;
  /** Folder for temporary files. */
  readonly scratch: string;
  readonly network: () => Promise<Network>;
  /** Runs a program that contacts hosts by itself: each address is approved first. */
  readonly contact: Run;
  /** Selects the environment's logins (by name of an index) that uv gets with these settings. */
  readonly uvLogins?: (settings: TomlTable) => Promise<Readonly<Record<string, string>>>;
  readonly read: ReadText;
  /** Approves addresses for git and uv; not set: all are approved. */
  readonly checkHost?: CheckHost;
}

/**
 * Describes a build: its source, the source's hash, and the requirements of its pyproject.toml.
 * @param previous the entry of the base; its hash and requirements are reused for the same source
 */
export async function describeBuild(
  artifact: Artifact,
  previous: Build | undefined,
  reader: SourceReader,
): Promise<Build> {
  if (artifact.kind === 'directory') return describeDirectory(artifact, reader);
  if (artifact.kind === 'git') return describeGit(artifact, previous, reader);
  return describeSdist(artifact, previous, reader);
}

async function describeDirectory(
  artifact: Artifact,
  { project, read }: SourceReader,
): Promise<BuildOf<'directory'>> {
  const folder = artifact.path ?? '.';
  const text = await read(path.resolve(project, folder, 'pyproject.toml'));
  const source = { path: folder, ...sourceOf(artifact) } as Planned<'directory'>;
  return { ...source, requires: buildRequires(text, artifact.name) };
}

async function describeGit(
  artifact: Artifact,
  previous: Build | undefined,
  reader: SourceReader,
): Promise<BuildOf<'git'>> {
  const source = sourceOf(artifact) as unknown as Planned<'git'>;
  const { name, url, commit, subdirectory = '' } = source;
  if (previous?.kind === 'git' && sameData(sourceOf(previous), source))
    return { ...source, hash: previous.hash, requires: previous.requires };
  return inFolder(path.join(reader.scratch, 'source-'), async (dir) => {
    const tree = path.join(dir, 'tree');
    await fetchGitTree({ url, commit }, tree, reader.contact, reader.checkHost);
    const text = await readBelow(tree, path.join(subdirectory, 'pyproject.toml'));
    return { ...source, hash: await narHash(tree), requires: buildRequires(text, name) };
  });
}

/** Reads a file of a git tree; undefined if missing. Links and the subdirectory stay inside. */
async function readBelow(tree: string, name: string): Promise<string | undefined> {
  const file = path.join(tree, name);
  await requireInside(tree, file, `'${printable(name)}' of a git source`);
  return (await readBytes(file, mostText))?.toString();
}

async function describeSdist(
  artifact: Artifact,
  previous: Build | undefined,
  reader: SourceReader,
): Promise<BuildOf<'sdist'>> {
  const source = sourceOf(artifact) as unknown as Planned<'sdist'>;
  const { filename, subdirectory } = source;
  const locked = sriOf(artifact);
  if (previous?.kind === 'sdist' && locked !== undefined && previous.hash === locked)
    return { ...source, hash: locked, requires: previous.requires };
  return inFolder(path.join(reader.scratch, 'source-'), async (dir) => {
    const archive = path.join(dir, 'sdist');
    await fetchArtifact(artifact, reader.project, archive, await reader.network());
    const hash = locked ?? sriOfText(await readFile(archive));
    const text = await pyprojectOfSdist(archive, filename, subdirectory);
    return { ...source, hash, requires: buildRequires(text, filename) };
  });
}
