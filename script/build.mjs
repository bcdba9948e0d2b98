// Bundles the entries of src/ into dist/. With `--check`, bundles into memory and fails if dist/
// differs from that.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bundleAll } from './lib/bundle.mjs';

const root = path.dirname(import.meta.dirname);
const dist = path.join(root, 'dist');
const { files } = await bundleAll();

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
