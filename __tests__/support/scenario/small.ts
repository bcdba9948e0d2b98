import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from '@jest/globals';
import { run, runText } from '../nix/run.ts';
import { checkout } from '../runner/runner.ts';
import { Repository } from './repository.ts';

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

export const nixPath = `nixpkgs=${checkout}/nix/testing:uv-fod=${checkout}/nix`;

/** Runs the built command line in a folder. */
export function uvFod(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}) {
  return run(process.execPath, [path.join(checkout, 'dist/cli.js'), ...args], {
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

export interface SmallProject {
  readonly repository: Repository;
  readonly pinned: string;
  readonly bumped: string;
}

/** The first one that a file of tests asks for; the others are copies of it, because locking and pinning it takes seconds. */
let first: Promise<{ readonly dir: string } & SmallProject> | undefined;
afterAll(async () => {
  if (first) await rm((await first).dir, { recursive: true, force: true });
});

/** A repository with the project pinned, and six 1.16.0 → 1.17.0 on top that nobody computed a hash for. */
export async function makeSmall(dir: string): Promise<SmallProject> {
  first ??= makeFirst();
  const { dir: from, pinned, bumped } = await first;
  return { repository: await Repository.copy(from, dir), pinned, bumped };
}

async function makeFirst(): Promise<{ readonly dir: string } & SmallProject> {
  const dir = await mkdtemp(path.join(tmpdir(), 'small-'));
  const repository = await Repository.create(dir);
  await writeSmall(repository.work);
  const { code, stderr } = await uvFod(['update', 'small', '--no-verify'], repository.work);
  if (code !== 0) throw new Error(`uv-fod update ended with ${code}:\n${stderr}`);
  const pinned = await repository.push('Pin the dependencies');
  await lockSmall(repository.work, '1.17.0');
  return { dir, repository, pinned, bumped: await repository.push('Bump six to 1.17.0') };
}

/** Changes a file of the working tree. */
export async function edit(
  repository: Repository,
  file: string,
  change: (text: string) => string,
): Promise<void> {
  const full = path.join(repository.work, file);
  const before = await readFile(full, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`the change leaves ${file} as it is`);
  await writeFile(full, after);
}
