import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runText } from '../nix/run.ts';
import { checkout } from '../runner/runner.ts';
import { copyExample, pinOwn, replaceIn } from './own-derivation.ts';
import { Repository } from './repository.ts';
import { lockSmall, type SmallProject } from './small.ts';

/**
 * The kinds of which two runs give the same, each in a folder of its own, and their configuration.
 */
const config = `[pull-request]
branch = "uv-fod/all"

[groups.all]

[[package]]
name = "target"
group = "all"
attribute = "app"
nix = { file = "target/default.nix" }
imports = ["six"]

[[package]]
name = "pip"
group = "all"
attribute = "app"
nix = { file = "pip/default.nix" }
imports = ["six"]

[[package]]
name = "flake"
group = "all"
attribute = "app"
nix = { flake = "flake" }
dependencies = ".pythonDeps"
imports = ["six"]

[[package]]
name = "no-lock"
group = "all"
attribute = "app"
nix = { file = "no-lock/default.nix" }
dependencies = "pythonDeps"
imports = ["six"]

[[package]]
name = "ui"
group = "all"
attribute = "ui"
nix = { file = "npm/default.nix" }

[[package]]
name = "server"
group = "all"
attribute = "server"
nix = { file = "go/default.nix" }
`;

/** All of them pinned, and another version of something in each on top. */
export async function makeShapes(dir: string): Promise<SmallProject> {
  const repository = await Repository.create(dir);
  const { work } = repository;
  const at = (...parts: string[]): string => path.join(work, ...parts);
  const example = (name: string, to = name): Promise<void> => copyExample(`own-derivation/${name}`, at(to));
  await mkdir(at('target'), { recursive: true });
  for (const file of ['default.nix', 'pyproject.toml'])
    await cp(path.join(checkout, 'examples/own-derivation', file), at('target', file));
  for (const to of ['pip', 'flake']) await example('pip-download', to);
  await rm(at('flake/default.nix'));
  await rm(at('pip/flake.nix'));
  await replaceIn(at('flake/flake.nix'), /github:[^"]*/, `path:${checkout}/nix/testing`);
  for (const name of ['no-lock', 'npm', 'go']) await example(name);
  await mkdir(at('.github'));
  await writeFile(at('.github/uv-fod.toml'), config);
  await lockShapes(work, 'before');
  await repository.push('Derivations without hashes');
  await pinOwn(work, '--no-verify');
  const pinned = await repository.push('Pin them');
  await lockShapes(work, 'after');
  return { repository, pinned, bumped: await repository.push('Bump everything') };
}

/** Locks as their package managers write them, with a real file each. */
async function lockShapes(work: string, which: 'before' | 'after'): Promise<void> {
  const six = which === 'before' ? '1.16.0' : '1.17.0';
  for (const one of ['target', 'pip', 'flake']) await lockSmall(path.join(work, one), six);
  for (const one of ['pip', 'flake']) {
    const to = ['--output-file', 'requirements.txt'];
    await runText('uv', ['export', '--quiet', '--frozen', '--no-emit-project', ...to], {
      cwd: path.join(work, one),
    });
  }
  const noLock = path.join(work, 'no-lock/default.nix');
  await writeFile(noLock, (await readFile(noLock, 'utf8')).replace(/six==[\d.]+/, `six==${six}`));
  await writeFile(
    path.join(work, 'npm/package-lock.json'),
    await npmLock(which === 'before' ? 'diff' : 'yaml'),
  );
  const uuid = which === 'before' ? 'v1.5.0' : 'v1.6.0';
  const sum = `github.com/google/uuid ${uuid}`;
  await writeFile(path.join(work, 'go/go.sum'), `${sum} h1:x=\n${sum}/go.mod h1:x=\n`);
}

/** A lock with a package of this repository's own. */
async function npmLock(name: string): Promise<string> {
  const text = await readFile(path.join(checkout, 'package-lock.json'), 'utf8');
  const own = (JSON.parse(text) as { packages: Record<string, object> }).packages[`node_modules/${name}`];
  if (!own) throw new Error(`package-lock.json has no ${name}`);
  const packages = { [`node_modules/${name}`]: own };
  return `${JSON.stringify({ lockfileVersion: 3, packages }, null, 2)}\n`;
}
