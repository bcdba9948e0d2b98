// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Nix's interpolation
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Bump, bumpTo } from '../../src/bump/bump.ts';
import { parseConfig } from '../../src/config/parse.ts';
import type { PackageConfig } from '../../src/config/types.ts';
import { Edits } from '../../src/nix/edits.ts';
import { ask } from '../../src/nix/expression.ts';
import { mismatches } from '../../src/nix/failure.ts';
import { nixString } from '../../src/nix/literal.ts';
import { nixEvent } from '../../src/nix/nix-build.ts';
import { derivationRef } from '../../src/nix/target.ts';
import { findRelease } from '../../src/release/find.ts';
import type { UserError } from '../../src/system/errors.ts';
import { makeRun } from '../../src/system/exec.ts';
import { readText } from '../../src/system/files.ts';
import type { Run } from '../../src/system/run.ts';
import { run as runProgram, runText } from '../support/nix/run.ts';
import { fetchTag } from '../support/scenario/released.ts';
import { git } from '../support/scenario/repository.ts';
import { nixPath } from '../support/scenario/small.ts';
import { makeUpstream, type Upstream } from '../support/scenario/upstream.ts';

const minutes = 60_000;

/**
 * What somebody packages: a source fetched by its tag, a second thing fetched that the source
 * names, and a version in two files.
 */
const derivation = (url: string): string => `{ pkgs ? import <nixpkgs> { } }:
let
  ${fetchTag}
  fixed = hash: script: src: pkgs.stdenvNoCC.mkDerivation {
    name = "fixed";
    inherit src;
    dontUnpack = true;
    dontInstall = true;
    dontFixup = true;
    buildPhase = script;
    outputHashMode = "recursive";
    outputHash = hash;
  };
in
rec {
  small = pkgs.stdenvNoCC.mkDerivation rec {
    pname = "small";
    version = "1.0.0";
    src = fetchTag {
      url = "${url}";
      tag = "version/\${version}";
      hash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    };
    dontUnpack = true;
    installPhase = "cp -r $src $out";
    passthru.webui = fixed (pkgs.lib.importJSON ./hashes.json).webui "mkdir $out; cp $src/ui.txt $out/" src;
  };
  # Differs each time, in one file of two.
  restless = small // {
    log = fixed "sha256-BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA=" "mkdir -p $out/logs; echo same >$out/same; date +%N >$out/logs/time" small.src;
  };
}
`;

const hashes = '{\n  "webui": "sha256-CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCA="\n}\n';
const readme = 'small 1.0.0 is packaged here; 1.0.0 is also what the site says.\n';

const config = (more = ''): string => `[[package]]
attribute = "small"
version-files = [{ file = "README.md", pattern = "small {version} is" }]
also = [{ attribute = ".webui", file = "hashes.json", pointer = "/webui" }]
${more}

[package.releases]
github = "up/small"
tag = "version/{version}"
`;

let dir: string;
let upstream: Upstream;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'updater-'));
  upstream = await makeUpstream(dir);
  await upstream.release('1.0.0', '1.16.0');
  await upstream.release('1.1.0', '1.17.0');
}, 5 * minutes);
afterAll(async () => {
  await upstream?.close();
  await rm(dir, { recursive: true, force: true });
});

const log: string[] = [];
const parts = {
  run: makeRun({ PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', NIX_PATH: nixPath }),
  log: {
    info: (text: string) => void log.push(text),
    warning: () => {},
    progress: () => {},
    group: <T>(_: string, body: () => Promise<T>) => body(),
  },
  read: readText,
  scratch: tmpdir(),
};

/** The owner of a run's edits, which a failure undoes. */
const newEdits = (): Edits =>
  new Edits({ ...parts, journal: { write: async () => {}, clear: async () => {} } });

/** A checkout with the derivation. */
async function checkout(name: string): Promise<string> {
  const root = path.join(dir, name);
  await mkdir(root);
  await writeFile(path.join(root, 'default.nix'), derivation(upstream.url));
  await writeFile(path.join(root, 'hashes.json'), hashes);
  await writeFile(path.join(root, 'README.md'), readme);
  return root;
}

const flake = `{
  outputs = _: { packages.\${builtins.currentSystem} = import ./default.nix { pkgs = import <nixpkgs> { }; }; };
}
`;

/** One commit, detached, of a repository with the derivation and a flake in a folder. */
async function flakeCheckout(name: string, folder: string): Promise<string> {
  const made = path.join(dir, `${name}-made`);
  await git(dir, 'init', '--quiet', made);
  await cp(await checkout(`${name}-files`), path.join(made, folder), { recursive: true });
  await writeFile(path.join(made, folder, 'flake.nix'), flake);
  for (const message of ['One', 'Two']) {
    await git(made, 'add', '--all');
    await git(made, 'commit', '--quiet', '--allow-empty', '--message', message);
  }
  const root = path.join(dir, name);
  await git(dir, 'clone', '--quiet', '--depth=1', `file://${made}`, root);
  await git(root, 'checkout', '--quiet', '--detach');
  return root;
}

function packageOf(text: string): PackageConfig {
  const [found] = parseConfig(text, 'uv-fod.toml').packages;
  if (!found) throw new Error('no package');
  return found;
}

/** What the scheduled updater does with one package. */
async function bump(
  root: string,
  text: string,
  attribute = 'small',
  to?: string,
  edits = newEdits(),
): Promise<Bump> {
  const found = packageOf(text);
  const derivation = derivationRef(found.nix, attribute, root, path.join(root, 'default.nix'));
  if (!found.releases) throw new Error('no releases');
  const { version, revision } = await ask(derivation, 'packageFacts', parts.run);
  const choice = await findRelease(
    found.releases,
    { version, ...(revision === null ? {} : { revision }) },
    { hub: async () => upstream.hub, run: parts.run, scratch: dir, index: undefined, fetchText: fail },
    Date.now(),
  );
  if (choice.kind === 'none') throw new Error(choice.text);
  const release = to ? { version: to } : choice.release;
  return edits.undoOnError(() => bumpTo({ derivation, root, config: found, to: release }, edits, parts));
}

const fail = (): Promise<never> => Promise.reject(new Error('not to be asked'));
const files = (root: string) =>
  Promise.all(
    ['default.nix', 'hashes.json', 'README.md'].map((name) => readFile(path.join(root, name), 'utf8')),
  );

describe('a release that appears', () => {
  test(
    'bumps the version in both files, then source and web UI in order, each built twice',
    async () => {
      const root = await checkout('whole');
      const edits = newEdits();
      const result = await bump(root, config(), 'small', undefined, edits);
      expect(result).toMatchObject({ before: '1.0.0', after: '1.1.0' });
      expect(result.hashes.map(({ attribute }) => attribute)).toEqual(['.src', '.webui']);
      const [nix = '', json = '', text = ''] = await files(root);
      const [source, webui] = result.hashes;
      expect(nix).toBe(
        derivation(upstream.url)
          .replace('version = "1.0.0"', 'version = "1.1.0"')
          .replace('sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=', source?.after ?? ''),
      );
      expect(json).toBe(`{\n  "webui": "${webui?.after}"\n}\n`);
      expect(text).toBe(readme.replace('small 1.0.0', 'small 1.1.0'));
      expect(
        edits
          .since()
          .map(({ file }) => path.basename(file))
          .sort(),
      ).toEqual(['README.md', 'default.nix', 'hashes.json']);
      expect(log.filter((line) => line.includes('a second run gave the same'))).toHaveLength(2);
      const built = await runProgram(
        'nix-build',
        ['--no-out-link', path.join(root, 'default.nix'), '-A', 'small.webui'],
        {
          env: { NIX_PATH: nixPath },
        },
      );
      expect(await readFile(path.join(built.stdout.trim(), 'ui.txt'), 'utf8')).toContain('of 1.1.0');
      await edits.undo();
      expect(await files(root)).toEqual(untouched());
    },
    5 * minutes,
  );

  test.each([
    ['a flake', 'nix = { flake = "." }', '.'],
    ['a flake in a folder', 'nix = { flake = "nix" }', 'nix'],
    ['an expression', 'nix = { expression = "(import HERE/default.nix { })" }', '.'],
  ])(
    'in %s, shallow as a runner has it',
    async (name, nix, folder) => {
      const root = await flakeCheckout(name.replaceAll(' ', '-'), folder);
      const text = config(nix.replace('HERE', path.join(root, folder)))
        .replace('README.md', path.join(folder, 'README.md'))
        .replace('hashes.json', path.join(folder, 'hashes.json'));
      const result = await bump(root, text);
      expect(result).toMatchObject({ before: '1.0.0', after: '1.1.0' });
      expect(await git(root, 'status', '--porcelain')).toBe(
        ['README.md', 'default.nix', 'hashes.json'].map((file) => ` M ${path.join(folder, file)}`).join('\n'),
      );
      const [before, after] = [derivation(upstream.url), (await files(path.join(root, folder)))[0] ?? ''];
      expect(after.split('\n').filter((line, index) => line !== before.split('\n')[index])).toHaveLength(2);
    },
    5 * minutes,
  );

  test(
    'on a builder that keeps what it made under a wrong hash to itself, as a remote one does',
    async () => {
      const root = await checkout('forgetful');
      const derivation = { file: path.join(root, 'default.nix'), attribute: 'small' };
      const forgotten: string[] = [];
      const run: Run = async (program, args, options) => {
        const result = await parts.run(program, args, options);
        for (const { drv, got } of args.includes('--check') ? [] : mismatchesIn(result.stderr)) {
          const name = drv.replace(/^.{44}|\.drv$/g, '');
          const expression = `(derivation { name = "${name}"; system = "any"; builder = "none"; outputHash = "${got}"; outputHashMode = "recursive"; }).outPath`;
          const out = await runText('nix-instantiate', ['--eval', '--json', '--expr', expression]);
          await runText('nix-store', ['--delete', JSON.parse(out)]);
          forgotten.push(name);
        }
        return result;
      };
      const to = { version: '1.1.0' };
      const small = packageOf(config());
      const { hashes: made } = await bumpTo({ derivation, root, config: small, to }, newEdits(), {
        ...parts,
        run,
      });
      expect(forgotten).toEqual(['source', 'fixed']);
      expect(made.map(({ attribute }) => attribute)).toEqual(['.src', '.webui']);
    },
    5 * minutes,
  );

  test(
    'again, nothing is newer',
    async () => {
      const root = await checkout('again');
      await bump(root, config());
      await expect(bump(root, config())).rejects.toThrow('1.1.0 is the newest there is.');
    },
    5 * minutes,
  );

  test(
    'to a version that somebody names, past the rules',
    async () => {
      const root = await checkout('named');
      const derivation = { file: path.join(root, 'default.nix'), attribute: 'small' };
      const edits = newEdits();
      const missing = { derivation, root, config: packageOf(config()), to: { version: '1.0' } };
      const back = await edits
        .undoOnError(() => bumpTo(missing, edits, parts))
        .catch((error: UserError) => error);
      // There is no such tag: nothing is changed.
      expect(back).toMatchObject({ code: 'fetch-failed' });
      expect(await files(root)).toEqual(untouched());
      const result = await bumpTo(
        { derivation, root, config: packageOf(config()), to: { version: '1.1.0' } },
        edits,
        parts,
      );
      expect(result.after).toBe('1.1.0');
    },
    5 * minutes,
  );

  test(
    'of two literals with the version, the one that Nix sees is changed',
    async () => {
      const root = await checkout('two-literals');
      const file = path.join(root, 'default.nix');
      const nix = (await readFile(file, 'utf8'))
        .replace('version = "1.0.0"', 'inherit version; old = "1.0.0"')
        .replace('let\n', 'let\n  # "1.0.0"\n  version = "1.0.0";\n');
      await writeFile(file, nix);
      expect(await bump(root, config())).toMatchObject({ before: '1.0.0', after: '1.1.0' });
      const after = await readFile(file, 'utf8');
      expect(after).toContain('# "1.0.0"\n  version = "1.1.0";');
      expect(after).toContain('old = "1.0.0"');
    },
    5 * minutes,
  );

  test(
    'of a branch moves revision, date and source',
    async () => {
      const root = await checkout('branch');
      const file = path.join(root, 'default.nix');
      await writeFile(file, onBranch(await readFile(file, 'utf8')));
      const text = config()
        .replace(/version-files.*\n/, '')
        .replace('tag = "version/{version}"', 'branch = "main"');
      const result = await bump(root, text);
      const after = await readFile(file, 'utf8');
      const head = await upstream.head();
      expect(result.after).toMatch(/^0-unstable-\d{4}-\d\d-\d\d$/);
      expect(after).toContain(`version = "${result.after}"`);
      expect(after).toContain(`rev = "${head}"`);
      await expect(bump(root, text)).rejects.toThrow('is the newest there is');
    },
    5 * minutes,
  );
});

const untouched = (): string[] => [derivation(upstream.url), hashes, readme];

/** The same derivation, its source at a commit. */
const onBranch = (text: string): string =>
  text
    .replace('tag = "version/${version}";', `tag = "main"; rev = "${'0'.repeat(40)}";`)
    .replace('fetchTag = { url, tag, hash }', 'fetchTag = { url, tag, rev, hash }')
    .replace('inherit url tag;', 'inherit url tag rev;');

describe('nothing is changed, and it says why, where', () => {
  test(
    'a fixed output gives two hashes: the files that differ are named',
    async () => {
      const root = await checkout('restless');
      const text = config()
        .replace('attribute = "small"', 'attribute = "restless"')
        .replace('also = [', 'also = [".log", ');
      const error = await bump(root, text, 'restless').catch((thrown: UserError) => thrown);
      expect(error).toMatchObject({ code: 'not-reproducible' });
      expect((error as UserError).message).toMatch(
        /^'\.log' gave two hashes in two runs, (sha256-\S{43}=) and (?!\1)sha256-\S{43}=, .* What differs: logs\/time \(other bytes\)\. Make it/,
      );
      expect(await files(root)).toEqual(untouched());
    },
    5 * minutes,
  );

  test(
    'an output comes before what it is made from',
    async () => {
      const root = await checkout('order');
      const error = bump(root, config('source-hash = false'));
      await expect(error).rejects.toMatchObject({
        code: 'output-order',
        message: expect.stringMatching(
          /'\.webui' needs another fixed-output derivation .*, source \(Nix printed sha256-/,
        ),
      });
      expect(await files(root)).toEqual(untouched());
    },
    5 * minutes,
  );

  test.each<[string, string, (text: string) => string, (text: string) => string, RegExp]>([
    [
      'the version is put together',
      'literal-missing',
      (nix) => nix.replace('version = "1.0.0"', 'version = "1.0" + ".0"'),
      (text) => text,
      /the version of 'small', "1\.0\.0", is not written as a string in default\.nix/,
    ],
    [
      'a pattern fits twice',
      'literal-ambiguous',
      (nix) => nix,
      (text) => text.replace('small {version} is', '{version} is'),
      /README\.md should have '1\.0\.0 is' once, .* but has it 2 times/,
    ],
    [
      'a pattern fits nowhere',
      'literal-missing',
      (nix) => nix,
      (text) => text.replace('small {version} is', 'v{version}'),
      /README\.md should have 'v1\.0\.0' once, .* but has it not at all/,
    ],
    [
      'a file is not there',
      'file-missing',
      (nix) => nix,
      (text) => text.replace('README.md', 'NOTES.md'),
      /There is no file .*NOTES\.md/,
    ],
    [
      'a JSON pointer leads to something else',
      'literal-missing',
      (nix) => nix,
      (text) => text.replace('"/webui"', '"/web"'),
      /hashes\.json should have the hash of '\.webui' at \/web, but there is no string/,
    ],
    [
      'there is no such attribute',
      'attribute-missing',
      (nix) => nix,
      (text) => text.replace('also = [', 'also = [".nope", '),
      /no attribute '\.nope'/,
    ],
    [
      'an attribute is not a fixed-output derivation',
      'not-fixed-output',
      (nix) => nix,
      (text) => text.replace('also = [', 'also = ["small", '),
      /'small' of 'small' is not a fixed-output derivation/,
    ],
    [
      'the hash that is found is not the one that counts',
      'hash-not-seen',
      (nix) =>
        nix
          .replace(
            'hash = "sha256-AA',
            'note = "sha256-DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDA="; hash = "sha256-" + "DD',
          )
          .replace(/DDA{41}=/, `${'D'.repeat(42)}A=`)
          .replace('{ url, tag, hash }', '{ url, tag, hash, note }'),
      (text) => text,
      /the hash of '\.src' is at .*default\.nix:\d+, but when it is changed there, Nix does not see it/,
    ],
  ])('%s', async (name, code, change, changeConfig, message) => {
    const root = await checkout(name.replaceAll(' ', '-'));
    const file = path.join(root, 'default.nix');
    const nix = change(await readFile(file, 'utf8'));
    await writeFile(file, nix);
    const text = changeConfig(config());
    await expect(bump(root, text)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(await files(root)).toEqual([nix, hashes, readme]);
  });
});

test('any text, written as a Nix string, is that text to Nix', async () => {
  const unit = fc.oneof(
    fc.constantFrom('"', '\\', '$', '{', '}', "'", '\n', '\r', '\t', '${'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  );
  const texts = fc.sample(
    fc.string({ unit }).filter((text) => !text.includes('\0')),
    300,
  );
  const file = path.join(dir, 'strings.nix');
  await writeFile(file, `[ ${texts.map(nixString).join('\n')} ]`);
  const { stdout, code } = await runProgram('nix-instantiate', ['--eval', '--strict', '--json', file]);
  expect({ code, texts: JSON.parse(stdout) }).toEqual({ code: 0, texts });
});

/** The mismatches that a run of nix-build shows. */
function mismatchesIn(stderr: string): ReturnType<typeof mismatches> {
  const events = stderr.split('\n').map(nixEvent);
  return mismatches(
    events.flatMap((event) => (event?.kind === 'error' || event?.kind === 'relayed' ? [event.text] : [])),
  );
}
