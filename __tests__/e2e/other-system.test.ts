import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runText } from '../support/nix/run.ts';
import { git } from '../support/scenario/repository.ts';
import { edit, uvFod } from '../support/scenario/small.ts';
import { makeWorld, type World } from '../support/scenario/world.ts';

// A package for two systems, on a machine of one, with no builder for the other.
const minutes = 60_000;
let world: World;
let [here, there] = ['', ''];
beforeAll(async () => {
  here = await runText('nix', ['config', 'show', 'system']);
  there = here.startsWith('aarch64') ? 'x86_64-linux' : 'aarch64-linux';
  world = await makeWorld();
  const both = `hash = { ${here} = ""; ${there} = ""; }`;
  await edit(world.repository, 'default.nix', (text) => text.replace(/hash = "[^"]*"/, both));
}, 5 * minutes);
afterAll(() => world?.close());

test(
  'hashes for both are computed and compared; that the other was not built is said, with the reason',
  async () => {
    const { work } = world.repository;
    const updated = await uvFod(['update', 'small', '--json'], work);
    const { hashes } = JSON.parse(updated.stdout) as { hashes: { system: string; how: string }[] };
    expect(hashes.map(({ system, how }) => [system, how]).sort()).toEqual(
      [
        [here, 'both'],
        [there, 'native'],
      ].sort(),
    );
    await world.repository.push('Both systems');
    const told = `Whether it builds and imports on ${there}: Nix builds for ${here} here.`;
    const checked = await uvFod(['check', 'small'], work);
    expect(checked).toMatchObject({ code: 0, stdout: expect.stringContaining(`not checked: ${told}`) });
    const acted = await world.act({ inputs: { mode: 'check', token: '' } });
    expect([acted.code, acted.outputs.get('status')]).toEqual([0, 'current']);
    expect(acted.summary).toContain(told.replaceAll('_', '\\_'));
  },
  5 * minutes,
);

test(
  'a derivation of the other system: a check is no finding, an update changes nothing, and both say which machine they lack',
  async () => {
    const expression = `let pkgs = import <nixpkgs> { };
      of = args: (pkgs.stdenvNoCC.mkDerivation args).overrideAttrs { system = "${there}"; };
      elsewhere = pkgs // { stdenvNoCC = pkgs.stdenvNoCC // { mkDerivation = of; }; };
      in { inherit (import ./default.nix { pkgs = elsewhere; }) small; }`;
    const checked = await uvFod(['check', 'small', '--expression', expression], world.repository.work);
    const why = `python-uv-deps has to be built on ${there}; this machine is ${here}, and no remote builder of nix.conf took it`;
    expect(checked).toMatchObject({
      ...{ code: 1, stdout: '' },
      stderr: expect.stringContaining(`can't be built here: ${why}`),
    });
    const { work } = world.repository;
    await edit(world.repository, 'uv-fod.lock.json', (text) =>
      text.replaceAll(/"plan": "[^"]+"/g, '"plan": ""'),
    );
    const before = await git(work, 'status', '--porcelain');
    const updated = await uvFod(['update', 'small', '--expression', expression], work);
    expect(updated).toMatchObject({ code: 1, stderr: expect.stringContaining(why) });
    expect(await git(work, 'status', '--porcelain')).toBe(before);
  },
  2 * minutes,
);
