import { clip, field, invalid, isTable, optionalString, type TomlPlace } from './fields.ts';
import type { TomlTable } from './toml.ts';
import type { GitSource, Source } from './types.ts';

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const COMMIT = /^[0-9a-f]{40}$/i;
const KEYS = ['registry', 'git', 'url', 'path', 'directory', 'editable', 'virtual'] as const;

/**
 * Reads a package's `source`, an inline table with exactly one of uv's seven kinds
 * (uv, crates/uv-lock/src/lock/mod.rs, SourceWire; the first key that fits decides).
 */
export function parseSource(value: unknown, place: TomlPlace): Source {
  if (!isTable(value)) throw invalid(place, "'source' is missing or not a table");
  for (const kind of KEYS) {
    const text = field(value, kind);
    if (typeof text === 'string') return build(kind, text, value, place);
  }
  throw invalid(
    place,
    `'source' names none of ${KEYS.join(', ')}`,
    'A newer uv may have written it: update uv-fod.',
  );
}

/** A unique string for each source, to distinguish packages with the same name. */
export function sourceKey(source: Source): string {
  switch (source.kind) {
    case 'registry':
      return `registry ${source.url}`;
    case 'url':
      return `url ${source.url} ${source.subdirectory ?? ''}`;
    case 'git': {
      const ref = source.ref === undefined ? '' : `${source.ref.kind}=${source.ref.name}`;
      return `git ${source.url} ${source.commit} ${source.subdirectory ?? ''} ${source.path ?? ''} ${ref} ${source.lfs}`;
    }
    default:
      return `${source.kind} ${source.path}`;
  }
}

/** The decoded last segment of a URL or path, without query and fragment. */
export function lastSegment(url: string): string | undefined {
  const bare = url.split(/[?#]/, 1)[0] ?? '';
  const segment = bare.slice(bare.lastIndexOf('/') + 1);
  try {
    const decoded = decodeURIComponent(segment);
    // A decoded slash would make a path of the name.
    return decoded === '' || /[/\\\0]/.test(decoded) || decoded === '..' || decoded === '.'
      ? undefined
      : decoded;
  } catch {
    return undefined;
  }
}

/** The URL without user, password, query and fragment; invalid text is cut at `?` or `#`. */
export function bareUrl(url: string): string {
  const bare = url.split(/[?#]/, 1)[0] ?? '';
  // Only the authority, up to the first slash after the scheme, may hold credentials.
  return bare.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*(?:@[^/@]*)*@/i, '$1');
}

function build(kind: (typeof KEYS)[number], text: string, table: TomlTable, place: TomlPlace): Source {
  switch (kind) {
    case 'registry':
      return SCHEME.test(text) ? { kind: 'registry', url: text } : { kind: 'registry-path', path: text };
    case 'git':
      return parseGit(text, place);
    case 'url':
      return { kind: 'url', url: text, subdirectory: optionalString(table, 'subdirectory', place) };
    case 'path':
      return { kind: 'path', path: text };
    default:
      return { kind, path: text === '' ? '.' : text };
  }
}

/**
 * `https://host/repo?subdirectory=…&path=…&lfs=true&(rev|tag|branch)=…#<commit>`; the commit is
 * what is fetched.
 */
function parseGit(text: string, place: TomlPlace): GitSource {
  const hash = text.indexOf('#');
  const commit = hash < 0 ? '' : text.slice(hash + 1);
  if (!COMMIT.test(commit))
    throw invalid(
      place,
      `the git source '${clip(bareUrl(text))}' does not end in '#' and a commit of 40 digits`,
    );
  const beforeHash = text.slice(0, hash);
  const question = beforeHash.indexOf('?');
  const query = new URLSearchParams(question < 0 ? '' : beforeHash.slice(question + 1));
  let ref: GitSource['ref'];
  let subdirectory: string | undefined;
  let path: string | undefined;
  let lfs = false;
  for (const [key, value] of query) {
    if (key === 'rev' || key === 'tag' || key === 'branch') ref = { kind: key, name: value };
    else if (key === 'subdirectory') subdirectory = value;
    else if (key === 'path') path = value;
    else if (key === 'lfs') lfs = value.toLowerCase() === 'true';
  }
  if (ref?.kind === 'rev' && COMMIT.test(ref.name) && ref.name.toLowerCase() !== commit.toLowerCase())
    throw invalid(place, `the git source requests commit ${ref.name} but pins ${commit}`);
  return {
    kind: 'git',
    url: bareUrl(beforeHash),
    commit: commit.toLowerCase(),
    subdirectory,
    path,
    lfs,
    ref,
  };
}
