import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PackageIndex } from '../index/index.ts';
import { runText } from '../nix/run.ts';
import { Repository } from './repository.ts';
import { type SmallProject, smallDerivation, uvFod } from './small.ts';

/** The configuration of a repository that upgrades its own lock. */
export const lockConfig = (rules: string): string =>
  `[[package]]\nattribute = "small"\n\n[package.lock]\n${rules}\n`;

/** A project whose dependencies are all on one index. */
export const indexedProject = (index: PackageIndex, dependencies: readonly string[], more = ''): string =>
  `[project]
name = "small"
version = "1.0"
requires-python = ">=3.13"
dependencies = ${JSON.stringify(dependencies)}

[tool.uv]
package = false
${more}
[[tool.uv.index]]
url = "${index.simple}"
default = true
`;

/** A repository of such a project, locked and pinned. */
export async function makeIndexed(
  dir: string,
  index: PackageIndex,
  dependencies: readonly string[],
  rules: string,
): Promise<SmallProject> {
  const repository = await Repository.create(dir);
  const { work } = repository;
  await mkdir(path.join(work, '.github'), { recursive: true });
  await writeFile(path.join(work, '.github/uv-fod.toml'), lockConfig(rules));
  const imports = dependencies.map((name) => `"${name}"`).join(' ');
  await writeFile(path.join(work, 'default.nix'), smallDerivation.replace('"six" "iniconfig"', imports));
  await writeFile(path.join(work, 'pyproject.toml'), indexedProject(index, dependencies));
  await runText('uv', ['lock', '--quiet', '--python', 'python3.14'], { cwd: work });
  const { code, stderr } = await uvFod(['update', 'small', '--no-verify'], work);
  if (code !== 0) throw new Error(`uv-fod update ended with ${code}:\n${stderr}`);
  const pinned = await repository.push('Pin the dependencies');
  return { repository, pinned, bumped: pinned };
}
