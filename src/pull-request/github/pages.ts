/** A page of a list, with its headers. */
interface ApiPage<T> {
  readonly data: readonly T[];
  readonly headers: { readonly link?: string | undefined };
}

/** GitHub's limit for items on a page. */
const PER_PAGE = 100;

/**
 * All items of a list. Pages are requested by number; the untrusted URL in the header `Link` is not
 * followed.
 * @param most limit for pages
 */
export async function allPages<T>(
  ask: (page: { per_page: number; page: number }) => Promise<ApiPage<T>>,
  most = 20,
): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; page <= most; page++) {
    const { data, headers } = await ask({ per_page: PER_PAGE, page });
    all.push(...data);
    if (data.length === 0 || !/rel="next"/.test(headers.link ?? '')) break;
  }
  return all;
}
