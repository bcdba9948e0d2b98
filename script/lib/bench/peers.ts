import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { environment } from '../../../__tests__/support/nix/nix.ts';
import { run } from '../../../__tests__/support/nix/run.ts';
import { type Figure, type Group, ms } from './figures.ts';
import { measure, wall } from './measure.ts';
import { dist, type Project, python, systems } from './project.ts';

/** What people do today for the same hash, each for real and beside ours, without a goal. */
export async function peersGroup(project: Project, dir: string): Promise<Group> {
  const loop = await prefetchLoop(project, dir);
  return { figures: [loop], notes: [...(await uvSync(project, dir)), await nixUpdate(project, dir)] };
}

/** One `nix-prefetch-url` for each wheel, several at a time, as scripts that write a hash for each artifact do it. */
async function prefetchLoop(project: Project, dir: string): Promise<Figure> {
  const [atOnce, rounds] = [8, 3];
  const urls = path.join(dir, 'urls');
  await writeFile(urls, project.wheels.map(({ url }) => `${url}\n`).join(''));
  const cache = path.join(dir, 'cold');
  const hash = ['hash', '--project', project.dir, '--python', python, '--system', systems[0]];
  const samples = await measure(
    [
      {
        ...{ name: 'prefetch', cwd: dir },
        command: ['xargs', '-a', urls, '-d', '\n', '-n', '1', '-P', String(atOnce), 'nix-prefetch-url'],
      },
      {
        ...{ name: 'ours', cwd: dir, command: [process.execPath, path.join(dist, 'cli.js'), ...hash] },
        env: { XDG_CACHE_HOME: cache },
        prepare: () => rm(cache, { recursive: true, force: true }),
      },
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

/** A fixed output that runs `uv sync`, twice from nothing: its time, and whether its hash stays the same. */
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
        `A \`uv sync\` fixed output did not build here: ${stderr.trim().split('\n').slice(-3).join(' ')}`,
      ];
    results.push({ seconds: (performance.now() - started) / 1000, hash });
  }
  const told = results.map(({ seconds, hash }) => `${seconds.toFixed(0)} s → \`${hash}\``).join(', ');
  const verdict =
    results[0]?.hash === results[1]?.hash ? 'the same hash twice' : 'two hashes of the same inputs';
  return [
    `A fixed output that runs \`uv sync\` (script/lib/bench/peers/uv-sync.nix), built twice: ${told}; ${verdict}.`,
  ];
}

/** nix-update on the real fixed output, where the machine has it. */
async function nixUpdate(project: Project, dir: string): Promise<string> {
  if ((await run('bash', ['-c', 'command -v nix-update'])).code !== 0)
    return 'nix-update is not on this machine, nor on PyPI: not measured.';
  const folder = path.join(dir, 'nix-update');
  await mkdir(folder);
  await writeFile(
    path.join(folder, 'default.nix'),
    `{ pkgs ? import <nixpkgs> { } }:
{
  uvDeps = (import <uv-fod> { inherit pkgs; }).fetchUvDeps {
    src = ${project.dir};
    pname = "nix-update-${randomUUID().slice(0, 8)}";
    version = "1.0";
    target = { python = "${python}"; libc = "glibc:2.39"; };
    hash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  };
}
`,
  );
  const started = performance.now();
  const { code, stderr } = await run('nix-update', ['--version=skip', 'uvDeps'], {
    cwd: folder,
    env: environment,
  });
  return code === 0
    ? `nix-update on the same fixed output: ${((performance.now() - started) / 1000).toFixed(1)} s.`
    : `nix-update is on this machine and ended with ${code}: ${stderr.trim().split('\n').slice(-2).join(' ')}`;
}
