import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { environment } from '../../../__tests__/support/nix/nix.ts';
import { run } from '../../../__tests__/support/nix/run.ts';
import { fakeHash } from '../../../src/system/sri.ts';
import { type Figure, type Group, ms } from './figures.ts';
import { type Case, measure, wall } from './measure.ts';
import { dist, type Project, python, systems } from './project.ts';

/** Other ways to get the same hash today, each measured and compared with ours. */
export async function peersGroup(project: Project, dir: string): Promise<Group> {
  const loop = await prefetchLoop(project, dir);
  const updated = await nixUpdate(project, dir);
  return {
    figures: [loop, ...updated.figures],
    notes: [...(await uvSync(project, dir)), ...updated.notes],
  };
}

/** Our hash, with nothing in the cache. */
function coldHash(project: Project, dir: string): Case {
  const cache = path.join(dir, 'cold');
  const hash = ['hash', '--project', project.dir, '--python', python, '--system', systems[0]];
  return {
    ...{ name: 'ours', cwd: dir, command: [process.execPath, path.join(dist, 'cli.js'), ...hash] },
    env: { XDG_CACHE_HOME: cache },
    prepare: () => rm(cache, { recursive: true, force: true }),
  };
}

/**
 * One `nix-prefetch-url` for each wheel, several at a time, as scripts that write a hash for each
 * artifact do it.
 */
async function prefetchLoop(project: Project, dir: string): Promise<Figure> {
  const [atOnce, rounds] = [8, 3];
  const urls = path.join(dir, 'urls');
  await writeFile(urls, project.wheels.map(({ url }) => `${url}\n`).join(''));
  const samples = await measure(
    [
      {
        ...{ name: 'prefetch', cwd: dir },
        command: ['xargs', '-a', urls, '-d', '\n', '-n', '1', '-P', String(atOnce), 'nix-prefetch-url'],
      },
      coldHash(project, dir),
    ],
    rounds,
  );
  const [theirs, ours] = [wall(samples.get('prefetch')), wall(samples.get('ours'))];
  return {
    ...{ name: 'prefetch-loop-vs-native-hash', ratio: theirs / ours },
    what: `\`nix-prefetch-url\` for each wheel, ${atOnce} at once / cold \`uv-fod hash\`, ${rounds} rounds`,
    detail: `${ms(theirs)} / ${ms(ours)}`,
  };
}

/** A FOD that runs `uv sync`, twice from scratch: its time, and whether its hash stays the same. */
async function uvSync(project: Project, dir: string): Promise<string[]> {
  const peer = path.join(import.meta.dirname, 'peers/uv-sync.nix');
  const results: { seconds: number; hash: string }[] = [];
  for (const turn of ['one', 'two']) {
    const name = `${turn}-${randomUUID().slice(0, 8)}`;
    const started = performance.now();
    const args = ['--no-out-link', peer, '--argstr', 'name', name, '--argstr', 'src', project.dir];
    const { stderr } = await run('nix-build', args, { cwd: dir, env: environment });
    const hash = /^\s*got:\s+(sha256-\S+)/m.exec(stderr)?.[1];
    if (!hash)
      return [
        `A FOD that runs \`uv sync\` did not build here: ${stderr.trim().split('\n').slice(-3).join(' ')}`,
      ];
    results.push({ seconds: (performance.now() - started) / 1000, hash });
  }
  const outcomes = results.map(({ seconds, hash }) => `${seconds.toFixed(0)} s → \`${hash}\``).join(', ');
  const verdict =
    results[0]?.hash === results[1]?.hash ? 'the same hash twice' : 'two hashes of the same inputs';
  return [
    `A FOD that runs \`uv sync\` (script/lib/bench/peers/uv-sync.nix), built twice: ${outcomes}; ${verdict}.`,
  ];
}

/**
 * nix-update on the real FOD, if the machine has it: on PATH, or as UV_FOD_NIX_UPDATE names it. It
 * builds the FOD with a fake hash and writes the one that Nix reports.
 */
async function nixUpdate(project: Project, dir: string): Promise<Group> {
  const program = process.env.UV_FOD_NIX_UPDATE ?? 'nix-update';
  if ((await run('bash', ['-c', 'command -v -- "$1"', 'bash', program])).code !== 0)
    return { figures: [], notes: ['hash-vs-nix-update was not run: nix-update is not on PATH.'] };
  const folder = path.join(dir, 'nix-update');
  const file = path.join(folder, 'default.nix');
  await mkdir(path.join(folder, 'src'), { recursive: true });
  const samples = await measure(
    [
      {
        ...{ name: 'nix-update', cwd: folder, env: environment },
        command: [program, '--version=skip', '--custom-dep', 'uvDeps', 'it'],
        prepare: () => writeFile(file, withoutHash(project)),
      },
      coldHash(project, dir),
    ],
    5,
  );
  const text = await readFile(file, 'utf8');
  if (text.includes(fakeHash)) throw new Error(`nix-update left ${file} as it was`);
  const [theirs, ours] = [wall(samples.get('nix-update')), wall(samples.get('ours'))];
  const figure = {
    ...{ name: 'hash-vs-nix-update', goal: 1.0, ratio: ours / theirs },
    what: 'cold `uv-fod hash` / nix-update of the same FOD, 5 rounds',
    detail: `${ms(ours)} / ${ms(theirs)}`,
  };
  return { figures: [figure], notes: [] };
}

/** A package with the FOD as `passthru.uvDeps`, under a new name each time. */
const withoutHash = (project: Project): string => `{ pkgs ? import <nixpkgs> { } }:
{
  it = pkgs.stdenv.mkDerivation {
    pname = "it";
    version = "1.0";
    src = ./src;
    passthru.uvDeps = (import <uv-fod> { inherit pkgs; }).fetchUvDeps {
      src = ${project.dir};
      pname = "nix-update-${randomUUID().slice(0, 8)}";
      target = { python = "${python}"; libc = "glibc:2.39"; };
      hash = "${fakeHash}";
    };
  };
}
`;
