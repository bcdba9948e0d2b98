import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runText } from './run.ts';
import { wheelBytes } from './wheel.ts';

/**
 * Stand-ins for compiled wheels: each imports, and `value` is 42. `solo` has its libraries beside
 * itself, as auditwheel puts them there. `vendor_base` and `vendor_user` have the shape of
 * NVIDIA's: folders of one namespace, whose libraries find each other by relative paths.
 */
export const compiledNames = ['solo', 'vendor_base', 'vendor_user'] as const;
export const vendorNames = ['vendor_base', 'vendor_user'] as const;

type Files = Readonly<Record<string, string | Buffer>>;

export interface CompiledWheel {
  readonly file: string;
  readonly bytes: Buffer;
  /** Its digest, as a build lock has it. */
  readonly sri: string;
}

/**
 * @param dir a folder for sources and libraries
 * @param padding bytes in each library that can't be compressed
 */
export async function compiledWheels(
  dir: string,
  padding = 0,
): Promise<Record<(typeof compiledNames)[number], CompiledWheel>> {
  const make = (soname: string, needs?: Needs) => library(dir, soname, padding, needs);
  const hidden = await make('libhidden-1f2e.so.1');
  const base = await make('libbase.so.1');
  const solo = { soname: 'libhidden-1f2e.so.1', folder: '$ORIGIN/../solo.libs' };
  const user = { soname: 'libbase.so.1', folder: '$ORIGIN/../../base/lib' };
  return {
    solo: wheel('solo', {
      'solo/__init__.py': load('libsolo.so'),
      'solo/libsolo.so': await make('libsolo.so', solo),
      'solo.libs/libhidden-1f2e.so.1': hidden,
    }),
    vendor_base: wheel('vendor_base', {
      'vendor/base/__init__.py': '',
      'vendor/base/lib/libbase.so.1': base,
    }),
    vendor_user: wheel('vendor_user', {
      'vendor/user/__init__.py': load('lib/libuser.so.1'),
      'vendor/user/lib/libuser.so.1': await make('libuser.so.1', user),
    }),
  };
}

/** Has a build lock name more wheels that are installed separately. */
export async function addApart(dir: string, apart: Readonly<Record<string, string>>): Promise<void> {
  const file = path.join(dir, 'uv-fod.lock.json');
  const lock = JSON.parse(await readFile(file, 'utf8')) as { systems: Record<string, { apart?: object }> };
  for (const system of Object.values(lock.systems)) system.apart = { ...system.apart, ...apart };
  await writeFile(file, JSON.stringify(lock));
}

const load = (library: string): string =>
  `import ctypes, os\nvalue = ctypes.CDLL(os.path.join(os.path.dirname(__file__), "${library}")).value()\n`;

function wheel(name: string, files: Files): CompiledWheel {
  const bytes = wheelBytes(name, name, files);
  const sri = `sha256-${createHash('sha256').update(bytes).digest('base64')}`;
  return { file: `${name}-1.0-py3-none-manylinux_2_28_x86_64.whl`, bytes, sri };
}

interface Needs {
  readonly soname: string;
  readonly folder: string;
}

/** A shared library whose function `value` adds one to that of the library that it needs. */
async function library(dir: string, soname: string, padding: number, needs?: Needs): Promise<Buffer> {
  const source = path.join(dir, `${soname}.c`);
  const pad = path.join(dir, `${soname}.pad`);
  await writeFile(pad, randomBytes(padding));
  const code = needs
    ? 'extern int base(void); int value(void) { return base() + 1; }'
    : 'int base(void) { return 41; }';
  await writeFile(source, `${code}\n__asm__(".section .rodata\\n.incbin \\"${pad}\\"\\n.text");\n`);
  const link = needs ? [`-L${dir}`, `-l:${needs.soname}`, `-Wl,-rpath,${needs.folder}`] : [];
  const args = ['-shared', '-fPIC', '-o', soname, source, `-Wl,-soname,${soname}`, ...link];
  await runText('gcc', args, { cwd: dir });
  return readFile(path.join(dir, soname));
}
