import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run, runText } from '../../../__tests__/support/nix/run.ts';
import { separateWheels } from '../../../src/build-lock/separate.ts';
import { type Group, ms } from './figures.ts';
import { type Case, measure, median, wall } from './measure.ts';
import { dist, type Project, python, systems } from './project.ts';

/** The least work for a hash: curl, all files at once, and Nix's own hash of the folder. */
export function floorCase(project: Project, dir: string): Case {
  const tree = path.join(dir, 'floor');
  const script =
    'curl --parallel --parallel-max 50 --silent --show-error --fail --config "$1" 2>/dev/null && nix hash path .';
  return {
    name: 'floor',
    command: ['bash', '-c', script, 'floor', project.curl],
    cwd: tree,
    prepare: async () => {
      await rm(tree, { recursive: true, force: true });
      await mkdir(tree);
    },
  };
}

/** The native hash, cold and warm, for one system and two, compared with the floor. */
export async function hashGroup(project: Project, dir: string, rounds: number): Promise<Group> {
  const cache = path.join(dir, 'cache');
  const cold = () => rm(cache, { recursive: true, force: true });
  const hash = (name: string, count: number, prepare?: () => Promise<void>): Case => ({
    name,
    command: [
      ...[process.execPath, path.join(dist, 'cli.js'), 'hash', '--project', project.dir, '--python', python],
      ...systems.slice(0, count).flatMap((system) => ['--system', system]),
    ],
    cwd: dir,
    env: { XDG_CACHE_HOME: cache },
    ...(prepare ? { prepare } : {}),
  });
  const floor = floorCase(project, dir);
  const tree = floor.cwd;
  const pinned = await pin(project, dir, hash('pin', 1).command, cache);
  await agree(project, dir, hash('once', 1).command);
  const samples = await measure(
    [
      floor,
      { name: 'nix hash path', command: ['nix', 'hash', 'path', tree], cwd: dir },
      hash('cold', 1, cold),
      hash('warm', 1),
      {
        name: 'check',
        // As on a machine that has no Nix: the folder of programs is empty.
        command: [
          ...[
            '/usr/bin/env',
            `PATH=${path.join(dir, 'no-programs')}`,
            process.execPath,
            path.join(dist, 'cli.js'),
          ],
          ...['check', 'authentik', '--file', pinned],
        ],
        cwd: project.dir,
        env: { XDG_CACHE_HOME: cache },
      },
      hash('cold, two systems', 2, cold),
    ],
    rounds,
  );
  const seconds = (name: string): number => wall(samples.get(name));
  const memory = Math.max(
    ...['cold', 'cold, two systems'].flatMap(
      (name) => samples.get(name)?.map((sample) => sample.memory) ?? [],
    ),
  );
  const compare = (over: string, under: string) => ({
    ratio: seconds(over) / seconds(under),
    detail: `${ms(seconds(over))} / ${ms(seconds(under))}`,
  });
  const processor = (name: string): string =>
    ms(median((samples.get(name) ?? []).map((one) => one.processor)));
  return {
    figures: [
      {
        ...{ name: 'native-hash-vs-floor', goal: 1.6, ...compare('cold', 'floor') },
        what: 'cold `uv-fod hash`, one system / curl + `nix hash path`',
      },
      {
        ...{ name: 'two-systems-vs-one', goal: 1.5, ...compare('cold, two systems', 'cold') },
        what: 'both systems / one',
      },
      {
        ...{ name: 'check-warm-vs-nix-hash', goal: 2.8, ...compare('check', 'nix hash path') },
        what: '`uv-fod check` without Nix, every artifact in the cache, whole process / `nix hash path` of the same tree',
      },
      {
        ...{ name: 'memory', goal: 1.0, ratio: memory / 200 },
        ...{ what: 'peak of the native hash / 200 MB', detail: `${memory.toFixed(0)} MB` },
      },
    ],
    notes: [
      `${project.wheels.length} wheels, ${(project.size / 1e6).toFixed(0)} MB; processor time of the floor ${processor('floor')}, nix hash path ${processor('nix hash path')}, cold ${processor('cold')}, warm ${processor('warm')}, check ${processor('check')}, two systems ${processor('cold, two systems')}.`,
    ],
  };
}

/**
 * Writes the build lock and the Nix file of a project that is current: a check with uv and curl,
 * but without Nix, completes the build lock. @returns the Nix file
 */
async function pin(
  project: Project,
  dir: string,
  [program = '', ...args]: readonly string[],
  cache: string,
): Promise<string> {
  const said = await runText(program, [...args, '--json'], { env: { XDG_CACHE_HOME: cache } });
  const hash = (JSON.parse(said) as { systems: { hash: string }[] }).systems[0]?.hash ?? '';
  const selection = { packages: [], allPackages: false, extras: [], groups: [], defaultGroups: false };
  const buildLock = {
    version: 1,
    target: { python, libc: 'glibc:2.39', ...selection },
    systems: {
      [systems[0]]: { plan: '', hash, builds: [], environments: {}, apart: separateWheels(project.wheels) },
    },
    ...{ builds: {}, wheels: {} },
  };
  await mkdir(path.join(dir, 'no-programs'));
  await writeFile(path.join(project.dir, 'uv-fod.lock.json'), JSON.stringify(buildLock));
  const file = path.join(project.dir, 'default.nix');
  await writeFile(file, `{ }: { hash = "${hash}"; }\n`);
  const tools = path.join(dir, 'without-nix');
  await mkdir(tools);
  for (const name of ['uv', 'python3.14', 'curl'])
    await symlink(await runText('which', [name]), path.join(tools, name));
  const check = [path.join(dist, 'cli.js'), 'check', 'authentik', '--file', file, '--json'];
  const env = { PATH: tools, XDG_CACHE_HOME: cache };
  const { patch } = JSON.parse((await run(program, check, { cwd: project.dir, env })).stdout);
  await writeFile(path.join(dir, 'patch'), patch);
  await runText('git', ['apply', path.join(dir, 'patch')], { cwd: project.dir });
  return file;
}

/** Verifies the native hash with `nix hash path`, before anything is timed. */
async function agree(
  project: Project,
  dir: string,
  [program = '', ...args]: readonly string[],
): Promise<void> {
  const out = path.join(dir, 'tree');
  const target = path.join(dir, 'target.json');
  const declared = { system: systems[0], python, libc: 'glibc:2.39', packages: [], allPackages: false };
  await writeFile(target, JSON.stringify({ ...declared, extras: [], groups: [], defaultGroups: false }));
  await runText(process.execPath, [
    ...[path.join(dist, 'nix.js'), 'fetch', '--project', project.dir, '--target', target, '--out', out],
  ]);
  const expected = await runText('nix', ['hash', 'path', out]);
  const actual = await runText(program, args, { env: { XDG_CACHE_HOME: path.join(dir, 'agree') } });
  if (!actual.includes(expected))
    throw new Error(`the native hash says ${actual}, nix hash path ${expected}`);
  for (const folder of [out, path.join(dir, 'agree')]) await rm(folder, { recursive: true });
}
