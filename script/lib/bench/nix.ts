import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { environment } from '../../../__tests__/support/nix/nix.ts';
import { runText } from '../../../__tests__/support/nix/run.ts';
import { type Group, ms } from './figures.ts';
import { floorCase } from './hash.ts';
import { measure, wall } from './measure.ts';
import { dist, type Project, python, systems } from './project.ts';

/** The real fixed-output derivation in Nix's sandbox, compared with the same floor. */
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
  // A new name means a new output, so each round builds from scratch; one build before, for shared
  // inputs. The name has no process id: ids repeat in the test machine, whose store is kept.
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
        what: '`nix-build` of the real FOD / curl + `nix hash path`',
        detail: `${ms(fod)} / ${ms(floor)}`,
      },
    ],
    notes: [],
  };
}

async function nativeHash(project: Project, dir: string): Promise<string> {
  const args = ['hash', '--project', project.dir, '--python', python, '--system', systems[0], '--json'];
  const env = { XDG_CACHE_HOME: path.join(dir, 'cache') };
  const text = await runText(process.execPath, [path.join(dist, 'cli.js'), ...args], { env });
  return (JSON.parse(text) as { systems: { hash: string }[] }).systems[0]?.hash ?? '';
}
