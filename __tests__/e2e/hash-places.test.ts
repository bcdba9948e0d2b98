// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Nix's interpolation
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { git } from '../support/scenario/repository.ts';
import { lockSmall, uvFod } from '../support/scenario/small.ts';
import { makeWorld, type World } from '../support/scenario/world.ts';

// fetchUvDeps' own hash, wherever it is written: whole runs of dist/.
const minutes = 60_000;
const zeros = '0'.repeat(64);
let world: World;
let work: string;

const code = `{
  pkgs ? import <nixpkgs> { },
  uv-fod ? import <uv-fod> { inherit pkgs; },
  byDefault ? "",
}:
let
  inherit (pkgs) lib;
  toml = builtins.fromTOML (builtins.readFile ./pins.toml);
  json = lib.importJSON ./pins.json;
  indented = '''';
  make = hash: with_ hash null;
  with_ = hash: buildLock: {
    uvDeps = uv-fod.fetchUvDeps {
      src = ./.;
      target = { python = "3.14.8"; libc = "glibc:2.39"; };
      inherit hash buildLock;
    };
    pname = "small";
    version = "1.0";
  };
in
{
  fromLet = make indented;
  fromDefault = make byDefault;
  fromFile = make (import ./pins.nix { inherit lib; }).python;
  fromJson = make json.python.hash;
  fromToml = make toml.python.hash;
  onOneLine = with_ { x86_64-linux = ""; aarch64-linux = ""; x86_64-darwin = ""; aarch64-darwin = ""; } ./four.lock.json;
  sha256 = {
    pname = "small";
    version = "1.0";
    uvDeps = uv-fod.fetchUvDeps {
      src = ./.;
      target = { python = "3.14.8"; libc = "glibc:2.39"; };
      sha256 = "${zeros}";
    };
  };
}
`;
const files: Readonly<Record<string, string>> = {
  'default.nix': code,
  'pins.nix': '{ lib }: { go = lib.fakeHash; python = lib.fakeHash; }\n',
  'pins.json': '{ "go": { "hash": "" }, "python": { "hash": "" } }\n',
  'pins.toml': "# [python] hash = \"\"\n[go]\nhash = ''\n\n[python]\nhash = '' # by uv-fod\n",
};
const attributes = ['fromLet', 'fromDefault', 'fromFile', 'fromJson', 'fromToml', 'onOneLine', 'sha256'];

beforeAll(async () => {
  world = await makeWorld();
  ({ work } = world.repository);
  await rm(path.join(work, 'uv-fod.lock.json'));
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(work, name), text);
}, 5 * minutes);
afterAll(() => world?.close());

const texts = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(
      Object.keys(files).map(async (name) => [name, await readFile(path.join(work, name), 'utf8')] as const),
    ),
  );
const hashesIn = (text: string): string[] => text.match(/sha256-[A-Za-z0-9+/]{43}=/g) ?? [];

describe('a hash in a let, a default argument, another file, JSON, TOML and per system', () => {
  test(
    'is written as SRI where Nix gets it from, and nothing else changes',
    async () => {
      const args = ['update', ...attributes, '--no-verify', '--skip-second-derivation'];
      const { code: exit, stderr } = await uvFod(args, work);
      expect({ exit, stderr: exit === 0 ? '' : stderr }).toEqual({ exit: 0, stderr: '' });
      const now = await texts();
      const [hash = ''] = hashesIn(now['pins.nix'] ?? '');
      const others = new Set(hashesIn(now['default.nix'] ?? ''));
      expect(others.size).toBeGreaterThan(1);
      let at = 0;
      const onLine = (now['default.nix'] ?? '').split('\n').find((line) => line.includes('onOneLine')) ?? '';
      expect(hashesIn(onLine)).toHaveLength(4);
      const systems = hashesIn(onLine);
      expect(systems[0]).toBe(hash);
      expect(now).toEqual({
        'default.nix': code
          .replace('byDefault ? ""', `byDefault ? "${hash}"`)
          .replace("indented = ''''", `indented = "${hash}"`)
          .replace(/-(linux|darwin) = ""/g, (_, kind) => `-${kind} = "${systems[at++]}"`)
          .replace(`"${zeros}"`, `"${hash}"`),
        'pins.nix': `{ lib }: { go = lib.fakeHash; python = "${hash}"; }\n`,
        'pins.json': `{ "go": { "hash": "" }, "python": { "hash": "${hash}" } }\n`,
        'pins.toml': `# [python] hash = ""\n[go]\nhash = ''\n\n[python]\nhash = "${hash}" # by uv-fod\n`,
      });
    },
    5 * minutes,
  );

  test(
    'goes from a changed lock to its pull request, which a job without Nix publishes',
    async () => {
      await world.repository.push('Pin the dependencies in many places');
      await lockSmall(work, '1.17.0', '2.0.0');
      await world.repository.push('Bump iniconfig');
      for (const [attribute, name] of [
        ['fromToml', 'pins.toml'],
        ['fromJson', 'pins.json'],
      ] as const) {
        let result = '';
        const prepare = async (dir: string): Promise<void> => {
          result = path.join(dir, 'uv-fod-result.json');
        };
        const compute = await world.act({
          inputs: { mode: 'compute', token: '', attribute, verify: 'false' },
          prepare,
        });
        expect({ code: compute.code, log: compute.code === 0 ? '' : compute.log }).toEqual({
          code: 0,
          log: '',
        });
        const made = await readFile(result, 'utf8');
        const publish = await world.act({
          inputs: { mode: 'publish', attribute, branch: `by-two-jobs/${attribute}` },
          prepare: (dir) => writeFile(path.join(dir, 'uv-fod-result.json'), made),
        });
        expect(publish.errors).toEqual([]);
        const diff = await git(
          world.repository.bare,
          'diff',
          '--name-only',
          'main',
          `by-two-jobs/${attribute}`,
        );
        expect(diff.split('\n').sort()).toEqual([name, 'uv-fod.lock.json']);
        // Another string of the file, to which the right hash does not belong.
        const moved = JSON.parse(made) as { proposed: { files: { path: string; content: string }[] }[] };
        const file = moved.proposed[0]?.files.find((one) => one.path === name);
        const [right = ''] = hashesIn(file?.content ?? '');
        if (file)
          file.content = file.content.replace(/("go": \{ "hash": |\[go\]\nhash = )(?:""|'')/, `$1"${right}"`);
        const refused = await world.act({
          inputs: { mode: 'publish', attribute, branch: `refused/${attribute}` },
          prepare: (dir) => writeFile(path.join(dir, 'uv-fod-result.json'), JSON.stringify(moved)),
        });
        expect(refused.errors.map(({ title }) => title)).toEqual(['result-refused']);
      }
    },
    5 * minutes,
  );

  test(
    'of two packages that share dependencies and build lock is published in both places',
    async () => {
      const entry = (name: string): string => `[[package]]\nattribute = "${name}"\ngroup = "both"\n\n`;
      await mkdir(path.join(work, '.github'));
      await writeFile(path.join(work, '.github/uv-fod.toml'), entry('fromToml') + entry('fromJson'));
      await world.repository.push('Put two packages into one group');
      let result = '';
      const prepare = async (dir: string): Promise<void> => {
        result = path.join(dir, 'uv-fod-result.json');
      };
      const inputs = { attribute: '', verify: 'false' };
      const compute = await world.act({ inputs: { ...inputs, mode: 'compute', token: '' }, prepare });
      expect(compute.errors).toEqual([]);
      const made = await readFile(result, 'utf8');
      const publish = await world.act({
        inputs: { ...inputs, mode: 'publish' },
        prepare: (dir) => writeFile(path.join(dir, 'uv-fod-result.json'), made),
      });
      expect(publish.errors).toEqual([]);
      const diff = await git(world.repository.bare, 'diff', '--name-only', 'main', 'uv-fod/both');
      expect(diff.split('\n').sort()).toEqual(['pins.json', 'pins.toml', 'uv-fod.lock.json']);
    },
    3 * minutes,
  );

  test(
    'that is computed is stale for a check, which prints it and writes nothing',
    async () => {
      const file = path.join(work, 'pins.nix');
      const before = (await readFile(file, 'utf8')).replace(/"sha256-([^"]+)"/, '"sha256-" + "$1"');
      await writeFile(file, before);
      await chmod(work, 0o555);
      const { code: exit, stdout, stderr } = await uvFod(['check', 'fromFile', '--json'], work);
      await chmod(work, 0o755);
      expect({ exit, stderr: exit === 3 ? '' : stderr }).toEqual({ exit: 3, stderr: '' });
      expect(JSON.parse(stdout)).toMatchObject({
        status: 'stale',
        message: expect.stringMatching(
          /x86_64-linux has sha256-\S{44} and needs sha256-\S{44}\..*can't write it.*Put it/,
        ),
      });
      expect(await readFile(file, 'utf8')).toBe(before);
    },
    3 * minutes,
  );
});
