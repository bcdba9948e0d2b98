// The contents of dist/: the bundles of the entries in src/, and the licences of their packages.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { bundledPackages, licenceTexts } from './licences.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const dist = path.join(root, 'dist');

/**
 * @actions/core contains a whole HTTP client, undici, for OIDC tokens, which are not used here. To
 * read it would take half of the time in which the Action starts.
 */
const withoutOidc = {
  name: 'without-oidc',
  setup: ({ onLoad }) =>
    onLoad({ filter: /@actions[\\/]core[\\/]lib[\\/]oidc-utils\.js$/ }, () => ({
      contents:
        "export class OidcClient { static async getIDToken() { throw new Error('OIDC tokens are left out of this bundle'); } }",
    })),
};

/**
 * An ES module that imports node:http reads each of its exports, among them WebSocket, for which
 * Node then loads its own fetch: a third of the time in which a program starts. require() does not.
 */
const requiredHttp = {
  name: 'required-http',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(node:)?https?$/ }, ({ path: name, kind }) =>
      kind === 'require-call' ? { path: name, external: true } : { path: name, namespace: 'required' },
    );
    onLoad({ filter: /.*/, namespace: 'required' }, ({ path: name }) => ({
      contents: `module.exports = require('${name}')`,
    }));
  },
};

/** The programs, by their names in dist/. */
const entries = { index: 'main', cli: 'cli', nix: 'nix' };

/**
 * Large libraries that few runs need, each in a file that is loaded on demand. They must not
 * contain our own code: a class that is bundled twice is two different classes.
 */
const parts = {
  'actions-cache': 'fetch/actions-cache',
  octokit: 'pull-request/github/octokit',
  cyclonedx: 'contents/cyclonedx',
};

/**
 * Leaves out parts of the CycloneDX library that JSON does not need: XML and validation, which
 * require more libraries.
 */
const withoutXml = {
  name: 'without-xml',
  setup: ({ onLoad }) =>
    onLoad({ filter: /cyclonedx-library[\\/]dist\.node[\\/]serialize[\\/]xml/ }, () => ({ contents: '' })),
};

const besideEntries = {
  name: 'beside-entries',
  setup: ({ onResolve }) =>
    onResolve({ filter: new RegExp(`/(${Object.keys(parts).join('|')})\\.ts$`) }, ({ path: file, kind }) =>
      kind === 'entry-point' ? undefined : { path: `./${path.basename(file, '.ts')}.js`, external: true },
    ),
};

const bundle = ([name, file]) =>
  build({
    absWorkingDir: root,
    entryPoints: [{ in: `src/${file}.ts`, out: name }],
    outdir: 'dist',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    legalComments: 'eof',
    // Only libraries are minified, because no one reviews them here. Functions keep their names, so
    // that a stack trace can be read.
    minify: name in parts,
    keepNames: name in parts,
    plugins: [withoutOidc, withoutXml, requiredHttp, besideEntries],
    // CommonJS dependencies call require() for Node's own modules; an ES module has to bring one.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module';\nconst require = makeRequire(import.meta.url);",
    },
  });

/**
 * esbuild does not escape non-ASCII characters in regular expressions. With one such character, V8
 * keeps the whole text in two bytes for each character.
 */
const ascii = (text) =>
  text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Files that Nix reads, not Node: next to the bundle of the module that names them. */
const nixFiles = () =>
  Promise.all(
    [
      'evaluation.nix',
      'search.nix',
      'import-check/import-check.nix',
      'import-check/import-check.py',
      'builder-canary.nix',
      'sandbox-canary.nix',
    ].map(async (name) => [
      path.join(dist, path.basename(name)),
      await readFile(path.join(root, 'src/nix', name), 'utf8'),
    ]),
  );

const examples = () =>
  Promise.all(
    [
      ...['bump', 'updater', 'check', 'two-jobs'].map((name) => `workflows/${name}`),
      ...['bump', 'updater', 'check'].map((name) => `forgejo/${name}`),
    ].map(async (name) => [
      path.join(dist, `example-${name.replace('/', '-')}.yml`),
      await readFile(path.join(root, `examples/${name}.yml`), 'utf8'),
    ]),
  );

/** @returns every file of dist/ with its text, and the packages of npm that are in them */
export async function bundleAll() {
  const results = await Promise.all(Object.entries({ ...entries, ...parts }).map(bundle));
  const packages = await bundledPackages(
    root,
    results.flatMap(({ metafile }) => Object.keys(metafile.inputs)),
  );
  const texts = new Map([
    ...results.flatMap(({ outputFiles }) => outputFiles.map(({ path: file, text }) => [file, ascii(text)])),
    // dist/ is also used without this package.json (inside a Nix store path), so its own
    // package.json declares ES modules.
    [path.join(dist, 'package.json'), '{ "type": "module" }\n'],
    [path.join(dist, 'licenses.txt'), licenceTexts(packages)],
    ...(await nixFiles()),
    // The examples, from which `uv-fod init` makes workflows.
    ...(await examples()),
  ]);
  return { files: texts, packages };
}
