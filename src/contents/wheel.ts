import path from 'node:path';
import { clauseOf } from '../system/errors.ts';
import { BadZip, openZip, type Zip, type ZipEntry } from '../system/zip.ts';
import { neededLibraries } from './elf.ts';
import type { WheelSize } from './types.ts';

/** Limits in bytes of what is unpacked: a text, a native library, all libraries of a wheel. */
const MAX_TEXT = 256 * 1024;
const MAX_LIBRARY = 256 << 20;
const MAX_LIBRARIES = 1 << 30;
/** Maximum number of characters of a line that is shown. */
const SHOWN = 160;

/** The contents of a wheel that matter to a reviewer. All text in it is untrusted. */
export interface WheelContents {
  readonly size: WheelSize;
  /** Reasons not to trust the archive, as clauses. */
  readonly problems: readonly string[];
  /** Files that Python reads when it starts, whether they run code or only name paths. */
  readonly startup: readonly StartupFile[];
  /** Shared libraries by installed path. */
  readonly natives: ReadonlyMap<string, NativeLibrary>;
  /** Console scripts with their entry points, and other programs. */
  readonly scripts: ReadonlyMap<string, string>;
  /** Modules and packages that can be imported. */
  readonly modules: ReadonlySet<string>;
  /** Installed files by path, as `site-packages/…` or `bin/…`, with their checksums. */
  readonly installed: ReadonlyMap<string, number>;
}

export interface StartupFile {
  readonly path: string;
  readonly runsCode: boolean;
  readonly crc: number;
  /** The first line that matters. */
  readonly line: string;
}

export interface NativeLibrary {
  readonly crc: number;
  /** Names of libraries that it needs; undefined if the library was not read. */
  readonly needs: readonly string[] | undefined;
}

/** Folder of modules in the paths of `installed`. */
export const SITE = 'site-packages/';

const NATIVE = /\.(?:so(?:\.[\w.]+)?|pyd|dylib|dll)$/;

/** Modules that Python imports when it starts (its documentation, "site"). */
const CUSTOM = /^(?:site|user)customize(?:\.py|\.pyc|\/__init__\.pyc?|\.[\w.-]*(?:so|pyd))$/;

/**
 * Reads a wheel's directory, its start-up files, entry points and libraries. Nothing is executed.
 * @param file verified bytes
 */
export async function readWheel(file: string): Promise<WheelContents> {
  let zip: Zip;
  try {
    zip = openZip(file);
  } catch (error) {
    if (!(error instanceof BadZip)) throw error;
    return { ...nothing, problems: [error.message] };
  }
  try {
    return await contentsOf(zip);
  } finally {
    zip.close();
  }
}

/**
 * The files that a wheel installs, with checksums, read from the wheel's directory only.
 * @param file verified bytes
 */
export function installedFiles(file: string): ReadonlyMap<string, number> {
  try {
    const zip = openZip(file);
    zip.close();
    return new Map(zip.entries.map(({ name, crc }) => [installedPath(name), crc]));
  } catch (error) {
    if (error instanceof BadZip) return new Map();
    throw error;
  }
}

const nothing: WheelContents = {
  ...{ size: { files: 0, bytes: 0 }, problems: [], startup: [] },
  ...{ natives: new Map(), scripts: new Map(), modules: new Set(), installed: new Map() },
};

async function contentsOf(zip: Zip): Promise<WheelContents> {
  const problems = zip.problems();
  const files = zip.entries.filter(({ name }) => !name.endsWith('/'));
  const placed = files.map((entry) => ({ entry, at: installedPath(entry.name) }));
  const startup: StartupFile[] = [];
  const natives = new Map<string, NativeLibrary>();
  const scripts = new Map<string, string>();
  const modules = new Set<string>();
  let unpacked = 0;
  for (const { entry, at } of placed) {
    const inSite = at.startsWith(SITE) ? at.slice(SITE.length) : undefined;
    if (inSite !== undefined) for (const name of moduleOf(inSite)) modules.add(name);
    if (inSite !== undefined && (/^[^/]+\.(?:pth|start)$/.test(inSite) || CUSTOM.test(inSite)))
      startup.push(await startupFile(zip, entry, inSite));
    if (NATIVE.test(at)) {
      unpacked += entry.size;
      const isRead = unpacked <= MAX_LIBRARIES;
      natives.set(at, { crc: entry.crc, needs: isRead ? await needsOf(zip, entry) : undefined });
    }
    if (at.startsWith('bin/')) scripts.set(at.slice('bin/'.length), 'a file');
    if (/^[^/]+\.dist-info\/entry_points\.txt$/.test(entry.name))
      for (const [name, target] of entryPoints(await textOf(zip, entry))) scripts.set(name, target);
  }
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return {
    ...{ size: { files: files.length, bytes }, problems, startup, natives, scripts, modules },
    installed: new Map(placed.map(({ entry, at }) => [at, entry.crc])),
  };
}

/**
 * The installed path of a wheel's file (PyPA, "Binary distribution format", ".data" directory):
 * `site-packages/…`, `bin/…`, `include/…`, or a path below the environment.
 */
function installedPath(name: string): string {
  const [, scheme, rest = ''] = /^[^/]+\.data\/([^/]+)\/(.*)$/.exec(name) ?? [];
  if (scheme === undefined || scheme === 'purelib' || scheme === 'platlib')
    return SITE + (scheme === undefined ? name : rest);
  if (scheme === 'scripts') return `bin/${rest}`;
  return scheme === 'headers' ? `include/${rest}` : path.posix.join('.', rest);
}

/** The top-level module of a file in the folder of modules. */
function moduleOf(file: string): string[] {
  const [top = '', ...below] = file.split('/');
  if (/\.(?:dist-info|data|libs)$/.test(top) || top === '__pycache__') return [];
  if (below.length > 0) return [top];
  const [, module] = /^(\w+)(?:\.py|\.pyd|\.[\w.-]*so)$/.exec(top) ?? [];
  return module === undefined ? [] : [module];
}

async function startupFile(zip: Zip, entry: ZipEntry, file: string): Promise<StartupFile> {
  const found = { path: file, crc: entry.crc };
  if (!/\.(?:pth|start)$/.test(file))
    return { ...found, runsCode: true, line: 'Python imports it when it starts' };
  const text = await textOf(zip, entry);
  if (text === undefined)
    return { ...found, runsCode: true, line: `${entry.size} bytes, not read: it counts as code` };
  // As in site.py, ignore comments and empty lines.
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|[\r\n]/);
  const meant = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  // A line of a .start file is an entry point that is called (PEP 829).
  const code = meant.find((line) => file.endsWith('.start') || /^import[ \t]/.test(line));
  return { ...found, runsCode: code !== undefined, line: (code ?? meant[0] ?? '').slice(0, SHOWN) };
}

/** A small text; undefined if it is too large or can't be unpacked. */
async function textOf(zip: Zip, entry: ZipEntry): Promise<string | undefined> {
  try {
    return (await zip.read(entry, MAX_TEXT)).toString();
  } catch (error) {
    if (error instanceof BadZip) return undefined;
    throw error;
  }
}

async function needsOf(zip: Zip, entry: ZipEntry): Promise<readonly string[] | undefined> {
  try {
    return neededLibraries(await zip.read(entry, MAX_LIBRARY));
  } catch (error) {
    if (error instanceof BadZip) return undefined;
    throw new Error(clauseOf(error), { cause: error });
  }
}

/** The scripts of `entry_points.txt` (PyPA, "Entry points specification"). */
function entryPoints(text = ''): [string, string][] {
  let isScripts = false;
  return text.split(/\r\n|[\r\n]/).flatMap((line): [string, string][] => {
    const [, section] = /^\s*\[([^\]]*)\]/.exec(line) ?? [];
    if (section !== undefined) isScripts = /^(?:console|gui)_scripts$/.test(section.trim());
    const at = line.indexOf('=');
    if (!isScripts || section !== undefined || at < 1 || /^\s*[#;]/.test(line)) return [];
    const cut = (part: string): string => part.trim().slice(0, SHOWN);
    return [[cut(line.slice(0, at)), cut(line.slice(at + 1))]];
  });
}
