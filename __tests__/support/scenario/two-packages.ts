import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runText } from '../nix/run.ts';

const pyproject = `[project]
name = "mono"
version = "1.0"
requires-python = ">=3.13"
dependencies = ["six==1.17.0"]

[dependency-groups]
jobs = ["iniconfig==2.1.0"]

[tool.uv]
package = false
`;

/** What `buildLock` is for each package. */
export type Locks = Readonly<Record<'api' | 'worker', string>>;

/** Their derivations, with hashes that are still to be computed. */
export const twoPackages = (locks: Locks): string => `{
  pkgs ? import <nixpkgs> { },
  uv-fod ? import <uv-fod> { inherit pkgs; },
}:
let
  target = { python = "3.14.8"; libc = "glibc:2.39"; };
in
{
  api = uv-fod.buildUvEnv {
    pname = "api";
    version = "1.0";
    src = ./.;
    buildLock = ${locks.api};
    uvDeps = uv-fod.fetchUvDeps { inherit target; src = ./.; hash = ""; };
    pythonImportsCheck = [ "six" ];
  };
  worker = uv-fod.buildUvEnv {
    pname = "worker";
    version = "1.0";
    src = ./.;
    buildLock = ${locks.worker};
    uvDeps = uv-fod.fetchUvDeps { target = target // { groups = [ "jobs" ]; }; src = ./.; hash = ""; };
    pythonImportsCheck = [ "iniconfig" ];
  };
}
`;

/** A repository with two packages over one uv.lock, and the configuration of both. */
export async function writeTwoPackages(root: string, locks: Locks): Promise<string> {
  await mkdir(path.join(root, '.github'), { recursive: true });
  await writeFile(path.join(root, 'pyproject.toml'), pyproject);
  await writeFile(path.join(root, 'default.nix'), twoPackages(locks));
  const packages = ['api', 'worker'].map((one) => `[[package]]\nattribute = "${one}"\n`);
  await writeFile(path.join(root, '.github/uv-fod.toml'), packages.join('\n'));
  await runText('uv', ['lock', '--quiet', '--python', 'python3.14'], { cwd: root });
  await runText('git', ['init', '--quiet', root]);
  return root;
}
