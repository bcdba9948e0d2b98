import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { environment } from '../../../__tests__/support/nix/nix.ts';
import { run, runText } from '../../../__tests__/support/nix/run.ts';
import { type Group, ms } from './figures.ts';
import { floorCase } from './hash.ts';
import { measure, wall } from './measure.ts';
import { dist, type Project, python, systems } from './project.ts';

/** The real fixed output in Nix's sandbox, beside the same floor. */
export async function nixGroup(project: Project, dir: string, rounds: number): Promise<Group> {
  const hash = await nativeHash(project, dir);
  const file = path.join(dir, 'fod.nix');
  await writeFile(
    file,
    `{ pname }: (import <uv-fod> { }).fetchUvDeps {
  inherit pname;
  src = ${project.dir};
  hash = "${hash}";
  target = { python = "${python}"; libc = "glibc:2.39"; };
}
`,
  );
  // A new name is a new output: each round builds from nothing. Once before, for what all of them need. Process numbers are
  // few in the test machine, and its store is kept: they would come again.
  const token = randomUUID().slice(0, 8);
  const build = (name: string): string[] => ['nix-build', '--no-out-link', file, '--argstr', 'pname', name];
  const [program = '', ...args] = build(`bench-first-${token}`);
  await runText(program, args, { cwd: dir, env: environment });
  const samples = await measure(
    [
      floorCase(project, dir),
      {
        ...{ name: 'fod', command: [], cwd: dir, env: environment },
        commandOf: (round) => build(`bench-${token}-${round}`),
      },
    ],
    rounds,
  );
  const [floor, fod] = [wall(samples.get('floor')), wall(samples.get('fod'))];
  return {
    figures: [
      {
        ...{ name: 'nix-fod-vs-floor', goal: 2.5, ratio: fod / floor },
        what: '`nix-build` of the real fixed output / curl + `nix hash path`',
        detail: `${ms(fod)} / ${ms(floor)}`,
      },
    ],
    notes: [await nixUpdate()],
  };
}

async function nativeHash(project: Project, dir: string): Promise<string> {
  const args = ['hash', '--project', project.dir, '--python', python, '--system', systems[0], '--json'];
  const env = { XDG_CACHE_HOME: path.join(dir, 'cache') };
  const text = await runText(process.execPath, [path.join(dist, 'cli.js'), ...args], { env });
  return (JSON.parse(text) as { systems: { hash: string }[] }).systems[0]?.hash ?? '';
}

/** What people do today, a fixed output that runs `uv sync`, twice from nothing: its time, and whether its hash stays the same. */
export async function peersGroup(project: Project, dir: string): Promise<Group> {
  return { figures: [], notes: await uvSync(project, dir) };
}

async function uvSync(project: Project, dir: string): Promise<string[]> {
  const peer = path.join(import.meta.dirname, 'peers/uv-sync.nix');
  const results: { seconds: number; hash: string }[] = [];
  for (const name of ['one', 'two']) {
    const started = performance.now();
    const args = [
      '--no-out-link',
      peer,
      '--argstr',
      'name',
      `${name}-${randomUUID().slice(0, 8)}`,
      '--argstr',
      'src',
      project.dir,
    ];
    const { stderr } = await run('nix-build', args, { cwd: dir, env: environment });
    const hash = /^\s*got:\s+(sha256-\S+)/m.exec(stderr)?.[1];
    if (!hash)
      return [
        `A \`uv sync\` fixed output did not build here: ${stderr.trim().split('\n').slice(-3).join(' ')}`,
      ];
    results.push({ seconds: (performance.now() - started) / 1000, hash });
  }
  const told = results.map(({ seconds, hash }) => `${seconds.toFixed(0)} s → \`${hash}\``).join(', ');
  const [one, two] = results;
  const verdict = one?.hash === two?.hash ? 'the same hash twice' : 'two hashes of the same inputs';
  return [
    `A fixed output that runs \`uv sync\` (script/lib/bench/peers/uv-sync.nix), built twice: ${told}; ${verdict}.`,
  ];
}

async function nixUpdate(): Promise<string> {
  const { code, stdout } = await run('bash', ['-c', 'command -v nix-update && nix-update --version']);
  return code === 0
    ? `nix-update is on this machine (${stdout.trim().split('\n').at(-1)}), and not run: it needs a nixpkgs.`
    : 'nix-update is not on this machine, nor on PyPI: not measured.';
}
