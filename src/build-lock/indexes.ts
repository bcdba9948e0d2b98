import type { Project, TomlTable } from '../uv/lock/index.ts';

/** Where files of build requirements are listed. */
export interface Index {
  /** Of an index (PEP 503); of a flat one (`find-links`) the one page that lists all of its files. */
  readonly url: string;
  readonly isFlat: boolean;
  /** Whether no later index is asked for a project that this one has: uv's `first-index`, against dependency confusion. */
  readonly isDeciding: boolean;
}

/** What uv asks if nothing names an index (crates/uv-distribution-types/src/index_url.rs). */
const uvDefault = 'https://index.example/simple';

/**
 * The indexes that a project's build requirements may come from, in uv's order: flat ones; the user's own and those of the
 * project's settings; the default; and those that uv asks for named packages only. The default is the one that is declared, else what
 * the lock was made with, else PyPI. Folders and files are not among them.
 *
 * @param own addresses of the user's own settings (UV_INDEX, UV_DEFAULT_INDEX)
 */
export function indexesOf(
  settings: TomlTable,
  { lock }: Pick<Project, 'lock'>,
  own: readonly string[],
): Index[] {
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
  const hasDefault =
    own.length > 0 || settings['index-url'] !== undefined || tables.some((one) => one.default === true);
  const known = new Set([...flat, ...explicit, ...named].flatMap(bare));
  const registries = lock.packages.flatMap(({ source }) => (source.kind === 'registry' ? source.url : []));
  const locked = registries.flatMap(bare).filter((url) => !known.has(url));
  const byDefault =
    locked.length > 0 ? locked : hasDefault || settings['no-index'] === true ? [] : [uvDefault];
  return unique([
    ...flat.flatMap(bare).map((url) => ({ url, isFlat: true, isDeciding: false })),
    ...[...named.flatMap(bare), ...byDefault].map((url) => ({ url, isFlat: false, isDeciding: isFirst })),
    ...explicit.flatMap(bare).map((url) => ({ url, isFlat: false, isDeciding: false })),
  ]).slice(0, 20);
}

const urlsOf = (
  tables: readonly Record<string, unknown>[],
  isWanted: (table: Record<string, unknown>) => boolean,
): unknown[] => tables.filter(isWanted).map(({ url }) => url);

/** An http or https address without the slash at its end; nothing for anything else. */
function bare(url: unknown): string[] {
  const isAddress = typeof url === 'string' && /^https?:\/\//.test(url) && URL.canParse(url);
  return isAddress ? [url.replace(/\/+$/, '')] : [];
}

const unique = (indexes: readonly Index[]): Index[] =>
  indexes.filter(({ url }, at) => indexes.findIndex((one) => one.url === url) === at);
