/** One page of a list, and the headers that tell whether there is another. */
interface ApiPage<T> {
  readonly data: readonly T[];
  readonly headers: { readonly link?: string | undefined };
}

/** Items on a page, the most that GitHub gives. */
const PER_PAGE = 100;

/**
 * All items of a list, page by page. Pages are asked for by number: the address in the header `Link` is the server's, and is not followed.
 * @param most pages, after which it stops
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
