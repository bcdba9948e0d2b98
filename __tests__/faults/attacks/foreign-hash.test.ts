import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { uvFod } from '../../support/scenario/small.ts';
import { type Acted, type ActOptions, makeWorld, type World } from '../../support/scenario/world.ts';
import {
  expectNotTaken,
  type Foreign,
  fetched,
  inStore,
  makeForeign,
  needing,
  ownBuilder,
  startPrompter,
  type texts,
} from '../support/foreign.ts';
import { minutes } from '../support/world.ts';

// A hash that something else than our derivation's own mismatch says. The store has a path of this
// hash under our derivation's name, so that only where the hash comes from can tell.

let world: World;
let foreign: Foreign;
let prompter: Awaited<ReturnType<typeof startPrompter>>;
/** What our derivation really fetches, by Nix and without it. */
let genuine: string | undefined;

beforeAll(async () => {
  world = await makeWorld();
  foreign = await makeForeign(world.dir);
  prompter = await startPrompter(foreign);
  genuine = hashOf(await update(ownBuilder(foreign, '')));
}, 2 * minutes);
afterAll(async () => {
  prompter?.close();
  await world?.close();
});

const alone = { 'skip-second-derivation': 'true' };
const update = (prepare: ActOptions['prepare'], inputs: Record<string, string> = {}): Promise<Acted> =>
  world.act({
    ...(prepare ? { prepare } : {}),
    inputs: { 'pull-request': 'false', verify: 'false', ...inputs },
  });

function hashOf(acted: Acted): string | undefined {
  const hashes = JSON.parse(acted.outputs.get('hashes') ?? '{}') as Record<string, { after: string }>;
  return Object.values(hashes)[0]?.after;
}

for (const what of [
  'plain',
  'coloured',
  'result',
  'quoted',
  'long',
] as const satisfies (keyof typeof texts)[]) {
  attack(
    6,
    ['update'],
    `our own builder prints a mismatch of our derivation and fails: ${what}`,
    async () => {
      const before = prompter.asked();
      const acted = await update(ownBuilder(foreign, `${prompter.print(what)}; exit 1`), alone);
      expectNotTaken(acted, foreign, 'fetch-failed');
      expect(prompter.asked()).toBeGreaterThan(before);
    },
  );
}

for (const what of ['message', 'remote'] as const satisfies (keyof typeof texts)[]) {
  attack(6, ['update'], `a message that Nix relays from our builder, which fails: ${what}`, async () => {
    const acted = await update(ownBuilder(foreign, `${prompter.print(what)}; exit 1`), alone);
    expectNotTaken(acted, foreign, 'hash-not-confirmed');
  });

  attack(6, ['update'], `a message that Nix relays from our builder, which goes on: ${what}`, async () => {
    const acted = await update(ownBuilder(foreign, prompter.print(what)), alone);
    expectNotTaken(acted, foreign, undefined);
    expect(hashOf(acted)).toBe(genuine);
  });

  attack(6, ['compute'], `a message that Nix relays from a dependency, which goes on: ${what}`, async () => {
    const acted = await update(needing(foreign, fetched(prompter.print(what))), {
      ...alone,
      mode: 'compute',
    });
    expectNotTaken(acted, foreign, undefined);
    expect(hashOf(acted)).toBe(genuine);
  });

  attack(6, ['update'], `a message that Nix relays from a dependency, which fails: ${what}`, async () => {
    const dependency = fetched(`${prompter.print(what)}; exit 1`);
    const acted = await update(needing(foreign, dependency), alone);
    expect(acted.errors.map(({ title }) => title)).toEqual([
      expect.stringMatching(/^(fetch-failed|hash-not-confirmed)$/),
    ]);
    expectNotTaken(acted, foreign, acted.errors[0]?.title);
  });
}

attack(
  6,
  ['update', 'check', 'compute'],
  'a dependency of our name mismatches with the foreign hash',
  async () => {
    const dependency = `pkgs.runCommand "${foreign.pname}-uv-deps" { outputHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE="; outputHashMode = "recursive"; outputHashAlgo = null; } ''cp -r ${inStore(foreign)} $out''`;
    const two = `[ (${dependency}) (pkgs.runCommand "other" { outputHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAI="; outputHashAlgo = null; outputHashMode = "flat"; } "echo $RANDOM > $out") ]`;
    const prepare = needing(foreign, dependency);
    expectNotTaken(await update(prepare, alone), foreign, 'fetch-failed');
    expectNotTaken(await update(prepare, { mode: 'compute' }), foreign, 'fetch-failed');
    const keepsGoing = { prepare: needing(foreign, two), env: { NIX_CONFIG: 'keep-going = true' } };
    expectNotTaken(
      await world.act({ ...keepsGoing, inputs: { 'pull-request': 'false', ...alone } }),
      foreign,
      'fetch-failed',
    );
    const checked = await world.act({ prepare, inputs: { mode: 'check' } });
    expect(checked.outputs.get('status')).toBe('cannot-fetch');
    expect([...checked.outputs.values()].join()).not.toContain(foreign.hash);
  },
);

attack(6, ['update'], 'a source that mismatches while the derivation is evaluated', async () => {
  const imported = `(builtins.readFile (pkgs.runCommand "${foreign.pname}-uv-deps" { outputHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE="; outputHashMode = "recursive"; outputHashAlgo = null; } ''cp -r ${inStore(foreign)} $out''))`;
  expectNotTaken(await update(needing(foreign, imported), alone), foreign, 'evaluation-failed');
});

attack(6, ['compute', 'publish'], 'a computed result has the foreign hash wherever it had ours', async () => {
  let workspace = '';
  const computed = await update(
    async (dir) => {
      workspace = dir;
    },
    { ...alone, mode: 'compute' },
  );
  const result = await readFile(path.join(workspace, 'uv-fod-result.json'), 'utf8');
  const evil = result.replaceAll(hashOf(computed) ?? '?', foreign.hash);
  expect(evil).not.toBe(result);
  const acted = await world.act({
    inputs: { mode: 'publish' },
    prepare: (dir) => writeFile(path.join(dir, 'uv-fod-result.json'), evil),
  });
  expect(acted.errors).toHaveLength(1);
  expect(acted.errors[0]?.message).toContain(foreign.hash);
  expect(acted.outputs.size).toBe(0);
  expect(await world.repository.refs()).not.toContain('uv-fod/small');
});

/** With `--json` an error is an object, and has no hash to take. */
function expectError(stdout: string): void {
  const printed = JSON.parse(stdout) as object;
  expect(printed).toMatchObject({ status: 'error', error: expect.any(String) });
  for (const key of ['hashes', 'packages', 'patch']) expect(printed).not.toHaveProperty(key);
}

attack(6, ['cli'], 'the command line takes neither, and leaves the file as it is', async () => {
  const workspace = await world.repository.checkout(path.join(world.dir, 'cli'));
  await ownBuilder(foreign, `${prompter.print('plain')}; ${prompter.print('message')}; exit 1`)(workspace);
  const file = path.join(workspace, 'default.nix');
  const before = await readFile(file, 'utf8');
  const { code, stdout, stderr } = await uvFod(
    ['update', 'small', '--skip-second-derivation', '--json'],
    workspace,
  );
  expect(code).toBe(1);
  expectError(stdout);
  expect(stderr).toMatch(/uv-fod: .*(can't be fetched|does not confirm)/);
  expect(await readFile(file, 'utf8')).toBe(before);
});

attack(6, ['update'], 'the path of our own hash is in the store with other content', async () => {
  const acted = await update(ownBuilder(foreign, ''), alone);
  const hash = hashOf(acted) ?? '';
  const { runText } = await import('../../support/nix/run.ts');
  const name = `${foreign.pname}-uv-deps`;
  const hex = Buffer.from(hash.slice('sha256-'.length), 'base64').toString('hex');
  const out = await runText('nix-store', ['--print-fixed-path', '--recursive', 'sha256', hex, name]);
  const manifest = path.join(out, 'manifest.json');
  const whole = await readFile(manifest);
  await runText('chmod', ['-R', 'u+w', out]);
  await writeFile(manifest, 'other content');
  try {
    const again = await update(ownBuilder(foreign, ''), alone);
    expect(again.errors.map(({ title }) => title)).toEqual(['hash-not-confirmed']);
    expect([again.code, again.left, again.outputs.size]).toEqual([1, '', 0]);
  } finally {
    await writeFile(manifest, whole);
  }
});
