import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseBuildLock } from '../build-lock/text.ts';
import { repositoryOf } from '../system/inside.ts';
import { loadProject, type ReadText } from '../uv/lock/project.ts';
import { checkTarget } from '../uv/plan/manifest.ts';
import { sbomText } from './sbom.ts';

/**
 * Writes the SBOM of a derivation's uv.lock for its declared target, without network.
 * @param version of this program
 */
export async function writeSbom(
  options: { project: string; target: string; buildLock: string; out: string },
  read: ReadText,
  version: string,
): Promise<void> {
  const target = checkTarget(JSON.parse(await readFile(options.target, 'utf8')));
  // In Nix's sandbox the repository is the lock's source.
  const repository = (await repositoryOf(options.project)) ?? null;
  const project = await loadProject(options.project, read, { repository });
  const name = path.basename(options.buildLock);
  const buildLock = parseBuildLock(await readFile(options.buildLock, 'utf8'), name);
  await writeFile(options.out, await sbomText(project, target, buildLock, version));
}
