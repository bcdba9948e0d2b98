import { mkdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** An environment with git and curl, which every runner has, and with neither Nix nor uv. */
export async function onlyGit(): Promise<Record<string, string>> {
  const only = path.join(tmpdir(), `only-git-${process.pid}`);
  await rm(only, { recursive: true, force: true });
  await mkdir(only);
  for (const name of ['git', 'curl']) await symlink(`/usr/bin/${name}`, path.join(only, name));
  return { PATH: only };
}
