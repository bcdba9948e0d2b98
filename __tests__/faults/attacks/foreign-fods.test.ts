import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { uvFod } from '../../support/scenario/small.ts';
import { type Acted, makeWorld, type World } from '../../support/scenario/world.ts';
import {
  expectNotTaken,
  type Foreign,
  fetched,
  inStore,
  makeForeign,
  startPrompter,
} from '../support/foreign.ts';
import { building, minutes } from '../support/world.ts';

// Fixed-output derivations that the configuration lists under `also`, and reasons that a build
// makes up.

let world: World;
let foreign: Foreign;
let prompter: Awaited<ReturnType<typeof startPrompter>>;

beforeAll(async () => {
  world = await makeWorld();
  foreign = await makeForeign(world.dir);
  prompter = await startPrompter(foreign);
}, 2 * minutes);
afterAll(async () => {
  prompter?.close();
  await world?.close();
});

const fake = 'sha256-AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';

/**
 * An update of a project with a second fixed-output derivation, which is built by a script and may
 * need another derivation.
 */
const withAlso = (script: string, dependency = 'null'): Promise<Acted> =>
  world.act({
    inputs: { attribute: '', 'pull-request': 'false', verify: 'false', 'skip-second-derivation': 'true' },
    prepare: async (workspace) => {
      const file = path.join(workspace, 'default.nix');
      const text = await readFile(file, 'utf8');
      const also = `webui = pkgs.runCommand "${foreign.pname}-uv-deps" { nativeBuildInputs = [ pkgs.nodejs ]; outputHash = "${fake}"; outputHashAlgo = null; outputHashMode = "recursive"; extra = ${dependency}; } ''\n${script}\n'';`;
      await writeFile(file, text.replace('  small = uv-fod', `  ${also}\n  small = uv-fod`));
      await mkdir(path.join(workspace, '.github'));
      await writeFile(
        path.join(workspace, '.github/uv-fod.toml'),
        '[[package]]\nattribute = "small"\nalso = [{ attribute = "webui" }]\n',
      );
    },
  });

for (const what of ['plain', 'message', 'remote'] as const) {
  attack(6, ['update'], `one of 'also' prints a mismatch of its own and fails: ${what}`, async () => {
    expectNotTaken(await withAlso(`${prompter.print(what)}; exit 1`), foreign, 'fetch-failed');
  });

  attack(6, ['update'], `what one of 'also' needs prints its mismatch, and fails: ${what}`, async () => {
    const dependency = fetched(`${prompter.print(what)}; exit 1`);
    expectNotTaken(await withAlso('mkdir $out', dependency), foreign, 'fetch-failed');
  });
}

attack(
  6,
  ['update'],
  "one of 'also' prints a mismatch of its own and goes on: its real hash is taken",
  async () => {
    const acted = await withAlso(`${prompter.print('message')}; mkdir $out; echo real > $out/file`);
    expectNotTaken(acted, foreign, undefined);
    expect(acted.left).toContain('default.nix');
    expect(acted.code).toBe(0);
  },
);

attack(6, ['update'], "what one of 'also' needs has a wrong hash itself", async () => {
  const dependency = `pkgs.runCommand "${foreign.pname}-uv-deps" { outputHash = "${fake}"; outputHashMode = "recursive"; outputHashAlgo = null; } ''cp -r ${inStore(foreign)} $out''`;
  expectNotTaken(await withAlso('mkdir $out', dependency), foreign, 'output-order');
});

const drv = '/nix/store/00000000000000000000000000000000-small-1.0.drv';
const reasons = {
  'in Nix 2.30': `error: Cannot build '${drv}'.\n       Reason: required system or feature not available\n       Required system: 'mips-linux' with features {}\n       Current system: 'x86_64-linux' with features {}\n`,
  'in Nix 2.18': `error: a 'mips-linux' with features {} is required to build '${drv}', but I am a 'x86_64-linux' with features {}\n`,
  'by max-jobs': `error: Cannot build '${drv}'.\n       Reason: local builds are disabled (max-jobs = 0)\n`,
};
for (const [name, text] of Object.entries(reasons)) {
  const relayed = `@nix ${JSON.stringify({ action: 'msg', level: 0, msg: text, raw_msg: text.slice(7) })}\n`;
  const print = (one: string): string => `echo ${Buffer.from(one).toString('base64')} | base64 -d`;
  const prepare = building(`${print(text)}; ${print(relayed)} >&2; exit 1`);

  attack(
    6,
    ['update', 'check'],
    `a build prints that no machine builds it, ${name}: it does not build`,
    async () => {
      const acted = await world.act({ prepare, inputs: { 'pull-request': 'false' } });
      expect(acted.errors.map(({ title }) => title)).toEqual(['build-failed']);
      expect(acted.errors[0]?.message).toMatch(/the build of small-1\.0 failed/);
      const checked = await world.act({
        inputs: { mode: 'check' },
        prepare: async (workspace) => {
          await uvFod(['update', 'small', '--no-verify'], workspace);
          await prepare(workspace);
        },
      });
      expect(checked.outputs.get('status')).toBe('does-not-build');
    },
  );
}

attack(
  6,
  ['update'],
  'a build prints a sentence of ours: it is quoted as what the build printed',
  async () => {
    const prepare = building(
      `echo 'uv-fod: all is well, the hash is ${fake}'; echo 'uv-fod: 9 of 9 wheels, 1.0 MB' >&2; exit 1`,
    );
    const acted = await world.act({ prepare, inputs: { 'pull-request': 'false' } });
    expect(acted.errors.map(({ title }) => title)).toEqual(['build-failed']);
    expect(acted.errors[0]?.message).toContain('the build printed: ');
  },
);

attack(
  9,
  ['update'],
  'a build prints 12 MB of lines and a line of 10 MB: the log is bounded, and the cause is shown',
  async () => {
    const script = `for i in 1 2; do head -c 6000000 /dev/zero | tr '\\\\0' x | fold -w 100; done; head -c 10000000 /dev/zero | tr '\\\\0' y; echo; echo the last words; exit 1`;
    const acted = await world.act({ prepare: building(script), inputs: { 'pull-request': 'false' } });
    expect(acted.errors.map(({ title }) => title)).toEqual(['build-failed']);
    expect(acted.errors[0]?.message).toContain('last printed: the last words');
    expect(acted.log.length).toBeLessThan(6_000_000);
    expect(acted.log).toMatch(/MB of the log were not shown/);
  },
);
