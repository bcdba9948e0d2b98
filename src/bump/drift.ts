import { lstat, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { narHash } from '../nix/nar.ts';
import { printable, someOf } from '../system/printable.ts';
import { readBytes } from '../system/read-bytes.ts';

/** Two runs of a fixed-output derivation that gave different outputs. */
export interface Drift {
  readonly hashes: readonly [first: string, second: string];
  /** Sentences about the differences and their likely causes. */
  readonly text: string;
}

/** Maximum numbers of differing files that are named, and that are read. */
const SHOWN = 12;
const READ = 40;
/** Maximum size of a file that is read, in bytes. */
const most = 1 << 20;

/**
 * Describes the differences between the outputs of two runs, the likely causes, and what to do.
 * @param trees paths of both outputs, whose content is untrusted
 */
export async function describeDrift(trees: readonly [string, string]): Promise<string> {
  const found = await differences(...trees);
  if (found.length === 0) return 'Which files differ is unknown.';
  const shown = found.map(
    ({ path: name, how }) => `${name === '' ? 'the file itself' : printable(name)} (${how})`,
  );
  const causes = await causesOf(found, trees);
  const why =
    causes.length === 0 ? '' : ` Likely ${causes.length === 1 ? 'cause' : 'causes'}: ${causes.join('; ')}.`;
  return `What differs: ${someOf(shown, SHOWN)}.${why}`;
}

/** Causes that are known from the path alone. */
const byPath: readonly (readonly [RegExp, string])[] = [
  [
    /(?:^|\/)__pycache__(?:\/|$)|\.pyc$/,
    'bytecode has the times of its sources (set UV_COMPILE_BYTECODE=0, or pip --no-compile)',
  ],
  [
    /\.(?:so|o|a|dylib)(?:[.\d]*)$/,
    "code is compiled from source packages (fetch them as they are, and build them in the package's own derivation)",
  ],
  [/\.dist-info\/RECORD$/, 'RECORD lists digests of files that are made during the installation'],
  [/(?:^|\/)uv_cache\.json$/, 'uv_cache.json has times (set UV_NO_INSTALLER_METADATA=1)'],
];

async function causesOf(found: readonly Difference[], trees: readonly [string, string]): Promise<string[]> {
  const named = byPath.filter(([pattern]) => found.some((one) => pattern.test(one.path)));
  const twice = await installedTwice(found, trees[0]);
  const alone = found.filter(({ how }) => how.startsWith('only in'));
  const texts = new Set<string>();
  for (const one of found.filter(({ how }) => /^other (?:bytes|size)$/.test(how)).slice(0, READ)) {
    const cause = await textCause(one.path, trees);
    if (cause !== undefined) texts.add(cause);
  }
  return [
    ...(twice === undefined ? [] : [twice]),
    ...named.map(([, cause]) => cause),
    ...texts,
    ...(alone.length > 1 && alone.length % 2 === 0 && named.length === 0
      ? ['names of files are new in each run (a cache, a temporary folder)']
      : []),
  ];
}

/** Paths and times, which can be the only difference between two texts. */
const variable: readonly (readonly [RegExp, string])[] = [
  [
    /(?<![\w./+-])[\w./+-]*\/(?:build|tmp|temp|private)\/[\w./+-]+|\.tmp\w+/g,
    'paths of the build are in its output',
  ],
  [
    /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?|\b1[5-9]\d{8}(?:\.?\d+)?\b|\b\d\d:\d\d:\d\d\b|\b(?:secs|nanos)[^\d\n]{1,5}\d+/g,
    'times are in its output',
  ],
];

async function textCause(name: string, trees: readonly [string, string]): Promise<string | undefined> {
  const [first, second] = await Promise.all(trees.map((tree) => textIn(tree, name)));
  if (first === undefined || second === undefined || first.includes('\0')) return undefined;
  return variable.find(([pattern]) => first.replace(pattern, '') === second.replace(pattern, ''))?.[1];
}

/** Finds a file that two packages install; the one that is written last remains. */
async function installedTwice(found: readonly Difference[], tree: string): Promise<string | undefined> {
  const differing = new Set(found.map((one) => one.path));
  const folders = new Set(
    found.flatMap((one) => /^(?:.*\/)?(?:site-packages|python)(?=\/)/.exec(one.path)?.[0] ?? []),
  );
  const owners = new Map<string, Set<string>>();
  for (const folder of folders.size > 0 ? folders : ['']) {
    for (const { record, name } of await recordsIn(tree, folder)) {
      for (const line of ((await textIn(tree, record)) ?? '').split('\n')) {
        const file = path.posix.join(folder, line.replace(/,[^,]*,[^,]*$/, ''));
        if (differing.has(file)) owners.set(file, (owners.get(file) ?? new Set()).add(name));
      }
    }
  }
  const [file, names] = [...owners].find(([, of]) => of.size > 1) ?? [];
  if (file === undefined || names === undefined) return undefined;
  return `${[...names].slice(0, 3).map(printable).join(' and ')} both install ${printable(file)}, and the last one stays (exclude one of them, or delete that file)`;
}

/** The lists of installed files in a folder (PEP 376, RECORD), with the packages' names. */
async function recordsIn(tree: string, folder: string): Promise<{ record: string; name: string }[]> {
  const entries: string[] = await readdir(path.join(tree, folder)).catch(() => []);
  return entries.flatMap((entry) => {
    const name = /^(.+)\.dist-info$/.exec(entry)?.[1];
    return name ? [{ name, record: path.posix.join(folder, entry, 'RECORD') }] : [];
  });
}

/** Text of a file in an output. Links are not followed, because they may lead anywhere. */
const textIn = async (tree: string, name: string): Promise<string | undefined> =>
  (await readBytes(path.join(tree, name), most, 'refuse').catch(() => undefined))?.toString('latin1');

/** A path that differs between two trees. */
export interface Difference {
  /** Relative to the trees' roots; empty for the roots themselves. */
  readonly path: string;
  readonly how: string;
}

/** Maximum number of differences that are listed. */
const MAX_FOUND = 200;

/**
 * Compares two files or folders by what a Nix archive holds: names, kinds, bytes, targets of
 * symlinks, the x bit.
 * @returns the first 200 differences, sorted by path
 */
export async function differences(first: string, second: string): Promise<Difference[]> {
  const found: Difference[] = [];
  const open: string[] = [''];
  for (let at = open.pop(); at !== undefined && found.length < MAX_FOUND; at = open.pop()) {
    const [left, right] = [path.join(first, at), path.join(second, at)];
    const how = await differ(left, right);
    if (how !== undefined) found.push({ path: at, how });
    else if ((await lstat(left)).isDirectory()) {
      const names = new Set([...(await readdir(left)), ...(await readdir(right))]);
      open.push(
        ...[...names]
          .sort()
          .reverse()
          .map((name) => path.join(at, name)),
      );
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** How two paths differ; the contents of folders are not compared. */
async function differ(left: string, right: string): Promise<string | undefined> {
  const [one, other] = await Promise.all([left, right].map((file) => lstat(file).catch(() => undefined)));
  if (!one || !other) return one ? 'only in the first' : 'only in the second';
  if (one.isFile() !== other.isFile() || one.isDirectory() !== other.isDirectory()) return 'other kind';
  if (one.isSymbolicLink())
    return (await readlink(left)) === (await readlink(right)) ? undefined : 'other target';
  if (!one.isFile()) return undefined;
  if (one.size !== other.size) return 'other size';
  if ((one.mode & 0o100) !== (other.mode & 0o100)) return 'other x bit';
  return (await narHash(left)) === (await narHash(right)) ? undefined : 'other bytes';
}
