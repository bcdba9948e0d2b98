import { readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AuthentikPackage, makeAuthentikPackage } from '../support/nix/authentik-package.ts';
import { evaluated, evaluationError, expectCode, nixBuild } from '../support/nix/nix.ts';
import { runText } from '../support/nix/run.ts';

const minutes = 60_000;
let made: AuthentikPackage;
beforeAll(async () => {
  made = await makeAuthentikPackage();
}, 5 * minutes);
afterAll(() => made?.close());

/** The package with more arguments, as Nix text. */
const variant = (more: string): string => `(import ./. { more = ${more}; }).authentik-django`;

async function build(more: string): Promise<string> {
  const { code, stdout, stderr } = await nixBuild(['--expr', variant(more)], made.dir);
  expectCode(0, { code, stderr });
  return stdout.trim();
}

/** Builds what has to fail; what our own library said, which has to be one paragraph. */
async function refusal(more: string): Promise<string> {
  const { code, stderr } = await nixBuild(['--expr', variant(more)], made.dir);
  expect(code).toBe(100);
  const ours = stderr.split('\n').filter((line) => line.startsWith('uv-fod: '));
  expect(ours).toHaveLength(1);
  return ours[0] ?? '';
}

const inSource = (out: string, file: string): Promise<string> =>
  readFile(path.join(out, 'lib/python3.14/site-packages', file), 'utf8');

describe('authentik-django', () => {
  test(
    'takes patches and postPatch as nixpkgs has them, for its own files and those beside it',
    async () => {
      await writeFile(
        path.join(made.dir, 'own.patch'),
        '--- a/authentik/root/setup.py\n+++ b/authentik/root/setup.py\n@@ -1,1 +1,1 @@\n-"""What has to happen before Django starts."""\n+"""Patched."""\n',
      );
      const out = await build(
        `{ patches = [ ./own.patch ]; postPatch = "echo '# patched too' >>lifecycle/migrate.py"; postInstall = "rm $out/bin/ak"; }`,
      );
      expect(await inSource(out, 'authentik/root/setup.py')).toMatch(/^"""Patched\."""/);
      expect(await inSource(out, 'lifecycle/migrate.py')).toMatch(/# patched too\n$/);
      // For images that have a wrapper of that name (docs/authentik-layout.md).
      expect(await readdir(path.join(out, 'bin'))).not.toContain('ak');
      // Bytecode was compiled afterwards: Python sees the patch.
      const doc = await runText(`${out}/bin/python`, [
        '-I',
        '-c',
        'import authentik.root.setup as it; print(it.__doc__)',
      ]);
      expect(doc).toBe('Patched.');
    },
    10 * minutes,
  );

  test(
    'stops where a patch no longer applies',
    async () => {
      await writeFile(
        path.join(made.dir, 'stale.patch'),
        '--- a/manage.py\n+++ b/manage.py\n@@ -1,1 +1,1 @@\n-no such line\n+anything\n',
      );
      const { code, stderr } = await nixBuild(
        ['--expr', variant('{ patches = [ ./stale.patch ]; }')],
        made.dir,
      );
      expect(code).toBe(100);
      expect(stderr).toMatch(/applying patch \S*stale\.patch/);
      expect(stderr).toContain('Hunk #1 FAILED');
    },
    10 * minutes,
  );

  test(
    "uses the web UI that it is given, and the source's own files for the rest",
    async () => {
      const webui = `(import <nixpkgs> { }).runCommand "webui" { } "mkdir -p $out/dist && echo built >$out/dist/index.html"`;
      const out = await build(`{ webui = ${webui}; }`);
      expect(await readlink(path.join(out, 'web/dist'))).toMatch(/^\/nix\/store\/\S+-webui\/dist$/);
      expect(await readFile(path.join(out, 'web/dist/index.html'), 'utf8')).toBe('built\n');
      expect(await readFile(path.join(out, 'web/robots.txt'), 'utf8')).toContain('User-agent');
    },
    10 * minutes,
  );

  test(
    'is overridable as packages of nixpkgs are',
    async () => {
      const changed = `(${variant('{ }')}.override { postPatch = "echo '# overridden' >>manage.py"; })`;
      const { code, stdout, stderr } = await nixBuild(['--expr', changed], made.dir);
      expectCode(0, { code, stderr });
      expect(await inSource(stdout.trim(), 'manage.py')).toMatch(/# overridden\n$/);
      const attributes = `(${variant('{ }')}.overrideAttrs (old: { pname = "other-" + old.pname; })).name`;
      expect(await evaluated(attributes, made.dir)).toBe('other-authentik-django-2026.2.0');
    },
    10 * minutes,
  );

  test(
    'builds from a fetched source, which nothing can look into before it is there',
    async () => {
      const fetched = `(import <nixpkgs> { }).runCommand "fetched" { } "cp -r \${./authentik} $out"`;
      const out = await build(`{ version = "2026.2.0"; src = ${fetched}; }`);
      const code = 'import authentik, guardian; print(authentik.__file__, guardian.__version__)';
      expect(await runText(`${out}/bin/python`, ['-I', '-c', code])).toBe(
        `${out}/lib/python3.14/site-packages/authentik/__init__.py 3.2.0`,
      );
      expect(
        await evaluated(
          `(${variant(`{ version = "2026.2.0"; src = ${fetched}; }`)}).uvDeps.uvFod.src`,
          made.dir,
        ),
      ).toBeNull();
    },
    10 * minutes,
  );

  test('is what nix-update addresses with --custom-dep uvDeps', async () => {
    const fields = (await evaluated(
      `let it = ${variant('{ }')}; in { inherit (it.uvDeps) outputHash; forgotten = (it.uvDeps.overrideAttrs (_: { outputHash = ""; outputHashAlgo = "sha256"; })).outputHash; script = it.updateScript; }`,
      made.dir,
    )) as Record<string, unknown>;
    expect(fields).toEqual({
      outputHash: expect.stringMatching(/^sha256-/),
      forgotten: '',
      script: ['uv-fod', 'update', 'authentik-django'],
    });
  });
});

describe('where upstream moved a line that has to be replaced', () => {
  const cases = [
    ['authentik/root/settings.py', 's/BASE_DIR = Path(__file__).absolute/BASE_DIR = Path(__file__).resolve/'],
    ['authentik/lib/default.yml', 's,/blueprints,/etc/blueprints,'],
    ['authentik/stages/email/utils.py', 's,web/dist/assets,web/dist/static,'],
    ['authentik/admin/files/backends/file.py', 's/ and (self._base_dir.is_mount/ and (self.root.is_mount/'],
  ] as const;
  for (const [file, change] of cases) {
    test(
      `${file}: one sentence names file, line and version`,
      async () => {
        const message = await refusal(`{ postPatch = "sed -i '${change}' ${file}"; }`);
        expect(message).toContain(`authentik 2026.2.0: ${file} has no line with '`);
        expect(message).toMatch(/pass a copy of nix\/scripts\/authentik-substitutions\.sh with the new line/);
      },
      10 * minutes,
    );
  }

  test(
    'a newer version, whose e-mails look in one place only, passes',
    async () => {
      const newer = `sed -i -e '/web\\\\/icons/d' -e '/if not path.exists/d' -e 's/^        path =/    path =/' authentik/stages/email/utils.py`;
      const out = await build(`{ postPatch = "${newer}"; }`);
      const text = await inSource(out, 'authentik/stages/email/utils.py');
      expect(text).toContain(`    path = Path("${out}/web/dist/assets/icons/icon_left_brand.png")`);
      expect(text).not.toContain('web/icons');
    },
    10 * minutes,
  );
});

describe('arguments that make no sense', () => {
  test('a Python of another minor version than the lock was made for', async () => {
    const other =
      '{ python = (import <nixpkgs> { }).python314 // { pythonVersion = "3.13"; version = "3.13.9"; }; }';
    expect(await evaluationError(`${variant(other)}.drvPath`, made.dir)).toMatch(
      /was locked for Python 3\.14\.8, and python is 3\.13\.9\. Both have to be the same version/,
    );
  });

  test('a fetched source without a version', async () => {
    const fetched = `{ src = (import <nixpkgs> { }).runCommand "source" { } "mkdir $out"; }`;
    expect(await evaluationError(`${variant(fetched)}.drvPath`, made.dir)).toContain(
      'authentik-django needs a version if src is fetched',
    );
  });

  test('hashes for other systems only', async () => {
    expect(
      await evaluationError(`${variant('{ hash.riscv64-linux = ""; }')}.uvDeps.drvPath`, made.dir),
    ).toMatch(/has no hash for \S+-linux, only for riscv64-linux/);
  });
});
