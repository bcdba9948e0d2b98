import { jsonOf } from '../system/bounded-json.ts';
import { isTable } from '../uv/lock/reader.ts';
import { bareAddress } from './bare-address.ts';
import type { FetchedText, FetchText } from './text.ts';

/** The Simple API's JSON format (PEP 691). */
export const JSON_TYPE = 'application/vnd.pypi.simple.v1+json';

/** Any format of the Simple API, preferably JSON (PEP 691, "Version + Format Selection"). */
export const ANY_TYPE = `${JSON_TYPE}, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01`;

/** A file that a page of an index lists. */
export interface ListedFile {
  readonly filename: string;
  /** Address without login and fragment. */
  readonly url: string;
  /** Lower-case hexadecimal; undefined if the page has no sha256. */
  readonly sha256: string | undefined;
  /** Time of the upload in milliseconds since 1970; undefined if the page does not have it. */
  readonly uploaded: number | undefined;
  /** The reason, empty without one; undefined if the file is not yanked (PEP 592). */
  readonly yanked: string | undefined;
}

/**
 * Asks an index for the page of a project.
 * @param accept the formats to ask for
 * @returns its files, possibly none; undefined if the response is not such a page
 */
export async function projectPage(
  address: string,
  accept: string,
  fetchText: FetchText,
  bounds?: Parameters<FetchText>[2],
): Promise<Omit<FetchedText, 'text'> & { readonly files: readonly ListedFile[] | undefined }> {
  const { text, ...answer } = await fetchText(address, { accept }, bounds);
  const { status, contentType } = answer;
  const isRead = status === 200 && accept.includes(contentType.split(';', 1)[0] ?? '');
  return { ...answer, files: isRead ? listedFiles(text, contentType, address) : undefined };
}

/**
 * Reads the files of a page of the Simple API, in JSON (PEP 691) or HTML (PEP 503), in linear time.
 * @param address address of the page, to resolve relative addresses
 */
function listedFiles(text: string, contentType: string, address: string): ListedFile[] | undefined {
  if (contentType.startsWith(JSON_TYPE)) return ofJson(text, address);
  return /^(text\/html|application\/vnd\.pypi\.simple\.v1\+html)/.test(contentType)
    ? ofHtml(text, address)
    : undefined;
}

function ofJson(text: string, address: string): ListedFile[] | undefined {
  const page = jsonOf(text) as { files?: unknown } | null | undefined;
  if (!Array.isArray(page?.files)) return undefined;
  return page.files.filter(isTable).flatMap(({ filename, url, hashes, yanked, 'upload-time': time }) => {
    const found = typeof url === 'string' ? URL.parse(url, address) : undefined;
    if (!found || typeof filename !== 'string') return [];
    const { sha256 } = isTable(hashes) ? hashes : {};
    const reason = typeof yanked === 'string' && yanked !== '' ? yanked.slice(0, 400) : undefined;
    return [
      {
        ...{ filename, url: bareAddress(found) },
        sha256: typeof sha256 === 'string' ? hexOf(sha256) : undefined,
        uploaded: typeof time === 'string' ? Date.parse(time) || undefined : undefined,
        yanked: yanked === true ? '' : reason,
      },
    ];
  });
}

const hexOf = (text: string): string | undefined =>
  /^[0-9a-f]{64}$/i.test(text) ? text.toLowerCase() : undefined;

/** Undefined for HTML without links: an index has no page for a project without files. */
function ofHtml(text: string, address: string): ListedFile[] | undefined {
  const files = linksOf(text, address);
  return files.length === 0 ? undefined : files;
}

function linksOf(text: string, address: string): ListedFile[] {
  return [...anchors(text)].flatMap((tag) => {
    const href = attributeOf(tag, 'href');
    const found = href === undefined ? undefined : URL.parse(href, address);
    if (!found) return [];
    const digest = found.hash
      .slice(1)
      .split('&')
      .find((part) => part.startsWith('sha256='));
    const filename = decoded(found.pathname.split('/').at(-1) ?? '');
    const yanked = attributeOf(tag, 'data-yanked');
    const sha256 = digest === undefined ? undefined : hexOf(digest.slice('sha256='.length));
    return [{ filename, url: bareAddress(found), sha256, uploaded: undefined, yanked }];
  });
}

/** The texts of `<a …>` tags; quoted attributes may contain `>`. */
function* anchors(text: string): Generator<string> {
  const opening = /<a\s/gi;
  for (let found = opening.exec(text); found; found = opening.exec(text)) {
    const start = found.index + 2;
    let [end, quote] = [start, ''];
    for (; end < text.length; end += 1) {
      const character = text[end] ?? '';
      if (quote === '' && character === '>') break;
      if (quote !== '' && character === quote) quote = '';
      else if (quote === '' && (character === '"' || character === "'")) quote = character;
    }
    if (end < text.length) yield text.slice(start, Math.min(end, start + 10_000));
    opening.lastIndex = end;
  }
}

function attributeOf(tag: string, name: string): string | undefined {
  const [, , double, single, bare] =
    new RegExp(`\\s(${name})(?:\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+)))?`, 'i').exec(tag) ?? [];
  const value = double ?? single ?? bare;
  if (value === undefined) return new RegExp(`\\s${name}(?=[\\s/]|$)`, 'i').test(tag) ? '' : undefined;
  return value.replace(
    /&(amp|lt|gt|quot|#39|#x27);/gi,
    (_, entity: string) => entities[entity.toLowerCase()] ?? '',
  );
}

const entities: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"' },
  ...{ '#39': "'", '#x27': "'" },
};

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
