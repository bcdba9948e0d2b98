// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Nix's interpolation
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { derivationRef } from '../../src/nix/target.ts';
import { makeContext } from '../../src/update/context.ts';
import { quiet, updateIn } from '../support/nix/update.ts';
import { makeSmall, nixPath, type SmallProject } from '../support/scenario/small.ts';

// The main job on a flake: Nix works on a copy in the store, and what it tells of that copy is of
// the checkout.
const minutes = 60_000;
let dir: string;
let project: SmallProject;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'flake-'));
  project = await makeSmall(dir);
}, 5 * minutes);
afterAll(() => rm(dir, { recursive: true, force: true }));

test(
  'a flake whose uv.lock moved gets its hash and build lock, in the checkout',
  async () => {
    const { work } = project.repository;
    await writeFile(
      path.join(work, 'flake.nix'),
      '{ outputs = _: { legacyPackages.${builtins.currentSystem} = import ./default.nix { }; }; }\n',
    );
    await project.repository.push('A flake');
    const root = await project.repository.checkout(path.join(dir, 'checkout'));
    const context = makeContext({ ...process.env, NIX_PATH: nixPath }, quiet, dir);
    const derivation = derivationRef(
      { kind: 'flake', flake: '.' },
      'small',
      root,
      path.join(root, 'uv-fod.toml'),
    );
    const { edits, update } = await updateIn(root, { derivation }, context);
    const { built, project: planned } = update;
    expect(planned?.root).toBe(root);
    expect(edits.map(({ file }) => path.relative(root, file)).sort()).toEqual([
      'default.nix',
      'uv-fod.lock.json',
    ]);
    expect(built[0]?.out).toMatch(/^\/nix\/store\//);
    expect(built[0]?.imported.map(({ module }) => module)).toEqual(['six', 'iniconfig']);
    expect((await updateIn(root, { derivation }, context)).edits).toEqual([]);
  },
  5 * minutes,
);
