import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bumpDependency } from '../../../__tests__/support/nix/authentik.ts';
import { makeAuthentikPackage } from '../../../__tests__/support/nix/authentik-package.ts';
import { built, environment, evaluated } from '../../../__tests__/support/nix/nix.ts';
import { run } from '../../../__tests__/support/nix/run.ts';
import type { Group } from './figures.ts';
import { importFigure } from './imports.ts';
import { measure, median, type Sample, wall } from './measure.ts';
import { dist } from './project.ts';

const peers = path.join(import.meta.dirname, 'peers');
/** For all cases, as installers of Nix for CI set it; Nix's default is one build at a time. */
const nix = { ...environment, NIX_CONFIG: 'max-jobs = auto' };
/**
 * What Nix builds after a bump of a small wheel; `uv-fod update` always builds the FOD from
 * scratch.
 */
const bumped = ['authentik-django-third-party', 'authentik-django', 'authentik-source', 'authentik-wheel'];

/**
 * Measures builds of authentik-django, with everything downloaded before: a full build, and a bump
 * of one wheel from the changed lock to the import check, each compared with one derivation that
 * does everything; and the time of imports from the output.
 * @param token makes this run's builds differ from earlier ones, which the store may still have
 */
export async function buildsGroup(dir: string, rounds: number, token: string): Promise<Group> {
  const made = await makeAuthentikPackage();
  const bump = path.join(dir, 'bump');
  const full = (round: number) => fullBuild(made.dir, `${token}-${round}`);
  const single = (round: number) => singleBuild(made.dir, `${token}-${round}`);
  try {
    // Once and not counted: downloads, and the sdists that a bump of wheels does not build.
    const [out = ''] = await built(['-A', 'authentik-django'], made.dir);
    const samples = await measure(
      [
        {
          ...{ name: 'full', command: [], cwd: made.dir, env: nix },
          commandOf: (round) => ['nix-build', '--no-out-link', '--expr', full(round)],
        },
        {
          ...{ name: 'bump', cwd: bump, env: nix },
          command: [process.execPath, path.join(dist, 'cli.js'), 'update', 'authentik-django'],
          prepare: (round) => makeBump(made.dir, bump, `${token}-${round}`),
        },
        {
          ...{ name: 'single', command: [], cwd: made.dir, env: nix },
          commandOf: (round) => ['nix-build', '--no-out-link', '--expr', single(round)],
        },
      ],
      rounds,
    );
    const imports = await importFigure(made.dir, out, dir);
    const again = (round: number) =>
      `(import ${bump} { pkgs = ${onlyBumped(`${token}-${round}`)}; }).authentik-django`;
    const builds = Array.from({ length: rounds }, (_, round) => [again(round), full(round), single(round)]);
    await forget(builds.flat(), dir);
    return { figures: [...buildFigures(samples), imports], notes: [note(rounds)] };
  } finally {
    await made.close();
  }
}

const fullBuild = (project: string, salt: string): string =>
  `(import ${project} { pkgs = import ${peers}/salted.nix { salt = "${salt}"; }; }).authentik-django`;

const singleBuild = (project: string, salt: string): string =>
  `let pkgs = import <nixpkgs> { }; in import ${peers}/single.nix { inherit pkgs; package = (import ${project} { inherit pkgs; }).authentik-django; src = ${project}/authentik; salt = "${salt}"; }`;

/** A nixpkgs in which everything that a bump changes is new to Nix. */
function onlyBumped(salt: string): string {
  const only = bumped.map((name) => `"${name}"`).join(' ');
  return `import ${peers}/salted.nix { salt = "${salt}"; only = [ ${only} ]; }`;
}

/**
 * The same project with a newer wheel in its lock, whose hash was not computed, and in which
 * everything that changes is new to Nix.
 */
async function makeBump(from: string, dir: string, salt: string): Promise<void> {
  await rm(dir, { recursive: true, force: true });
  for (const name of ['authentik', 'default.nix', 'uv-fod.lock.json'])
    await cp(path.join(from, name), path.join(dir, name), { recursive: true });
  const file = path.join(dir, 'default.nix');
  await writeFile(file, (await readFile(file, 'utf8')).replace('import <nixpkgs> { }', onlyBumped(salt)));
  await bumpDependency(
    path.join(dir, 'authentik'),
    'djangorestframework==3.16.1',
    'djangorestframework==3.17.1',
  );
}

/**
 * Deletes outputs of half a gigabyte each from the store, except what others need. Called after all
 * measurements, because creating files right after deleting others is slower (docs/benchmarks.md,
 * "Recently deleted files").
 */
async function forget(expressions: readonly string[], cwd: string): Promise<void> {
  const all = expressions.map((one) => `(let it = ${one}; in [ it.outPath ] ++ parts it)`).join(' ++ ');
  const parts =
    'it: if it ? thirdParty then map (one: one.outPath) ([ it.thirdParty ] ++ builtins.attrValues it.apart) else [ ]';
  const found = (await evaluated(`let parts = ${parts}; in ${all}`, cwd)) as string[];
  for (const one of found) await run('nix-store', ['--delete', one]);
}

function buildFigures(samples: ReadonlyMap<string, Sample[]>): Group['figures'] {
  const of = (name: string): Sample[] => samples.get(name) ?? [];
  const processor = (name: string): number => median(of(name).map((one) => one.processor));
  const compare = (name: string) => ({
    ratio: wall(of(name)) / wall(of('single')),
    detail: `${wall(of(name)).toFixed(1)} s / ${wall(of('single')).toFixed(1)} s; processor time ${processor(name).toFixed(0)} s / ${processor('single').toFixed(0)} s`,
  });
  return [
    {
      ...{ name: 'full-build-vs-single', goal: 0.85, ...compare('full') },
      what: '`nix-build` of authentik-django, everything downloaded / one derivation that installs it all with build isolation (script/lib/bench/peers/single.nix)',
    },
    {
      ...{ name: 'wheels-bump-vs-single', goal: 0.18, ...compare('bump') },
      what: '`uv-fod update` after a bump of one wheel: hash twice, patch, build, import / the same',
    },
  ];
}

const note = (rounds: number): string =>
  `Builds: median of ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, each from scratch except for downloads (wheels, sdists, build requirements: inputs of both sides), with Nix's \`max-jobs = auto\` for both. The bump downloads its wheels anew, the single derivation does not.`;
