// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Nix's interpolation
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectCode } from '../support/nix/nix.ts';
import { cacheFolder, type OtherStore, otherStore } from '../support/nix/other-store.ts';
import { checkout } from '../support/runner/runner.ts';
import { git, Repository } from '../support/scenario/repository.ts';
import { edit, lockSmall, nixPath, writeSmall } from '../support/scenario/small.ts';

// Everything that reads Nix's words, with Nix 2.26 and a store of its own; all other tests do it
// with 2.34.
const minutes = 60_000;
/** Made by script/test e2e (script/lib/old-nix.sh). */
const bin = path.join(cacheFolder(), 'nix-trixie/usr/bin');
const env = { NIX_PATH: nixPath, PATH: `${bin}:${process.env.PATH}` };

let store: OtherStore;
let dir: string;
let repository: Repository;
const uvFod = (...args: string[]) =>
  store.run(process.execPath, [path.join(checkout, 'dist/cli.js'), ...args], { cwd: repository.work, env });

beforeAll(async () => {
  await access(path.join(bin, 'nix-build'));
  store = await otherStore('old-nix');
  dir = await mkdtemp(path.join(tmpdir(), 'old-nix-'));
  repository = await Repository.create(dir);
  await writeSmall(repository.work);
  await writeFile(
    path.join(repository.work, 'flake.nix'),
    '{ outputs = _: { legacyPackages.${builtins.currentSystem} = import ./default.nix { }; }; }\n',
  );
  await repository.push('Not locked yet');
}, minutes);
afterAll(async () => {
  await store?.remove();
  await rm(dir, { recursive: true, force: true });
});

interface Told {
  readonly hashes: readonly { readonly how: string; readonly after: string }[];
  readonly imported: readonly { readonly module: string }[];
}

describe('Nix 2.26', () => {
  test('is what runs', async () => {
    const { stdout } = await store.run('nix-build', ['--version'], { env });
    expect(stdout).toMatch(/^nix-build \(Nix\) 2\.26\./);
  });

  test(
    'on a flake: its mismatch gives the hash that is computed without it, at the position that it names',
    async () => {
      const updated = await uvFod('update', 'small', '--flake', '.', '--json');
      expectCode(0, updated);
      const { hashes, imported } = JSON.parse(updated.stdout) as Told;
      expect(hashes).toMatchObject([{ how: 'both' }]);
      expect(imported.map(({ module }) => module)).toEqual(['six', 'iniconfig']);
      expect(await git(repository.work, 'diff', '--', 'default.nix')).toContain(
        `+    hash = "${hashes[0]?.after}";`,
      );
      await repository.push('Locked');
      const checked = await uvFod('check', 'small', '--flake', '.');
      expect(checked.stdout).toMatch(/^current: /);
    },
    3 * minutes,
  );

  test(
    'on a file: a bump is stale for check, and a build that fails is named with its last words',
    async () => {
      await lockSmall(repository.work, '1.17.0');
      expect(await uvFod('check', 'small')).toMatchObject({
        code: 3,
        stdout: expect.stringMatching(/^stale: /),
      });
      const failing = 'version = "1.0"; postInstall = "echo the last words; exit 3";';
      await edit(repository, 'default.nix', (text) => text.replace('version = "1.0";', failing));
      const before = await git(repository.work, 'status', '--porcelain');
      const failed = await uvFod('update', 'small');
      expect(failed.code).toBe(1);
      expect(failed.stderr).toContain('the build of small-1.0 failed, and last printed: the last words');
      expect(await git(repository.work, 'status', '--porcelain')).toBe(before);
    },
    3 * minutes,
  );
});
