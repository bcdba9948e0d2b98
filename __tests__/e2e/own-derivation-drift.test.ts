import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { run, runText } from '../support/nix/run.ts';
import { copyExample } from '../support/scenario/own-derivation.ts';
import { uvFod } from '../support/scenario/small.ts';

// The kinds of own derivations (examples/own-derivation) that are different in each run, with real
// files from PyPI.
const minutes = 60_000;
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'drift-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** A copy of an example, locked. */
async function locked(name: string): Promise<string> {
  const work = path.join(dir, name);
  await copyExample(`own-derivation/${name}`, work);
  await runText('git', ['init', '--quiet', work]);
  await runText('uv', ['lock', '--quiet', '--python', 'python3.14'], { cwd: work });
  await runText('git', ['-C', work, 'add', '--all']);
  return work;
}

describe('the kinds that drift', () => {
  test.each([
    [
      'uv-sync',
      /markupsafe\/_speedups\S*\.so \(other (?:bytes|size)\).*Likely causes: code is compiled .*RECORD/,
    ],
    ['uv-cache', /archive-v0\/\S+ \(only in the first\).*Likely cause: names of files are new in each run/],
  ])(
    '%s: refused with its cause, and unverifiable where it is allowed',
    async (name, cause) => {
      const work = await locked(name);
      const refused = await uvFod(['update', 'app'], work);
      expect(refused.code).toBe(1);
      const [first, second] = refused.stderr.match(/sha256-[\w+/]{43}=/g) ?? [];
      expect(first).not.toBe(second);
      expect(refused.stderr).toMatch(cause);
      expect((await run('git', ['-C', work, 'diff', '--stat'])).stdout).toBe('');
      const allowed = await uvFod(['check', 'app', '--allow-drift', '--imports', 'six', '--json'], work);
      const { status, message } = JSON.parse(allowed.stdout) as { status: string; message: string };
      expect({ code: allowed.code, status }).toEqual({ code: 0, status: 'unverifiable' });
      expect(message).toMatch(cause);
    },
    10 * minutes,
  );
});

describe('a hash that differs in each run, with allow-drift', () => {
  const fod = (name: string, hash: string, says = ''): string => `pkgs.stdenvNoCC.mkDerivation {
    name = "${name}"; dontUnpack = true; dontFixup = true; lock = ./uv.lock;
    installPhase = "cat $lock >$out; date +%s%N >>$out${says}";
    outputHashMode = "recursive"; outputHashAlgo = "sha256"; outputHash = ${hash};
  }`;
  const app = (version: string, deps: string): string =>
    `pkgs.stdenvNoCC.mkDerivation { pname = "app"; version = "${version}"; dontUnpack = true; dontBuild = true;
    passthru = { ${deps} }; installPhase = "touch $out"; }`;
  const hashes = [1, 2].map((fill) => `"sha256-${Buffer.alloc(32, fill).toString('base64')}"`) as [
    string,
    string,
  ];
  const file = (version: string, says: readonly [deps?: string, also?: string] = []): string => {
    const both = `deps = ${fod('deps', hashes[0], says[0])};\n other = ${fod('other', hashes[1], says[1])};`;
    return `{ pkgs ? import <nixpkgs> { } }: {\n  app = ${app(version, both)};\n}\n`;
  };
  const configuration =
    '[[package]]\nattribute = "app"\nnix = { file = "default.nix" }\ndependencies = ".deps"\nalso = [".other"]\nimports = []\nallow-drift = true\n';
  let work: string;
  const commit = async (text: string): Promise<void> => {
    await writeFile(path.join(work, 'default.nix'), text);
    await runText('git', ['-C', work, 'add', '--all']);
    const user = ['-c', 'user.name=t', '-c', 'user.email=t@t'];
    await runText('git', ['-C', work, ...user, 'commit', '--quiet', '--message', 'Change it']);
  };
  /** The literals that an update changes. */
  const updated = async (): Promise<string[]> => {
    const { code, stderr } = await uvFod(['update', 'app', '--no-verify'], work);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const now = await readFile(path.join(work, 'default.nix'), 'utf8');
    await runText('git', ['-C', work, 'checkout', '--quiet', '--', 'default.nix']);
    return hashes.filter((one) => !now.includes(one));
  };

  test(
    'is proposed only for another derivation than in the commit that wrote it, of dependencies and `also`',
    async () => {
      work = path.join(dir, 'rule');
      await runText('git', ['init', '--quiet', work]);
      await mkdir(path.join(work, '.github'));
      await writeFile(path.join(work, '.github/uv-fod.toml'), configuration);
      await writeFile(path.join(work, 'uv.lock'), 'version = 1\nrequires-python = ">=3.14"\n');
      await commit('{ }');
      await commit(file('1.0'));
      expect(await updated()).toEqual([]);
      await commit(file('1.1'));
      expect(await updated()).toEqual([]);
      await commit(file('1.1', ['; echo 1 >>$out']));
      expect(await updated()).toEqual([hashes[0]]);
      await commit(file('1.1', ['', '; echo 1 >>$out']));
      expect(await updated()).toEqual([hashes[1]]);
    },
    5 * minutes,
  );

  test(
    'that is computed has a second run as well: refused, and unverifiable where it is allowed',
    async () => {
      const hidden = `let deps = ${fod('deps', `"sha256-" + "${hashes[0].slice(8)}`)}; in`;
      await commit(`{ pkgs ? import <nixpkgs> { } }: { app = ${hidden} ${app('1.0', 'inherit deps;')}; }\n`);
      const args = ['app', '--file', 'default.nix', '--dependencies', '.deps'];
      const refused = await uvFod(['update', ...args, '--json'], work);
      expect(JSON.parse(refused.stdout || refused.stderr)).toMatchObject({ error: 'not-reproducible' });
      const allowed = await uvFod(['check', ...args, '--allow-drift', '--json'], work);
      expect(JSON.parse(allowed.stdout)).toMatchObject({ status: 'unverifiable' });
      expect(allowed.code).toBe(0);
    },
    3 * minutes,
  );
});
