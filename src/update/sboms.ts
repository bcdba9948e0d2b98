import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BuildLock } from '../build-lock/types.ts';
import { sbomText } from '../contents/sbom.ts';
import { once } from '../system/promises.ts';
import type { Project } from '../uv/lock/project.ts';
import type { DeclaredTarget } from '../uv/plan/manifest.ts';

/** What software bills of materials are made from. */
export interface Described {
  readonly project: Project;
  readonly targets: readonly DeclaredTarget[];
  /** As it has to be for the project's lock; undefined if the project has no build lock. */
  readonly lock: BuildLock | undefined;
}

/**
 * Writes a package's software bills of materials, one for each system.
 * @param name of the package: letters, digits and `.'+-_`. Different for each
 * @returns their paths
 * @throws UserError as `planProject`
 */
export type WriteSboms = (name: string, described: Described) => Promise<string[]>;

/** Of a package's name, which may be longer than a file's. */
const MOST_NAME = 150;

/**
 * @param temporary folder that gets one with the files, which stays for later steps of the job
 * @param version of this program
 */
export function makeWriteSboms(temporary: string, version: string): WriteSboms {
  const folder = once(() => mkdtemp(path.join(temporary, 'uv-fod-sbom-')));
  return async (name, { project, targets, lock }) => {
    const files: string[] = [];
    for (const target of targets) {
      const file = path.join(await folder(), `${name.slice(0, MOST_NAME)}.${target.system}.cdx.json`);
      await writeFile(file, await sbomText(project, target, lock, version));
      files.push(file);
    }
    return files;
  };
}
