// Bundles the entry points of src/entry into dist/.
// `--check` builds into memory and fails where dist/ differs from what the sources build.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.dirname(import.meta.dirname);
const dist = path.join(root, 'dist');

const bundle = async (names, options) => {
  const result = await build({
    absWorkingDir: root,
    entryPoints: names.map((name) => `src/entry/${name}.ts`),
    outdir: 'dist',
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    charset: 'utf8',
    legalComments: 'eof',
    // CommonJS dependencies call require() for Node's own modules; an ES module has to bring one.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module';\nconst require = makeRequire(import.meta.url);",
    },
    ...options,
  });
  return result.outputFiles.map(({ path: file, text }) => [file, text]);
};

const files = new Map([
  // Parts that only some commands need are chunks, loaded when they are.
  ...(await bundle(['index', 'cli', 'worker'], { splitting: true, chunkNames: 'chunk-[hash]' })),
  // One file of its own: it is an input of derivations, which should not be built again when another entry changes.
  ...(await bundle(['nix'], {})),
  // dist/ is also used apart from package.json (inside a Nix store path), so it says itself that it holds ES modules.
  [path.join(dist, 'package.json'), '{ "type": "module" }\n'],
]);

if (process.argv.includes('--check')) {
  const stale = [];
  for (const [file, text] of files) {
    if ((await readFile(file, 'utf8').catch(() => undefined)) !== text) stale.push(path.relative(root, file));
  }
  const known = new Set([...files.keys()].map((file) => path.basename(file)));
  for (const name of await readdir(dist)) if (!known.has(name)) stale.push(`dist/${name}`);
  if (stale.length > 0) {
    console.error(`dist/ is not what the sources build: ${stale.join(', ')}. Run: npm run build`);
    process.exit(1);
  }
} else {
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  for (const [file, text] of files) await writeFile(file, text);
}
