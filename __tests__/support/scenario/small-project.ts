import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run, runText } from '../nix/run.ts';
import { checkout } from '../runner/runner.ts';

/** A project of two packages, both wheels: everything takes seconds. */
const pyproject = (six: string, iniconfig: string): string => `[project]
name = "small"
version = "1.0"
requires-python = ">=3.13"
dependencies = ["six==${six}", "iniconfig==${iniconfig}"]

[tool.uv]
package = false
`;

/** Its derivation, with a hash that is still to be computed. */
export const smallDerivation = `{
  pkgs ? import <nixpkgs> { },
  uv-fod ? import <uv-fod> { inherit pkgs; },
}:
rec {
  uvDeps = uv-fod.fetchUvDeps {
    src = ./.;
    target = { python = "3.14.8"; libc = "glibc:2.39"; };
    buildLock = ./uv-fod.lock.json;
    hash = "";
  };
  small = uv-fod.buildUvEnv {
    pname = "small";
    version = "1.0";
    src = ./.;
    inherit uvDeps;
    buildLock = ./uv-fod.lock.json;
    pythonImportsCheck = [ "six" "iniconfig" ];
  };
}
`;

export const nixPath = `nixpkgs=${checkout}/nix/testing:uv-fod=${checkout}/nix:machine=/opt/uv-fod`;

/**
 * Runs the built command line in a folder.
 * @param program folder with `dist/`; `cloneOfUvFod` makes one that `init` knows the commit of
 */
export function uvFod(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
  program = checkout,
) {
  return run(process.execPath, [path.join(program, 'dist/cli.js'), ...args], {
    cwd,
    env: { NIX_PATH: nixPath, ...env },
  });
}

/** Writes the project, locked by uv and not pinned yet. */
export async function writeSmall(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  await writeFile(path.join(dir, 'default.nix'), smallDerivation);
  await lockSmall(dir, '1.16.0');
}

/** Asks for other versions and has uv lock them. */
export async function lockSmall(dir: string, six: string, iniconfig = '2.1.0'): Promise<void> {
  await writeFile(path.join(dir, 'pyproject.toml'), pyproject(six, iniconfig));
  await runText('uv', ['lock', '--quiet', '--python', 'python3.14'], { cwd: dir });
}
