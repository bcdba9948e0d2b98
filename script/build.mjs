// Bundles the entry points of src/entry into dist/, one self-contained ES module each.
// `--check` builds into memory and fails where dist/ differs from what the sources build.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.dirname(import.meta.dirname);
const dist = path.join(root, 'dist');
const entries = await readdir(path.join(root, 'src/entry'));

const result = await build({
  absWorkingDir: root,
  entryPoints: entries.filter((name) => name.endsWith('.ts')).map((name) => `src/entry/${name}`),
  outdir: 'dist',
  bundle: true,
  write: false,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  charset: 'utf8',
  legalComments: 'eof',
  // CommonJS dependencies call require() for Node's own modules; an ES module has to bring one.
  banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
});

// dist/ is also used apart from package.json (inside a Nix store path), so it says itself that it holds ES modules.
const files = new Map([[path.join(dist, 'package.json'), '{ "type": "module" }\n']]);
for (const file of result.outputFiles) files.set(file.path, file.text);

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
