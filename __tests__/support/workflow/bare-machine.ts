import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type OtherStore, otherStore } from '../nix/other-store.ts';
import { scratch } from '../nix/project.ts';
import { runText } from '../nix/run.ts';
import { Repository } from '../scenario/repository.ts';
import { edit, uvFod, writeSmall } from '../scenario/small.ts';
import { makeRunner, type Ran, type Runner } from './act.ts';

/** Runs of workflows, each on a machine that has nothing: neither store nor caches. */
export interface BareMachines {
  readonly runner: Runner;
  /** Commits another version of iniconfig, which is a wheel; six, which is built, stays. */
  bump(version: string): Promise<void>;
  /** Runs a workflow on the head of main. */
  run(workflow: string): Promise<RanThere>;
  close(): Promise<void>;
}

export interface RanThere extends Ran {
  /** Names of derivations that were built there. */
  readonly built: readonly string[];
  /** Names of what a `post-build-hook` was told of. */
  readonly hooked: readonly string[];
  /** Names of what is in the store afterwards. */
  readonly left: readonly string[];
  /** The store, until all are closed. */
  readonly store: OtherStore;
}

/** @param workflows text of each, by file name */
export async function bareMachines(workflows: Readonly<Record<string, string>>): Promise<BareMachines> {
  const { dir, remove } = await scratch('bare-machine');
  const repository = await makeProject(dir);
  const folder = path.join(repository.work, '.github/workflows');
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(workflows)) await writeFile(path.join(folder, name), text);
  await repository.push('Pin the dependencies');
  const hook = path.join(dir, 'hook');
  await writeFile(hook, `#!/bin/sh\necho "$OUT_PATHS" >>${dir}/hooked\n`);
  await chmod(hook, 0o755);
  const runner = await makeRunner();
  const stores: OtherStore[] = [];
  return {
    runner,
    bump: (version) => bump(repository, version),
    run: async (workflow) => {
      const store = await otherStore('bare-machine');
      stores.push(store);
      return runOn(store, { dir, repository, runner, workflow, runId: stores.length });
    },
    close: async () => {
      await runner.close();
      for (const store of stores) await store.remove();
      await remove();
    },
  };
}

/** The small project, with six from its sdist, which takes so long that it is worth being kept. */
async function makeProject(dir: string): Promise<Repository> {
  const repository = await Repository.create(dir);
  await writeSmall(repository.work);
  await edit(repository, 'pyproject.toml', (text) => `${text}no-binary-package = ["six"]\n`);
  await edit(repository, 'default.nix', (text) =>
    text.replace('pname = "small";', 'pname = "small";\n    nativeInputs.six.preBuild = "sleep 12";'),
  );
  await lock(repository);
  const { code, stderr } = await uvFod(['update', 'small', '--no-verify'], repository.work);
  if (code !== 0) throw new Error(stderr);
  return repository;
}

async function bump(repository: Repository, version: string): Promise<void> {
  await edit(repository, 'pyproject.toml', (text) =>
    text.replace(/iniconfig==[\d.]+/, `iniconfig==${version}`),
  );
  await lock(repository);
  await repository.push(`Bump iniconfig to ${version}`);
}

const lock = ({ work }: Repository): Promise<string> =>
  runText('uv', ['lock', '--quiet', '--python', 'python3.14'], { cwd: work });

interface Place {
  readonly dir: string;
  readonly repository: Repository;
  readonly runner: Runner;
  readonly workflow: string;
  readonly runId: number;
}

async function runOn(
  store: OtherStore,
  { dir, repository: { work, bare }, runner, workflow, runId }: Place,
): Promise<RanThere> {
  const [home, hooked] = [path.join(dir, 'home'), path.join(dir, 'hooked')];
  await rm(home, { recursive: true, force: true });
  await writeFile(hooked, '');
  const sha = await runText('git', ['-C', bare, 'rev-parse', 'refs/heads/main']);
  const ran = await runner.run({
    ...{ workflow, eventName: 'push', event: { ref: 'refs/heads/main', after: sha }, sha, work, bare },
    ...{ ref: 'refs/heads/main', repository: 'you/small', github: 'http://127.0.0.1:9', token: 'a-token' },
    ...{ runId, store },
    env: {
      ...{ XDG_CACHE_HOME: home, RUNNER_ENVIRONMENT: 'github-hosted' },
      NIX_CONFIG: `post-build-hook = ${dir}/hook`,
    },
  });
  return {
    ...ran,
    store,
    built: names([...ran.log.matchAll(/building '(\S+)\.drv'/g)].map(([, one = '']) => one)),
    hooked: names((await readFile(hooked, 'utf8')).split(/\s+/)),
    left: names(await readdir(path.join(store.dir, 'store'))),
  };
}

/** Of store paths, without the digest. */
const names = (paths: readonly string[]): string[] => paths.map((one) => path.basename(one).slice(33));
