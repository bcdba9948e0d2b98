import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { addApart, compiledWheels, vendorNames } from '../../../__tests__/support/nix/compiled-wheels.ts';
import { built, environment, evaluated } from '../../../__tests__/support/nix/nix.ts';
import { derivation, lock, pin } from '../../../__tests__/support/nix/project.ts';
import { runText } from '../../../__tests__/support/nix/run.ts';
import type { Group } from './figures.ts';
import { measure, wall } from './measure.ts';

const real = ['opencv-python-headless==5.0.0.93', 'pyarrow==26.0.1', 'scipy==1.18.1'];
const imported = 'cv2, pyarrow, scipy.linalg, vendor.user';
/** For both cases, as installers of Nix for CI set it. */
const env = { ...environment, NIX_CONFIG: 'max-jobs = auto' };

/**
 * The installation after a bump of another package, in an environment with large compiled wheels:
 * wheels of PyPI that contain their libraries, and two wheels like NVIDIA's, which are installed
 * together. The other side is the same environment without separate wheels (`notApart`).
 * @param token makes this run's builds differ from earlier ones, which the store may still have
 */
export async function largeGroup(dir: string, rounds: number, token: string): Promise<Group> {
  await makeLarge(dir);
  const [out = ''] = await built(['-A', 'env'], dir);
  await runText(`${out}/bin/python`, ['-I', '-c', `import ${imported}`]);
  const build = (more: string) => (round: number) => {
    const expression = `(import ./. { }).env.override (old: { pname = "large-${token}-${round}"; ${more} })`;
    return ['nix-build', '--no-out-link', '--expr', expression];
  };
  const all = (await evaluated('builtins.attrNames (import ./. { }).env.apart', dir)) as string[];
  const quoted = all.map((file) => `"${file.split('-')[0]}"`).join(' ');
  const samples = await measure(
    [
      { name: 'separate', command: [], cwd: dir, env, commandOf: build('') },
      { name: 'together', command: [], cwd: dir, env, commandOf: build(`notApart = [ ${quoted} ];`) },
    ],
    rounds,
  );
  const [separate, together] = [wall(samples.get('separate')), wall(samples.get('together'))];
  return {
    figures: [
      {
        ...{ name: 'large-bump-vs-together', goal: 0.6, ratio: separate / together },
        what: 'third-party packages and environment after a bump of another package, large compiled wheels separate / installed again',
        detail: `${separate.toFixed(1)} s / ${together.toFixed(1)} s`,
      },
    ],
    notes: [`Large wheels: ${(await sizes(dir, all)).join(', ')}.`],
  };
}

/** A project of real wheels and two wheels like NVIDIA's, locked and pinned as a user does it. */
async function makeLarge(dir: string): Promise<void> {
  await mkdir(path.join(dir, 'project/wheels'), { recursive: true });
  const stand = await compiledWheels(dir, 30_000_000);
  const vendor = vendorNames.map((name) => ({ ...stand[name], name: name.replace('_', '-') }));
  for (const { file, bytes } of vendor) await writeFile(path.join(dir, 'project/wheels', file), bytes);
  const names = [...real, ...vendor.map(({ name }) => name), 'six==1.17.0'];
  await writeFile(
    path.join(dir, 'project/pyproject.toml'),
    `[project]
name = "large"
version = "1.0"
requires-python = ">=3.14"
dependencies = ${JSON.stringify(names)}

[tool.uv]
package = false

[tool.uv.sources]
${vendor.map(({ name, file }) => `${name} = { path = "wheels/${file}" }`).join('\n')}
`,
  );
  await writeFile(path.join(dir, 'default.nix'), derivation());
  await lock(path.join(dir, 'project'));
  await pin(dir);
  // uv.lock has no size of a wheel that is a file of the project.
  await addApart(dir, Object.fromEntries(vendor.map(({ file, sri }) => [file, sri])));
}

/** Each wheel's own environment with its size, and which wheels are installed with others. */
async function sizes(dir: string, files: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const [third = ''] = await built(['-A', 'env.thirdParty'], dir);
  const linked = await runText('nix-store', ['--query', '--references', third]);
  for (const file of files) {
    const [out = ''] = await built(['-A', `env.apart."${file}"`], dir);
    const megabytes = Number((await runText('du', ['-sb', out])).split('\t')[0]) / 1e6;
    const name = file.split('-').slice(0, 2).join(' ');
    found.push(
      `${name} ${linked.includes(out) ? `separate, ${megabytes.toFixed(0)} MB` : 'with the others'}`,
    );
  }
  return found;
}
