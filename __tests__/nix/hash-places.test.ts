// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Nix's interpolation
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ask } from '../../src/nix/expression.ts';
import { replaced } from '../../src/nix/literal-candidates.ts';
import { type FoundLiteral, findLiterals, type SoughtLiteral } from '../../src/nix/literal-places.ts';
import { derivationRef, type NixRoot } from '../../src/nix/target.ts';
import { makeRun } from '../../src/system/exec.ts';
import { readText } from '../../src/system/files.ts';
import { spellings, sriOfText } from '../../src/system/sri.ts';
import { git } from '../support/scenario/repository.ts';

// Where a hash may be written: each shape is a repository, in which the literal that Nix reads has
// marks around it, and others have the same value.
const old = sriOfText('old');
const [, hex = '', base32 = ''] = spellings(old);
const next = sriOfText('next');
const zeros = `sha256-${'A'.repeat(43)}=`;

/** A fixed-output derivation as any, with no library. */
const fod = `fod = hash: derivation {
    name = "deps"; system = builtins.currentSystem; builder = "/bin/sh"; args = [ "-c" "exit 1" ];
    outputHashMode = "recursive"; outputHashAlgo = "sha256"; outputHash = hash;
  };
  lib = { fakeHash = "sha256-" + "${zeros.slice(7)}"; fakeSha256 = "0" + "${'0'.repeat(63)}"; };`;
const expression = (body: string): string => `let\n  ${fod}\nin\n${body}\n`;

interface ShapeOfHash {
  readonly files: Readonly<Record<string, string>>;
  /** Attributes whose hashes are sought together. */
  readonly attributes?: readonly string[];
  /** Evaluations beyond the first; 0 if Nix's position is enough. */
  readonly evaluations: number;
  readonly named?: SoughtLiteral['named'];
  readonly nix?: NixRoot;
}

const file = (body: string): Readonly<Record<string, string>> => ({ 'default.nix': expression(body) });

const shapes: Readonly<Record<string, ShapeOfHash>> = {
  'a literal at the attribute': {
    files: file(
      `{ pkg = { deps = derivation { name = "a"; system = "x"; builder = "x"; outputHashMode = "flat"; outputHash = «"${old}"»; }; other = "${old}"; }; }`,
    ),
    evaluations: 0,
  },
  'an indented string': { files: file(`{ pkg.deps = fod «''${old}''»; }`), evaluations: 1 },
  'a let, beside a comment with the same': {
    files: file(`let wanted = «"${old}"»; in /* "${old}" */ { pkg.deps = fod wanted; }`),
    evaluations: 1,
  },
  inherit: {
    files: file(
      `let outputHash = «"${old}"»; of = { inherit outputHash; }; in { pkg.deps = fod of.outputHash; }`,
    ),
    evaluations: 1,
  },
  'a default argument': {
    files: { 'default.nix': `{ hash ? «"${old}"» }: let ${fod} in { pkg.deps = fod hash; }` },
    evaluations: 1,
  },
  'a default argument that is not set yet': {
    files: {
      'default.nix': `{ hash ? «""», name ? "" }: let ${fod} in { pkg.deps = fod hash; x = { hash = ""; }; }`,
    },
    evaluations: 2,
  },
  'a dotted binding': {
    files: file(
      `let pins.python.hash = «"${old}"»; pins.python.other = "${old}"; in { pkg.deps = fod pins.python.hash; }`,
    ),
    evaluations: 2,
  },
  'another Nix file': {
    files: {
      ...file('{ pkg.deps = fod (import ./nix/pins.nix).python; }'),
      'nix/pins.nix': `{ python = «"${old}"»; go = "${old}"; }\n`,
    },
    evaluations: 2,
  },
  'a helper that makes several packages': {
    files: file(
      `let make = hash: { deps = fod hash; }; in { pkg = make «"${old}"»; other = make "${old}"; }`,
    ),
    evaluations: 2,
  },
  'a helper that asks for all to be the same': {
    files: file(
      `let a = «"${old}"»; b = "${old}"; in { pkg.deps = assert builtins.stringLength b == 51; fod a; }`,
    ),
    evaluations: 2,
  },
  JSON: {
    files: {
      ...file('{ pkg.deps = fod (builtins.fromJSON (builtins.readFile ./pins.json)).python.hash; }'),
      'pins.json': `{\n  "go": { "hash": "${old}" },\n  "python": { "hash": «"${old}"», "twice": "" }\n}\n`,
    },
    evaluations: 2,
  },
  'JSON without a hash yet': {
    files: {
      ...file('{ pkg.deps = fod (builtins.fromJSON (builtins.readFile ./pins.json)).python; }'),
      'pins.json': '{ "go": "", "python": «""» }\n',
    },
    evaluations: 3,
  },
  'JSON at the pointer that is named': {
    files: {
      ...file('{ pkg.deps = fod (builtins.fromJSON (builtins.readFile ./pins.json)).python.hash; }'),
      'pins.json': `{ "go": "${old}", "python": { "hash": «"${old}"» } }\n`,
    },
    named: { file: 'pins.json', path: ['python', 'hash'] },
    evaluations: 1,
  },
  TOML: {
    files: {
      ...file('{ pkg.deps = fod (builtins.fromTOML (builtins.readFile ./pins.toml)).python.hash; }'),
      'pins.toml': `# hash = "${old}"\n[go]\nhash = "${old}"\n[python] # the wheels\nhash = «'${old}'» # by uv-fod\n`,
    },
    evaluations: 2,
  },
  'TOML at the key that is named': {
    files: {
      ...file('{ pkg.deps = fod (builtins.fromTOML (builtins.readFile ./pins.toml)).python.hash; }'),
      'pins.toml': `go.hash = "${old}"\npython.hash = «"${old}"»\n`,
    },
    named: { file: 'pins.toml', path: ['python', 'hash'] },
    evaluations: 1,
  },
  hexadecimal: { files: file(`let sha256 = «"${hex}"»; in { pkg.deps = fod sha256; }`), evaluations: 1 },
  base32: { files: file(`let sha256 = «"${base32}"»; in { pkg.deps = fod sha256; }`), evaluations: 1 },
  'lib.fakeHash': {
    files: file(
      '{ pkg.deps = fod hashes.a; hashes = 1; }'
        .replace('{ pkg', 'let hashes = { a = «lib.fakeHash»; b = lib.fakeHash; }; in { pkg')
        .replace(' hashes = 1;', ''),
    ),
    evaluations: 2,
  },
  'lib.fakeSha256': {
    files: file('let sha256 = «lib.fakeSha256»; in { pkg.deps = fod sha256; }'),
    evaluations: 2,
  },
  'four on one line, two of them equal': {
    files: file(
      'let hash = { x86_64-linux = «""»; aarch64-linux = «""»; x86_64-darwin = «lib.fakeHash»; aarch64-darwin = «"' +
        old +
        '"»; }; in { pkg = builtins.mapAttrs (_: fod) hash; }',
    ),
    attributes: ['.x86_64-linux', '.aarch64-linux', '.x86_64-darwin', '.aarch64-darwin'],
    evaluations: 2,
  },
  'per system in JSON': {
    files: {
      ...file('{ pkg = builtins.mapAttrs (_: fod) (builtins.fromJSON (builtins.readFile ./pins.json)); }'),
      'pins.json': `{ "x86_64-linux": «"${old}"», "aarch64-linux": «"${old}"» }\n`,
    },
    attributes: ['.x86_64-linux', '.aarch64-linux'],
    evaluations: 1,
  },
  'a flake, in a file that git does not have yet': {
    files: {
      'flake.nix': '{ outputs = _: { packages.${builtins.currentSystem} = import ./default.nix; }; }\n',
      ...file(`let wanted = «"${old}"»; in { pkg.deps = fod wanted; }`),
    },
    nix: { kind: 'flake', flake: '.' },
    evaluations: 1,
  },
  'an expression': {
    files: file(`let wanted = «"${old}"»; in { pkg.deps = fod wanted; }`),
    nix: { kind: 'expression', expression: 'import ./default.nix' },
    evaluations: 1,
  },
};

let dir: string;
let evaluations = 0;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'places-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const program = makeRun({ PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' });
const run: typeof program = (name, args, options) => {
  if (name === 'nix-instantiate') evaluations++;
  return program(name, args, options);
};

/** A repository with files, without the marks. */
async function repository(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const root = path.join(dir, name.replaceAll(/\W+/g, '-'));
  for (const [one, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, one)), { recursive: true });
    await writeFile(path.join(root, one), text.replaceAll(/[«»]/g, ''));
  }
  await git(dir, 'init', '--quiet', root);
  if (files['flake.nix']) await git(root, 'add', '--all');
  return root;
}

async function find(
  root: string,
  { attributes = ['.deps'], named, nix }: Partial<ShapeOfHash>,
): Promise<FoundLiteral[]> {
  const derivation = derivationRef(nix ?? { kind: 'file', file: 'default.nix' }, 'pkg', root);
  const cwd = process.cwd();
  process.chdir(root);
  try {
    const sought: SoughtLiteral[] = [];
    for (const attribute of attributes) {
      const { hash, positions } = await ask(derivation, 'outputFacts', run, { given: { path: attribute } });
      sought.push({
        ...{ what: `the hash of '${attribute}'`, value: hash ?? '', algorithm: 'sha256', positions },
        named: named && { ...named, file: path.join(root, named.file) },
      });
    }
    evaluations = 0;
    const evaluated = (copied: typeof derivation) =>
      Promise.all(
        attributes.map(async (one) => (await ask(copied, 'outputFacts', run, { given: { path: one } })).hash),
      );
    return await findLiterals(derivation, sought, evaluated, {
      run,
      read: readText,
      scratch: path.join(dir, 'scratch'),
    });
  } finally {
    process.chdir(cwd);
  }
}

describe('the literal whose change Nix sees', () => {
  test.each(Object.entries(shapes))('%s', async (name, shape) => {
    const root = await repository(name, shape.files);
    const before = await git(root, 'status', '--porcelain', '--untracked-files=all');
    const found = await find(root, shape);
    const changes = found.map(({ place, problem }) => {
      if (!place) throw new Error(problem.why);
      return { place, value: next };
    });
    for (const [one, text] of Object.entries(shape.files)) {
      const full = path.join(root, one);
      const own = changes.filter(({ place }) => place.file === full);
      const after = replaced(full, await readFile(full, 'utf8'), own);
      expect(after).toBe(text.replaceAll(/«[^»]*»/g, `"${next}"`));
    }
    expect(evaluations).toBe(shape.evaluations * (shape.attributes?.length ?? 1));
    expect(await git(root, 'status', '--porcelain', '--untracked-files=all')).toBe(before);
  });
});

describe('a hash that can not be patched', () => {
  test.each([
    [
      'is computed',
      `{ pkg.deps = fod ("sha256-" + "${old.slice(7)}"); }`,
      'hash-not-seen',
      /default\.nix:\d+, but .* is computed/,
    ],
    [
      'is made of parts',
      `{ pkg.deps = fod ("${old.slice(0, 20)}" + "${old.slice(20)}"); }`,
      'literal-missing',
      /not written as a string/,
    ],
    [
      'is written twice, and both count',
      `let a = "${old}"; b = "${old}"; in { pkg.deps = assert a == b; fod a; }`,
      'literal-ambiguous',
      /2 times at .*default\.nix:\d+, and both count/,
    ],
    [
      'decides about itself',
      `let a = "${old}"; in { pkg.deps = fod (if a == "${old}" then a else "${sriOfText('x')}"); }`,
      'literal-ambiguous',
      /and both count/,
    ],
  ])('%s', async (name, body, code, why) => {
    const [found] = await find(await repository(name, file(body)), {});
    expect(found?.problem?.code).toBe(code);
    expect(found?.problem?.why).toMatch(why);
  });

  test('since the pointer of the configuration leads to nothing', async () => {
    const root = await repository('pointer', { ...file(`{ pkg.deps = fod "${old}"; }`), 'pins.json': '{}' });
    const named = { file: 'pins.json', path: ['python', 'hash'] };
    await expect(find(root, { named })).rejects.toThrow(
      /pins\.json should have the hash of '\.deps' at \/python\/hash, but there is no string/,
    );
    expect(evaluations).toBe(0);
  });
});
