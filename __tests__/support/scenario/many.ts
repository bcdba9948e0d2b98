import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Repository } from './repository.ts';
import { uvFod, writeSmall } from './small-project.ts';

/**
 * A repository with packages that are current, each with a uv.lock and a build lock of its own, and
 * releases on GitHub.
 * @param name of the repository, `owner/name`
 * @returns the pushed commit
 */
export async function pushMany(repository: Repository, count: number, name: string): Promise<string> {
  const root = repository.work;
  const names = Array.from({ length: count }, (_, index) => `p${index}`);
  const [first = '', ...others] = names.map((one) => path.join(root, one));
  await writeSmall(first);
  const { code, stderr } = await uvFod(['update', 'small', '--no-verify'], first);
  if (code !== 0) throw new Error(`uv-fod update ended with ${code}:\n${stderr}`);
  for (const folder of others) {
    await cp(first, folder, { recursive: true });
    // Each is a project of its own.
    for (const file of ['pyproject.toml', 'uv.lock'].map((one) => path.join(folder, one))) {
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replace('name = "small"', `name = "${path.basename(folder)}"`));
    }
  }
  const attributes = names.map((one) => `  ${one} = (import ./${one} { inherit pkgs uv-fod; }).small;\n`);
  await writeFile(
    path.join(root, 'default.nix'),
    `{\n  pkgs ? import <nixpkgs> { },\n  uv-fod ? import <uv-fod> { inherit pkgs; },\n}:\n{\n${attributes.join('')}}\n`,
  );
  const releases = `releases = { github = "${name}", tag = "v{version}", minimum-release-age = "0 days" }`;
  const packages = names.map((one) => `[[package]]\nattribute = "${one}"\n${releases}\n`);
  await mkdir(path.join(root, '.github'), { recursive: true });
  await writeFile(path.join(root, '.github/uv-fod.toml'), packages.join('\n'));
  return repository.push(`${count} packages that are current`);
}
