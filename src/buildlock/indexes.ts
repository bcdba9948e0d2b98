import type { Project, TomlTable } from '../lock/index.ts';

/** Where files of build requirements are listed. */
export interface Index {
  /** Of an index (PEP 503); of a flat one (`find-links`) the one page that lists all of its files. */
  readonly url: string;
  readonly isFlat: boolean;
}

/** What uv asks if nothing names an index (crates/uv-distribution-types/src/index_url.rs). */
const uvDefault = 'https://index.example/simple';

/**
 * The indexes that a project's build requirements may come from: those of its settings, those that its lock was made with,
 * the user's own, and uv's default unless another one takes its place. Folders and files are not among them.
 *
 * @param own addresses of the user's own settings (UV_DEFAULT_INDEX, UV_INDEX)
 */
export function indexesOf(
  settings: TomlTable,
  { lock }: Pick<Project, 'lock'>,
  own: readonly string[],
): Index[] {
  const tables = (Array.isArray(settings.index) ? settings.index : []) as Record<string, unknown>[];
  const named = tables.map(({ url, format }) => ({ url, isFlat: format === 'flat' }));
  const plain = ['index-url', 'extra-index-url'].flatMap((key) => settings[key] ?? []);
  const registries = lock.packages.flatMap(({ source }) => (source.kind === 'registry' ? [source.url] : []));
  const hasDefault =
    settings['index-url'] !== undefined || own.length > 0 || tables.some((one) => one.default === true);
  const all = [
    ...named,
    ...[...plain, ...registries, ...own].map((url) => ({ url, isFlat: false })),
    ...[settings['find-links'] ?? []].flat().map((url) => ({ url, isFlat: true })),
    ...(hasDefault || settings['no-index'] === true ? [] : [{ url: uvDefault, isFlat: false }]),
  ];
  const found = new Map<string, Index>();
  for (const { url, isFlat } of all) {
    if (typeof url !== 'string' || !/^https?:\/\//.test(url) || !URL.canParse(url)) continue;
    const bare = url.replace(/\/+$/, '');
    if (!found.has(bare)) found.set(bare, { url: bare, isFlat });
  }
  return [...found.values()].slice(0, 20);
}
