import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Mirror, mirror } from '../support/nix/mirror.ts';
import { built, closure, environment, evaluated, expectCode, nixBuild } from '../support/nix/nix.ts';
import { derivation, lock, pin, scratch, twoWheels, writeFiles } from '../support/nix/project.ts';
import { runText } from '../support/nix/run.ts';

const minutes = 60_000;
const fake = 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';

let dir: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ dir, remove } = await scratch('fetch'));
  await writeFiles(dir, { 'default.nix': derivation(), 'project/pyproject.toml': twoWheels() });
  await lock(path.join(dir, 'project'));
  await pin(dir);
}, 2 * minutes);
afterAll(() => remove());

const pinnedHash = async (): Promise<string> =>
  /hash = "(sha256-[^"]+)"/.exec(await readFile(path.join(dir, 'default.nix'), 'utf8'))?.[1] ?? '';

describe('fetchUvDeps', () => {
  test('holds the wheels byte for byte and a manifest, and nothing of the store', async () => {
    const [out = ''] = await built(['-A', 'uvDeps'], dir);
    const files = (await runText('find', ['.', '-type', 'f'], { cwd: out })).split('\n').sort();
    expect(files).toEqual([
      './manifest.json',
      './wheels/iniconfig-2.1.0-py3-none-any.whl',
      './wheels/six-1.16.0-py2.py3-none-any.whl',
    ]);
    const text = await readFile(path.join(dir, 'project/uv.lock'), 'utf8');
    for (const file of files.slice(1)) {
      const digest = (await runText('sha256sum', [path.join(out, file)])).split(' ')[0];
      expect(text).toContain(`sha256:${digest}`);
    }
    expect(await closure([out])).toEqual([out]);
  });

  test(
    'built again from nothing, gives the same bytes',
    async () => {
      const { code, stderr } = await nixBuild(['-A', 'uvDeps', '--check'], dir);
      expectCode(0, { code, stderr });
    },
    minutes,
  );

  test(
    'an empty hash tells the right one',
    async () => {
      const file = path.join(dir, 'empty.nix');
      await writeFile(
        file,
        (await readFile(path.join(dir, 'default.nix'), 'utf8')).replace(await pinnedHash(), ''),
      );
      const { code, stderr } = await nixBuild(['empty.nix', '-A', 'uvDeps'], dir);
      expect(code).toBe(102);
      expect(stderr).toContain(`specified: ${fake}`);
      expect(stderr).toContain(`got:    ${await pinnedHash()}`);
    },
    minutes,
  );

  test(
    'a wrong hash names the derivation and both hashes',
    async () => {
      const wrong = 'sha256-BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA=';
      const expression = `(import ./. { }).uvDeps.overrideAttrs (_: { outputHash = "${wrong}"; })`;
      const { code, stderr } = await nixBuild(['--expr', expression], dir);
      expect(code).toBe(102);
      expect(stderr).toMatch(/hash mismatch in fixed-output derivation '\S+-python-uv-deps\.drv'/);
      expect(stderr).toContain(`got:    ${await pinnedHash()}`);
    },
    minutes,
  );

  test('says where its caller wrote the hash', async () => {
    const position = (await evaluated('(import ./. { }).uvDeps.uvFod.position', dir)) as Record<
      string,
      unknown
    >;
    const lines = (await readFile(path.join(dir, 'default.nix'), 'utf8')).split('\n');
    expect(position.file).toBe(path.join(dir, 'default.nix'));
    expect(lines[Number(position.line) - 1]).toContain(`hash = "${await pinnedHash()}"`);
  });

  test(
    'gives the hash of another system on this machine',
    async () => {
      const text = (await readFile(path.join(dir, 'default.nix'), 'utf8')).replace(
        /hash = "[^"]*";/,
        'hash = { x86_64-linux = ""; aarch64-linux = ""; };',
      );
      await writeFile(path.join(dir, 'systems.nix'), text);
      const systems = (await evaluated(
        'builtins.mapAttrs (_: one: { inherit (one) system; target = one.uvFod.system; line = one.uvFod.position.line; }) (import ./systems.nix { }).uvDeps.systems',
        dir,
      )) as Record<string, { system: string; target: string }>;
      expect(Object.keys(systems)).toEqual(['aarch64-linux', 'x86_64-linux']);
      // The derivation is the builder's, the target is not.
      const own = systems['x86_64-linux']?.system;
      expect(systems['aarch64-linux']).toMatchObject({ system: own, target: 'aarch64-linux' });
      const { code, stderr } = await nixBuild(['systems.nix', '-A', 'uvDeps.systems.aarch64-linux'], dir);
      expect(code).toBe(102);
      expect(stderr).toMatch(/got:\s+sha256-/);
      // The manifest names its system, so the hashes differ although both wheels are for any.
      expect(stderr).not.toContain(await pinnedHash());
    },
    minutes,
  );

  test(
    'gives those of macOS with the same target, for the oldest macOS that nixpkgs supports',
    async () => {
      const copy = path.join(dir, 'macos');
      await cp(path.join(dir, 'project'), path.join(copy, 'project'), { recursive: true });
      const systems = ['x86_64-linux', 'aarch64-linux', 'x86_64-darwin', 'aarch64-darwin'];
      const hashes = `hash = {\n${systems.map((system) => `${system} = "";\n`).join('')}};`;
      await writeFile(path.join(copy, 'default.nix'), derivation().replace('hash = "";', hashes));
      const libc = await evaluated(
        'builtins.mapAttrs (_: one: one.uvFod.target.libc) (import ./. { }).uvDeps.systems',
        copy,
      );
      expect(libc).toEqual({
        ...{ 'x86_64-linux': 'glibc:2.39', 'aarch64-linux': 'glibc:2.39' },
        ...{ 'x86_64-darwin': 'macos:14.0', 'aarch64-darwin': 'macos:14.0' },
      });
      await pin(copy);
      const text = await readFile(path.join(copy, 'default.nix'), 'utf8');
      expect(new Set(text.match(/"sha256-[^"]+"/g)).size).toBe(systems.length);
      const lock = JSON.parse(await readFile(path.join(copy, 'uv-fod.lock.json'), 'utf8'));
      expect(Object.keys(lock.systems)).toEqual([...systems].sort());
    },
    2 * minutes,
  );

  test('has no uv, no Python and no compiler among its inputs: none of them can change its hash', async () => {
    const drv = await runText('nix-instantiate', ['-A', 'uvDeps'], { cwd: dir, env: environment });
    const inputs = await closure([drv.trim().split('\n').at(-1) ?? '']);
    expect(inputs.some((name) => name.includes('-node'))).toBe(true);
    for (const name of inputs)
      expect(name).not.toMatch(/-(uv-[\d.]+|python3-[\d.]+|gcc-(?!lib)\S+|cc-wrapper)\.drv$/);
  });

  test(
    'a mirror gives the same hash',
    async () => {
      const copy = path.join(dir, 'mirrored');
      await cp(path.join(dir, 'project'), path.join(copy, 'project'), { recursive: true });
      for (const name of ['default.nix', 'uv-fod.lock.json'])
        await cp(path.join(dir, name), path.join(copy, name));
      const served: Mirror = await mirror(path.join(copy, 'project/uv.lock'));
      try {
        const { code, stderr } = await nixBuild(['-A', 'uvDeps', '--check'], copy);
        expectCode(0, { code, stderr });
        expect([...served.asked].sort()).toEqual([
          'iniconfig-2.1.0-py3-none-any.whl',
          'six-1.16.0-py2.py3-none-any.whl',
        ]);
      } finally {
        await served.close();
      }
    },
    minutes,
  );
});
