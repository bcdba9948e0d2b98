import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { getOctokit } from '../github/libraries.ts';
import { runText } from '../nix/run.ts';
import { Repository } from './repository.ts';
import { uvFod } from './small.ts';
import { type ActOptions, token, type World, worldOf } from './world.ts';

type Member = 'api' | 'worker';
const members: readonly Member[] = ['api', 'worker'];
type Dependencies = Partial<Record<Member, readonly string[]>>;

const pyproject = (member: string, dependencies: readonly string[]): string => `[project]
name = "${member}"
version = "1.0"
requires-python = ">=3.13"
dependencies = ${JSON.stringify(dependencies)}

[tool.uv]
package = false
`;

const derivation = (member: Member): string => `  ${member} = uv-fod.buildUvEnv {
    pname = "${member}";
    version = "1.0";
    src = ./.;
    buildLock = ./${member}.lock.json;
    uvDeps = uv-fod.fetchUvDeps {
      target = { python = "3.14.8"; libc = "glibc:2.39"; packages = [ "${member}" ]; };
      src = ./.;
      hash = "";
    };
    pythonImportsCheck = [ "six" ];
  };
`;

/** Two packages, the members of one workspace with one uv.lock. */
export interface Monorepo extends World {
  /** Writes what members depend on, and has uv lock it. */
  depend(dependencies: Dependencies): Promise<void>;
  /** Puts both into one group, or into none. */
  group(name?: string): Promise<void>;
  /** One run for the push of main's head; `before` is the head before it. */
  run(before: string, inputs?: Readonly<Record<string, string>>, more?: ActOptions): ReturnType<World['act']>;
  /** Body of the open pull request on a branch. */
  body(branch: string): Promise<string>;
}

export async function makeMonorepo(): Promise<Monorepo> {
  const world = await worldOf(make);
  const { work } = world.repository;
  return {
    ...world,
    depend: (dependencies) => depend(work, dependencies),
    group: (name) => configure(work, name),
    run: (before, inputs = {}, more = {}) =>
      world.act({ ...more, before, inputs: { attribute: '', verify: 'false', ...inputs } }),
    body: async (branch) => {
      const { rest } = getOctokit(token, { baseUrl: world.github.url });
      const { data } = await rest.pulls.list({ owner: 'you', repo: 'small', state: 'open' });
      return data.find(({ head }) => head.ref === branch)?.body ?? '';
    },
  };
}

async function make(dir: string) {
  const repository = await Repository.create(dir);
  const { work } = repository;
  const top = `{
  pkgs ? import <nixpkgs> { },
  uv-fod ? import <uv-fod> { inherit pkgs; },
}:
{
${members.map(derivation).join('')}}
`;
  await writeFile(path.join(work, 'default.nix'), top);
  await writeFile(
    path.join(work, 'pyproject.toml'),
    `[tool.uv.workspace]\nmembers = ${JSON.stringify(members)}\n`,
  );
  await depend(work, { api: ['six==1.16.0'], worker: ['six==1.16.0'] });
  await configure(work);
  const { code, stderr } = await uvFod(['update', '--no-verify'], work);
  if (code !== 0) throw new Error(`uv-fod update ended with ${code}:\n${stderr}`);
  const pinned = await repository.push('Pin the dependencies');
  return { repository, pinned, bumped: pinned };
}

async function depend(work: string, dependencies: Dependencies): Promise<void> {
  for (const [member, list] of Object.entries(dependencies)) {
    await mkdir(path.join(work, member), { recursive: true });
    await writeFile(path.join(work, member, 'pyproject.toml'), pyproject(member, list));
  }
  await runText('uv', ['lock', '--quiet', '--python', 'python3.14'], { cwd: work });
}

async function configure(work: string, group?: string): Promise<void> {
  await mkdir(path.join(work, '.github'), { recursive: true });
  const more = group === undefined ? '' : `group = "${group}"\n`;
  const texts = members.map((one) => `[[package]]\nattribute = "${one}"\n${more}`);
  await writeFile(path.join(work, '.github/uv-fod.toml'), texts.join('\n'));
}

/** The result of `mode: compute` in a checkout. */
export const resultIn = (workspace: string): Promise<string> =>
  readFile(path.join(workspace, 'uv-fod-result.json'), 'utf8');
