// What dist/ consists of: the bundles of src/entry, and the licences of what is in them.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { bundledPackages, licenceTexts } from './licences.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const dist = path.join(root, 'dist');

/**
 * @actions/core brings a whole HTTP client, undici, for OIDC tokens, which nobody asks for here; reading it would take half of the time in which the
 * Action starts.
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
 * @actions/github brings two HTTP clients, undici in two versions, for what carries its requests; it is given that (src/effects/octokit.ts), so that
 * nothing calls them. Reading them would take a third of a run with nothing to do.
 */
const withoutClients = {
  name: 'without-clients',
  setup: ({ onResolve, onLoad }) => {
    const namespace = 'without-clients';
    onResolve({ filter: /^(undici|@actions\/http-client)$/ }, ({ importer, path: name }) =>
      /@actions[\\/]github[\\/]lib[\\/]/.test(importer) ? { path: name, namespace } : undefined,
    );
    onLoad({ filter: /./, namespace }, () => ({
      contents: `
        export const fetch = async () => { throw new Error('this client is left out of the bundle'); };
        export class HttpClient { getAgent() {} getAgentDispatcher() {} }`,
    }));
  },
};

/** Large libraries that few runs need: they are in dist/ once, beside the bundles of entries that may load them (Nix's builds take theirs along). */
const apart = ['undici', 'actions-cache'];

const leftApart = {
  name: 'left-apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: new RegExp(`/(${apart.join('|')})\\.ts$`) }, ({ path: file, kind }) =>
      kind === 'entry-point' ? undefined : { path: `./${path.basename(file, '.ts')}.js`, external: true },
    ),
};

const bundle = (file, options) =>
  build({
    absWorkingDir: root,
    entryPoints: [`src/${file}.ts`],
    outdir: 'dist',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    charset: 'utf8',
    legalComments: 'eof',
    plugins: [withoutOidc, withoutClients, leftApart],
    // CommonJS dependencies call require() for Node's own modules; an ES module has to bring one.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module';\nconst require = makeRequire(import.meta.url);",
    },
    ...options,
  });

/** What Nix reads, and not Node: beside the bundle of the module that names it. */
const nixFiles = () =>
  Promise.all(
    ['proof/import-check.nix', 'proof/import-check.py', 'build/sandbox-canary.nix'].map(async (name) => [
      path.join(dist, path.basename(name)),
      await readFile(path.join(root, 'src', name), 'utf8'),
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
  const results = [
    // Parts that only some commands need are chunks, loaded when they are. Each entry has its own: what several share would be many small files,
    // and each takes a millisecond to load.
    await bundle('entry/index', { splitting: true, chunkNames: 'index-[hash]' }),
    await bundle('entry/cli', { splitting: true, chunkNames: 'cli-[hash]' }),
    await bundle('entry/worker', {}),
    ...(await Promise.all(apart.map((name) => bundle(`effects/${name}`, {})))),
    // Files of its own: they are inputs of derivations, which should not be built again when another entry changes.
    await bundle('entry/nix', { plugins: [withoutOidc], splitting: true, chunkNames: 'nix-[hash]' }),
  ];
  const packages = await bundledPackages(
    root,
    results.flatMap(({ metafile }) => Object.keys(metafile.inputs)),
  );
  const files = new Map([
    ...results.flatMap(({ outputFiles }) => outputFiles.map(({ path: file, text }) => [file, text])),
    // dist/ is also used apart from package.json (inside a Nix store path), so it says itself that it holds ES modules.
    [path.join(dist, 'package.json'), '{ "type": "module" }\n'],
    [path.join(dist, 'licenses.txt'), licenceTexts(packages)],
    ...(await nixFiles()),
    // What `uv-fod init` makes workflows of: the examples themselves.
    ...(await examples()),
  ]);
  return { files, packages };
}
