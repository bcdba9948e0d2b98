import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { copyAuthentik, lockAuthentik } from './authentik.ts';
import { type GitSource, serveOpencontainers } from './git-source.ts';
import { pin, scratch } from './project.ts';

/**
 * authentik's derivation over the authentik-shaped source, pinned; `source` serves opencontainers
 * while a test may build.
 */
export interface AuthentikPackage {
  /** Holds default.nix, uv-fod.lock.json and the source in `authentik/`. */
  readonly dir: string;
  close(): Promise<void>;
}

const derivation = `{ pkgs ? import <nixpkgs> { }, uv-fod ? import <uv-fod> { inherit pkgs; }, more ? { } }:
{
  authentik-django = uv-fod.authentik-django ({
    src = ./authentik;
    hash = "";
    buildLock = ./uv-fod.lock.json;
  } // more);
}
`;

/**
 * Makes the package in a folder of its own: locked by uv, pinned by the built command line, not
 * built yet.
 */
export async function makeAuthentikPackage(): Promise<AuthentikPackage> {
  const { dir, remove } = await scratch('authentik');
  const source: GitSource = await serveOpencontainers(path.join(dir, 'git'));
  const close = async (): Promise<void> => {
    await source.close();
    await remove();
  };
  try {
    await copyAuthentik(path.join(dir, 'authentik'), source);
    await lockAuthentik(path.join(dir, 'authentik'));
    await writeFile(path.join(dir, 'default.nix'), derivation);
    await pin(dir, 'authentik-django');
    return { dir, close };
  } catch (error) {
    await close();
    throw error;
  }
}
