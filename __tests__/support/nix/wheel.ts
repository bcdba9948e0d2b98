import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { writeFiles } from './project.ts';
import { runText } from './run.ts';

/**
 * A wheel of one module that says where it came from: the smallest that an installer takes (binary
 * distribution format).
 * @param name of the distribution and its module, with underscores
 * @param more further files by their paths
 */
export function wheelBytes(
  name: string,
  where: string,
  more: Readonly<Record<string, string | Buffer>> = {},
  version = '1.0',
): Buffer {
  const info = `${name}-${version}.dist-info`;
  const files: [string, string | Buffer][] = [
    [`${name}.py`, `where = "${where}"\n`],
    ...Object.entries(more),
    [`${info}/METADATA`, `Metadata-Version: 2.1\nName: ${name.replaceAll('_', '-')}\nVersion: ${version}\n`],
    [`${info}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n'],
  ];
  files.push([`${info}/RECORD`, [...files.map(([file]) => `${file},,`), `${info}/RECORD,,`, ''].join('\n')]);
  return zip(files);
}

/** An sdist of one module that setuptools builds. */
export async function sdistBytes(scratch: string, name: string, where: string): Promise<Buffer> {
  const top = `${name}-1.0`;
  const folder = path.join(scratch, 'sdists');
  await mkdir(folder, { recursive: true });
  await writeFiles(path.join(folder, top), {
    'pyproject.toml': `[project]\nname = "${name}"\nversion = "1.0"\n\n[build-system]\nrequires = ["setuptools>=77"]\nbuild-backend = "setuptools.build_meta"\n\n[tool.setuptools]\npy-modules = ["${name}"]\n`,
    [`${name}.py`]: `where = "${where}"\n`,
    'PKG-INFO': `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n`,
  });
  await runText(
    'tar',
    ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '-czf', `${top}.tar.gz`, top],
    { cwd: folder },
  );
  return readFile(path.join(folder, `${top}.tar.gz`));
}

/** A zip archive, the same bytes for the same files. */
export function zip(files: readonly (readonly [string, string | Buffer])[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of files) {
    const data = typeof text === 'string' ? Buffer.from(text) : text;
    const packed = deflateRawSync(data);
    // Version 2.0, no flags, deflate, 1 January 1980.
    const common = Buffer.alloc(26);
    for (const [index, value] of [20, 0, 8, 0, 0x21].entries()) common.writeUInt16LE(value, index * 2);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    // Mode 644: an unpacker that is not told makes it a file that nobody can read.
    tail.writeUInt32LE((0o100644 << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    central.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), common, tail, Buffer.from(name)]),
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}
