import { withoutSlash } from '../uv/lock/source.ts';
import type { TomlTable } from '../uv/lock/toml.ts';
import type { Lock } from '../uv/lock/types.ts';

/** A package index. */
export interface Index {
  /** Base address (PEP 503); of a flat index (`find-links`) the page with all of its files. */
  readonly url: string;
  readonly isFlat: boolean;
  /** Whether later indexes are ignored for a package that this one has (uv's `first-index`). */
  readonly isDeciding: boolean;
}

/**
 * The indexes for a project's build requirements, in uv's order: flat ones, the user's, the
 * project's, the default, and explicit ones. If no default is declared, the lock's indexes are
 * used; a lock without any package of an index does not show where uv looks. Folders and files are
 * left out.
 *
 * @param own addresses in the user's settings (UV_INDEX, UV_DEFAULT_INDEX)
 */
export function indexesOf(settings: TomlTable, lock: Lock, own: readonly string[]): Index[] {
  const tables = (Array.isArray(settings.index) ? settings.index : []) as Record<string, unknown>[];
  const isFirst = settings['index-strategy'] === undefined || settings['index-strategy'] === 'first-index';
  const flat = [...[settings['find-links'] ?? []].flat(), ...urlsOf(tables, (one) => one.format === 'flat')];
  const explicit = urlsOf(tables, (one) => one.explicit === true);
  const isPlain = (one: Record<string, unknown>): boolean => one.explicit !== true && one.format !== 'flat';
  const named = [
    ...own,
    ...urlsOf(tables, (one) => isPlain(one) && one.default !== true),
    ...[settings['extra-index-url'] ?? []].flat(),
    ...[settings['index-url'] ?? []].flat(),
    ...urlsOf(tables, (one) => isPlain(one) && one.default === true),
  ];
  const known = new Set([...flat, ...explicit, ...named].flatMap(bare));
  const registries = lock.packages.flatMap(({ source }) => (source.kind === 'registry' ? source.url : []));
  const locked = registries.flatMap(bare).filter((url) => !known.has(url));
  return unique([
    ...flat.flatMap(bare).map((url) => ({ url, isFlat: true, isDeciding: false })),
    ...[...named.flatMap(bare), ...locked].map((url) => ({ url, isFlat: false, isDeciding: isFirst })),
    ...explicit.flatMap(bare).map((url) => ({ url, isFlat: false, isDeciding: false })),
  ]).slice(0, 20);
}

const urlsOf = (
  tables: readonly Record<string, unknown>[],
  isWanted: (table: Record<string, unknown>) => boolean,
): unknown[] => tables.filter(isWanted).map(({ url }) => url);

/** An http or https address without a trailing slash; an empty list for other values. */
function bare(url: unknown): string[] {
  const isAddress = typeof url === 'string' && /^https?:\/\//.test(url) && URL.canParse(url);
  return isAddress ? [withoutSlash(url)] : [];
}

const unique = (indexes: readonly Index[]): Index[] =>
  indexes.filter(({ url }, at) => indexes.findIndex((one) => one.url === url) === at);
