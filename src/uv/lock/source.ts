import path from 'node:path';
import { clip, isTable, type TomlReader } from './reader.ts';
import type { GitSource, PackageSource, TreeSource } from './types.ts';

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const KINDS = ['registry', 'git', 'url', 'path', 'directory', 'editable', 'virtual'] as const;

/**
 * Reads the `source` of a package or dependency, an inline table with exactly one of uv's seven
 * kinds (uv, crates/uv-lock/src/lock/mod.rs, SourceWire; the first key that fits decides).
 */
export function readSource(owner: TomlReader): PackageSource {
  const value = owner.get('source');
  if (!isTable(value)) throw owner.invalid("'source' is missing or not a table");
  const table = owner.inner(value);
  for (const kind of KINDS) {
    const text = table.get(kind);
    if (typeof text === 'string') return sourceOf(kind, text, table);
  }
  throw owner.invalid(
    `'source' names none of ${KINDS.join(', ')}`,
    'A newer uv may have written it: update uv-fod.',
  );
}

function sourceOf(kind: (typeof KINDS)[number], text: string, table: TomlReader): PackageSource {
  switch (kind) {
    case 'registry':
      return SCHEME.test(text) ? { kind, url: text } : { kind: 'registry-path', path: text };
    case 'git':
      return gitSource(text, table);
    case 'url':
      return { kind, url: text, subdirectory: table.string('subdirectory') };
    case 'path':
      return { kind, path: text };
    default:
      return { kind, path: text === '' ? '.' : text };
  }
}

/**
 * `https://host/repo?subdirectory=…&path=…&lfs=true&(rev|tag|branch)=…#<commit>`; the commit is
 * what is fetched.
 */
function gitSource(text: string, table: TomlReader): GitSource {
  const [, url, query, commit] = /^([^?#]*)(?:\?([^#]*))?#([0-9a-f]{40})$/i.exec(text) ?? [];
  if (url === undefined || commit === undefined)
    throw table.invalid(
      `the git source '${clip(bareUrl(text))}' does not end in '#' and a commit of 40 digits`,
    );
  const values = new URLSearchParams(query);
  const kind = (['rev', 'tag', 'branch'] as const).find((name) => values.has(name));
  const name = kind === undefined ? null : values.get(kind);
  if (kind === 'rev' && /^[0-9a-f]{40}$/i.test(name ?? '') && name?.toLowerCase() !== commit.toLowerCase())
    throw table.invalid(`the git source requests commit ${name} but pins ${commit}`);
  return {
    kind: 'git',
    url: bareUrl(url),
    commit: commit.toLowerCase(),
    subdirectory: values.get('subdirectory') ?? undefined,
    path: values.get('path') ?? undefined,
    lfs: values.get('lfs')?.toLowerCase() === 'true',
    ref: kind === undefined || name === null ? undefined : { kind, name },
  };
}

/** A unique string for each source, to distinguish packages with the same name. */
export const sourceKey = (source: PackageSource): string => JSON.stringify(source);

export const isTree = (source: PackageSource): source is TreeSource =>
  source.kind === 'directory' || source.kind === 'editable' || source.kind === 'virtual';

export const isRegistry = ({ kind }: PackageSource): boolean =>
  kind === 'registry' || kind === 'registry-path';

/** The decoded last segment of a URL or path, without query and fragment. */
export function lastSegment(url: string): string | undefined {
  const bare = url.split(/[?#]/, 1)[0] ?? '';
  const segment = bare.slice(bare.lastIndexOf('/') + 1);
  try {
    const decoded = decodeURIComponent(segment);
    // With a decoded slash, the name would be a path.
    return decoded === '' || /[/\\\0]|^\.\.?$/.test(decoded) ? undefined : decoded;
  } catch {
    return undefined;
  }
}

/** The URL without user, password, query and fragment; invalid text is cut at `?` or `#`. */
function bareUrl(url: string): string {
  const bare = url.split(/[?#]/, 1)[0] ?? '';
  // Only the authority, up to the first slash after the scheme, may hold credentials.
  return bare.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*(?:@[^/@]*)*@/i, '$1');
}

/** The path of a file of a local index. */
export const pathIn = (folder: string, file: string): string =>
  path.posix.isAbsolute(file) ? file : path.posix.join(folder, file);

/** An address without slashes at its end; takes linear time for any text. */
export const withoutSlash = (address: string): string => address.replace(/(?<!\/)\/+$/, '');
