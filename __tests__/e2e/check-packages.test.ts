import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { run } from '../support/nix/run.ts';
import { lockSmall, uvFod, writeSmall } from '../support/scenario/small.ts';
import { makeWorld, type World } from '../support/scenario/world.ts';

// The status check of all packages of the configuration, by the Action and on the command line.
const minutes = 60_000;
let world: World;
let other: string;
const inputs = { mode: 'check', attribute: '', token: '' };

const config = (more = ''): string => `[[package]]
attribute = "small"

[[package]]
attribute = "small"
name = "other"
nix = { file = "other/default.nix" }
${more}`;

async function write(text: string): Promise<void> {
  await writeFile(path.join(world.repository.work, '.github/uv-fod.toml'), text);
}

beforeAll(async () => {
  world = await makeWorld();
  other = path.join(world.repository.work, 'other');
  await writeSmall(other);
  // Two systems, each with a literal of its own.
  const nix = path.join(other, 'default.nix');
  const text = await readFile(nix, 'utf8');
  await writeFile(
    nix,
    text.replace('hash = "";', 'hash = {\n      x86_64-linux = "";\n      aarch64-linux = "";\n    };'),
  );
  expect(await uvFod(['update', 'small', '--no-verify'], other)).toMatchObject({ code: 0 });
  await mkdir(path.join(world.repository.work, '.github'));
  await write(config());
  await world.repository.push('A second package, which is current');
}, 5 * minutes);
afterAll(() => world?.close());

interface Result {
  readonly name: string;
  readonly status: string;
}
const statusesOf = (text: string | undefined): string[] =>
  (JSON.parse(text ?? '[]') as Result[]).map(({ name, status }) => `${name} ${status}`);

test(
  'one stale, one current: the worst is the outcome, and each has its result',
  async () => {
    const { code, outputs, summary, errors, left, sboms } = await world.act({ inputs });
    expect([code, outputs.get('status'), left]).toEqual([3, 'stale', '']);
    expect(statusesOf(outputs.get('results'))).toEqual(['small stale', 'other current']);
    expect([...sboms.keys()].sort()).toEqual([
      'other.aarch64-linux.cdx.json',
      'other.x86_64-linux.cdx.json',
      'small.x86_64-linux.cdx.json',
    ]);
    expect(summary).toMatch(/## small: stale[\s\S]*## other: current/);
    expect(errors.map(({ title, file }) => `${title} ${file}`)).toEqual(['stale default.nix']);
  },
  3 * minutes,
);

test(
  'an annotation on the line of each stale hash, and one patch that makes all current',
  async () => {
    await lockSmall(other, '1.17.0');
    await world.repository.push('Bump six of the second as well');
    const stale = await world.act({ inputs });
    expect(statusesOf(stale.outputs.get('results'))).toEqual(['small stale', 'other stale']);
    const lines = (await readFile(path.join(other, 'default.nix'), 'utf8')).split('\n');
    const lineOf = (system: string): number => lines.findIndex((one) => one.includes(`${system} = `)) + 1;
    expect(stale.errors.map(({ file, line }) => `${file}:${line}`).sort()).toEqual([
      expect.stringMatching(/^default\.nix:\d+$/),
      `other/default.nix:${lineOf('x86_64-linux')}`,
      `other/default.nix:${lineOf('aarch64-linux')}`,
    ]);
    const patch = path.join(world.dir, 'all.patch');
    await writeFile(patch, stale.outputs.get('patch') ?? '');
    const current = await world.act({
      inputs,
      prepare: async (dir) => {
        expect(await run('git', ['-C', dir, 'apply', patch])).toMatchObject({ code: 0, stderr: '' });
      },
    });
    expect([current.code, current.outputs.get('status')]).toEqual([0, 'current']);
    expect(statusesOf(current.outputs.get('results'))).toEqual(['small current', 'other current']);
  },
  3 * minutes,
);

test(
  'a package that can not be checked keeps no other from it, and fails the step as an error does',
  async () => {
    await write(config('\n[[package]]\nattribute = "gone"\n'));
    await world.repository.push('A package that is not there');
    const { code, outputs, errors } = await world.act({ inputs });
    expect([code, outputs.get('status')]).toEqual([1, 'stale']);
    expect(statusesOf(outputs.get('results'))).toEqual(['small stale', 'other stale', 'gone error']);
    expect(errors.find(({ title }) => title === 'attribute-missing')?.message).toMatch(/^gone: /);
  },
  3 * minutes,
);
