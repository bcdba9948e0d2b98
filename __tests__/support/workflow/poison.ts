import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runText } from '../nix/run.ts';

/** Archives in the folder of act's cache server: one for each entry. */
export async function entriesOf(cache: string): Promise<string[]> {
  const files = await readdir(cache, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of files) {
    const file = path.join(entry.parentPath, entry.name);
    // RFC 8878, "Zstandard frames": the magic number.
    if (entry.isFile() && (await readFile(file)).subarray(0, 4).equals(magic)) found.push(file);
  }
  return found;
}

const magic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** Writes an entry anew, with what somebody changed in the folder that was saved. */
export async function rewriteEntry(entry: string, change: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'entry-'));
  const [saved = ''] = (await runText('tar', ['--zstd', '-P', '-tf', entry])).split('\n');
  // Names are relative to the workspace, and lead out of it.
  const name = saved.replace(/\/$/, '');
  const pattern = name.replaceAll('.', '\\.');
  await runText('tar', ['--zstd', '-P', '-C', folder, `--transform=s,^${pattern},.,`, '-xf', entry]);
  await change(folder);
  await runText('tar', ['--zstd', '-P', '-C', folder, `--transform=s,^\\.,${name},`, '-cf', entry, '.']);
  await rm(folder, { recursive: true });
}

/** Puts a folder with one file into a binary cache, under a path that it is not, with all digests as they have to be. */
export async function plant(cache: string, storePath: string, name: string, text: string): Promise<void> {
  const dir = await mkdtemp(path.join(tmpdir(), 'plant-'));
  await mkdir(path.join(dir, 'content'));
  await writeFile(path.join(dir, 'content', name), text);
  const nar = path.join(dir, 'nar');
  await runText('sh', ['-c', 'nix-store --dump "$1" >"$2"', 'sh', path.join(dir, 'content'), nar]);
  const digest = await runText('nix-hash', ['--type', 'sha256', '--flat', '--base32', nar]);
  const bytes = await readFile(nar);
  await writeFile(path.join(cache, 'nar', `${digest}.nar`), bytes);
  const narinfo = [
    ...[`StorePath: ${storePath}`, `URL: nar/${digest}.nar`, 'Compression: none'],
    ...[`FileHash: sha256:${digest}`, `FileSize: ${bytes.length}`],
    ...[`NarHash: sha256:${digest}`, `NarSize: ${bytes.length}`, 'References: ', ''],
  ];
  await writeFile(path.join(cache, `${path.basename(storePath).slice(0, 32)}.narinfo`), narinfo.join('\n'));
  await rm(dir, { recursive: true });
}
