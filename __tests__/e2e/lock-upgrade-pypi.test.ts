import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runText } from '../support/nix/run.ts';
import { lockConfig } from '../support/scenario/indexed.ts';
import { Repository } from '../support/scenario/repository.ts';
import { type SmallProject, smallDerivation, uvFod } from '../support/scenario/small.ts';
import { type World, worldOf } from '../support/scenario/world.ts';

// The same by the clock with PyPI: its times of upload, its JSON API, and packages as they are.
const minutes = 60_000;
let world: World;

/** Locked as of a day long ago. */
async function makeOld(dir: string): Promise<SmallProject> {
  const repository = await Repository.create(dir);
  const { work } = repository;
  await mkdir(path.join(work, '.github'), { recursive: true });
  await writeFile(path.join(work, '.github/uv-fod.toml'), lockConfig('minimum-release-age = "7 days"'));
  await writeFile(
    path.join(work, 'default.nix'),
    smallDerivation.replace('"six" "iniconfig"', '"requests" "idna"'),
  );
  const project =
    '[project]\nname = "small"\nversion = "1.0"\nrequires-python = ">=3.13"\ndependencies = ["requests"]\n\n[tool.uv]\npackage = false\n';
  await writeFile(path.join(work, 'pyproject.toml'), project);
  const args = ['lock', '--quiet', '--python', 'python3.14', '--exclude-newer', '2024-03-01'];
  await runText('uv', args, { cwd: work });
  const lock = path.join(work, 'uv.lock');
  await writeFile(lock, (await readFile(lock, 'utf8')).replace(/^\[options\]\n.*\n\n/m, ''));
  const { code, stderr } = await uvFod(['update', 'small', '--no-verify'], work);
  if (code !== 0) throw new Error(`uv-fod update ended with ${code}:\n${stderr}`);
  const pinned = await repository.push('Pin the dependencies');
  return { repository, pinned, bumped: pinned };
}

beforeAll(async () => {
  world = await worldOf(makeOld);
}, 5 * minutes);
afterAll(() => world?.close());

test(
  'a lock of 2024 is brought up to date in one pull request, and then there is nothing to do',
  async () => {
    const schedule = () =>
      world.act({
        inputs: { attribute: '' },
        step: { eventName: 'schedule', event: { schedule: '0 3 * * *' } },
      });
    const { code, log, outputs } = await schedule();
    expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
    expect(outputs.get('outcome')).toBe('created');
    const { packages } = JSON.parse(outputs.get('report') ?? '') as {
      packages: { name: string; direct: boolean; before: string }[];
    };
    const requests = packages.find(({ name }) => name === 'requests');
    expect(requests).toMatchObject({ direct: true, before: '2.31.0' });
    await world.repository.merge('uv-fod/small');
    await runText('uv', ['lock', '--check', '--quiet', '--directory', world.repository.work]);
    expect((await schedule()).outputs.get('outcome')).toBe('current');
  },
  5 * minutes,
);
