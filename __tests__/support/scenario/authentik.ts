import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bumpDependency, copyAuthentik, lockAuthentik } from '../nix/authentik.ts';
import { type GitSource, serveOpencontainers } from '../nix/git-source.ts';
import { run } from '../nix/run.ts';
import { checkout } from '../runner/runner.ts';
import { Repository } from './repository.ts';

/** The derivation that a user of this project writes. */
const derivation = `# authentik's Python backend, from uv.lock.
{
  pkgs ? import <nixpkgs> { },
  uv-fod ? import <uv-fod> { inherit pkgs; },
}:
{
  authentik-django = uv-fod.authentik-django {
    src = ./authentik;
    hash = "";
    buildLock = ./uv-fod.lock.json;
  };
}
`;

export interface AuthentikProject {
  readonly repository: Repository;
  /** Stands in for opencontainers' repository. */
  readonly source: GitSource;
  /** Commit with a pinned derivation. */
  readonly pinned: string;
  /** Commit on top, whose uv.lock has moved on and whose derivation has not. */
  readonly bumped: string;
}

/**
 * The port of the stand-in, the same each time so that the same lock gives the same derivations:
 * nothing is built twice.
 */
const sourcePort = 41_703;

/**
 * Makes a repository as its owner would: source, lock by uv, a derivation with no hash yet that
 * `uv-fod update` pins; then a bump of one dependency whose hash nobody computed.
 * @param say called with what is being done
 * @param onOutput called with what `uv-fod update` prints, as it prints it
 */
export async function makeAuthentik(
  dir: string,
  say: (text: string) => void,
  onOutput: (text: string) => void = () => {},
): Promise<AuthentikProject> {
  const source = await serveOpencontainers(path.join(dir, 'git'), sourcePort);
  try {
    const repository = await Repository.create(dir);
    const project = path.join(repository.work, 'authentik');
    await copyAuthentik(project, source);
    say('uv locks the dependencies of the authentik-shaped source');
    await lockAuthentik(project);
    await writeFile(path.join(repository.work, 'default.nix'), derivation);
    say('uv-fod update pins the derivation for the first time');
    await pin(repository, onOutput);
    const pinned = await repository.push('authentik 2026.2.0 with its dependencies pinned');
    say('uv locks a bump: djangorestframework 3.16.1 → 3.17.1');
    await bumpDependency(project, 'djangorestframework==3.16.1', 'djangorestframework==3.17.1');
    const bumped = await repository.push('Bump djangorestframework to 3.17.1');
    return { repository, source, pinned, bumped };
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function pin({ work }: Repository, onError: (text: string) => void): Promise<void> {
  const args = ['update', 'authentik-django', '--no-verify'];
  const env = { NIX_PATH: `nixpkgs=${checkout}/nix/testing:uv-fod=${checkout}/nix` };
  const { code, stderr } = await run(process.execPath, [path.join(checkout, 'dist/cli.js'), ...args], {
    cwd: work,
    env,
    onError,
  });
  if (code !== 0) throw new Error(`uv-fod ${args.join(' ')} ended with ${code}:\n${stderr}`);
}
