import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AuthentikPackage, makeAuthentikPackage } from '../support/nix/authentik-package.ts';
import { everyBuild } from '../support/nix/every-build.ts';
import { checkout, expectCode, tail } from '../support/nix/nix.ts';
import { lock, pin, scratch, writeFiles } from '../support/nix/project.ts';
import { run, runText } from '../support/nix/run.ts';

// The library with the nixpkgs that NIXPKGS names (script/lib/nixpkgs.sh), not with the look-alike
// set.
const minutes = 60_000;
const nixpkgs = process.env.UV_FOD_NIXPKGS ?? '';
const env = {
  NIX_PATH: `nixpkgs=${nixpkgs}:uv-fod=${checkout}/nix`,
  // Nothing of this machine is seen by a build, but the shell that Nix itself promises.
  NIX_CONFIG: `sandbox-paths = /bin/sh=/usr/bin/bash-static\n${process.env.UV_FOD_NIX_CONFIG ?? ''}`,
};

/**
 * A lock is for one patch release of Python (buildUvEnv), and this nixpkgs may have another one.
 */
const pkgs = (config = '{ }'): string =>
  `import <nixpkgs> { config = ${config}; overlays = [ (_: prev: { python314 = prev.python314 // { version = "3.14.8"; }; }) ]; }`;

let dir: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ dir, remove } = await scratch('nixpkgs'));
  await writeFiles(dir, {
    'authentik/source/pyproject.toml': '[project]\nname = "authentik"\nversion = "2026.2.0"\n',
    'authentik/source/uv.lock': 'version = 1\n',
    'authentik/uv-fod.lock.json': JSON.stringify(everyBuild),
  });
  await cp(path.join(checkout, 'examples/authentik'), path.join(dir, 'authentik'), { recursive: true });
  for (const [name, attribute] of Object.entries(examples)) {
    await cp(path.join(checkout, 'examples', name), path.join(dir, name), { recursive: true });
    await lock(path.join(dir, name));
    // With the look-alike set: hashes and build locks do not depend on nixpkgs.
    await pin(path.join(dir, name), attribute);
  }
}, 10 * minutes);
afterAll(() => remove());

/** Attributes of examples that lock and build by themselves. */
const examples = { small: 'small', workspace: 'app' };

/** Derivations that an expression has, made without building anything. */
async function derivations(expression: string, cwd: string): Promise<string[]> {
  const args = ['--option', 'allow-import-from-derivation', 'false', '--expr', expression];
  const { code, stdout, stderr } = await run('nix-instantiate', args, { cwd, env });
  expectCode(0, { code, stderr });
  return stdout.split('\n').filter((line) => /^\/nix\/store\/\S+\.drv/.test(line));
}

describe('evaluates, without import from derivation', () => {
  const package_ =
    '(uv-fod.authentik-django { src = ./source; hash = ""; buildLock = ./uv-fod.lock.json; webui = pkgs.zlib; })';
  const all = (it: string): string =>
    `let it = ${it}; values = builtins.attrValues; in [ it it.uvDeps it.thirdParty it.checked it.devShell ] ++ values it.builds ++ values it.apart ++ map (one: one.requires) (values it.builds)`;
  const scope = `let pkgs = ${pkgs()}; uv-fod = import <uv-fod> { inherit pkgs; }; in`;

  const expressions: Record<string, [folder: string, expression: string, least: number]> = {
    'examples/small': ['small', all(`(import ./. { pkgs = ${pkgs()}; }).small`), 4],
    'examples/workspace': ['workspace', all(`(import ./. { pkgs = ${pkgs()}; }).app`), 8],
    'examples/authentik': ['authentik', all(`(import ./. { pkgs = ${pkgs()}; }).authentik-django`), 16],
    'authentik-django of a source on disk': ['authentik', `${scope} ${all(package_)}`, 16],
    'its tests': ['authentik', `${scope} builtins.attrValues ${package_}.tests`, 7],
    'structured attributes by default': [
      'small',
      all(`(import ./. { pkgs = ${pkgs('{ structuredAttrsByDefault = true; }')}; }).small`),
      4,
    ],
    'the command line': ['.', `import ${checkout}/nix/cli.nix { pkgs = import <nixpkgs> { }; }`, 1],
  };
  for (const [name, [folder, expression, least]] of Object.entries(expressions)) {
    test(
      name,
      async () => {
        const found = await derivations(expression, path.join(dir, folder));
        expect(found.length).toBeGreaterThanOrEqual(least);
      },
      5 * minutes,
    );
  }
});

// What nixpkgs itself has to build first (its compiler, say) is not built here: it has to come from
// a binary cache.
const tools = `with import <nixpkgs> { }; [
  stdenv stdenvNoCC.initialPath nodejs uv python314 curl cacert unzip patchelf gitMinimal autoPatchelfHook makeBinaryWrapper ]`;
const missing = await (async (): Promise<string | undefined> => {
  const { code, stderr } = await run('nix-build', ['--dry-run', '--expr', tools], { env });
  if (code !== 0) return `what builds need does not evaluate: ${tail(stderr, 3)}`;
  const own = /these (\d+) derivations will be built|this derivation will be built/.exec(stderr);
  return own ? `${own[1] ?? 1} derivations of nixpkgs itself would have to be built first` : undefined;
})();
const builds = missing === undefined ? test : test.skip;
if (missing !== undefined) process.stderr.write(`not tried: every build, because ${missing}\n`);

describe('builds', () => {
  const build = async (cwd: string, ...args: string[]): Promise<string[]> => {
    const { code, stdout, stderr } = await run('nix-build', ['--no-out-link', ...args], { cwd, env });
    expectCode(0, { code, stderr });
    return stdout.trim().split('\n');
  };

  builds(
    'examples/small and examples/workspace, which import',
    async () => {
      const [small = ''] = await build(path.join(dir, 'small'), '-A', 'small', '--arg', 'pkgs', pkgs());
      expect(await runText(`${small}/bin/python`, ['-I', '-c', 'import six; print(six.__version__)'])).toBe(
        '1.17.0',
      );
      const [app = ''] = await build(path.join(dir, 'workspace'), '-A', 'app', '--arg', 'pkgs', pkgs());
      expect(await runText(`${app}/bin/app`, [])).toBe('Hello, workspace.');
    },
    20 * minutes,
  );

  builds(
    'the command line, which prints its help',
    async () => {
      const expression = `import ${checkout}/nix/cli.nix { pkgs = import <nixpkgs> { }; }`;
      const [out = ''] = await build(dir, '--expr', expression);
      expect(await runText(`${out}/bin/uv-fod`, ['--help'])).toContain('uv-fod');
    },
    20 * minutes,
  );

  builds(
    'authentik-django, which passes its own tests',
    async () => {
      const made: AuthentikPackage = await makeAuthentikPackage();
      try {
        await writeFile(
          path.join(made.dir, 'tests.nix'),
          `(import ./. { pkgs = ${pkgs()}; }).authentik-django.tests`,
        );
        await build(made.dir, 'tests.nix');
      } finally {
        await made.close();
      }
    },
    60 * minutes,
  );
});
