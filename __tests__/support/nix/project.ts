import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkout, tail } from './nix.ts';
import { run, runText } from './run.ts';

/** A folder for one test file, gone afterwards. */
export async function scratch(name: string): Promise<{ dir: string; remove: () => Promise<void> }> {
  const dir = await mkdtemp(path.join(tmpdir(), `uv-fod-${name}-`));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

/** Writes files by their paths relative to `dir`. */
export async function writeFiles(dir: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(dir, file)), { recursive: true });
    await writeFile(path.join(dir, file), text);
  }
}

/** Has uv lock a project. */
export async function lock(dir: string, ...args: string[]): Promise<void> {
  await runText('uv', ['lock', '--quiet', '--python', 'python3.14', ...args], { cwd: dir });
}

/** The text of a derivation of a project in `./project`: what docs/nix.md tells a user to write. */
export function derivation(more: { deps?: string; env?: string; hash?: string } = {}): string {
  return `{ pkgs ? import <nixpkgs> { }, uv-fod ? import <uv-fod> { inherit pkgs; } }:
rec {
  uvDeps = uv-fod.fetchUvDeps {
    src = ./project;
    target = { python = "3.14.8"; libc = "glibc:2.39"; ${more.deps ?? ''} };
    buildLock = ./uv-fod.lock.json;
    hash = "${more.hash ?? ''}";
  };
  env = uv-fod.buildUvEnv {
    pname = "env";
    version = "1.0";
    src = ./project;
    inherit uvDeps;
    buildLock = ./uv-fod.lock.json;
    ${more.env ?? ''}
  };
}
`;
}

/**
 * Pins a derivation with the built command line: has Nix make its hash, once, and writes its build
 * lock.
 */
export async function pin(dir: string, attribute = 'env'): Promise<void> {
  const { code, stderr } = await update(dir, attribute, '--skip-second-derivation');
  if (code !== 0) throw new Error(`uv-fod update ${attribute} ended with ${code}:\n${tail(stderr)}`);
}

/** Runs `uv-fod update` without building the derivation. */
export function update(dir: string, attribute: string, ...options: string[]) {
  const program = path.join(checkout, 'dist/cli.js');
  return run(process.execPath, [program, 'update', attribute, '--no-verify', ...options], {
    cwd: dir,
    env: { NIX_PATH: `nixpkgs=${checkout}/nix/testing:uv-fod=${checkout}/nix` },
  });
}

/** A project of two wheels from the index. */
export const twoWheels = (six = '1.16.0'): string => `[project]
name = "two-wheels"
version = "1.0"
requires-python = ">=3.13"
dependencies = ["six==${six}", "iniconfig==2.1.0"]

[tool.uv]
package = false
`;
