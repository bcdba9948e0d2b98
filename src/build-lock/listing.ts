import pLimit from 'p-limit';
import { bareAddress } from '../fetch/bare-address.ts';
import { statusText } from '../fetch/netrc.ts';
import { ANY_TYPE, type ListedFile, projectPage } from '../fetch/simple-page.ts';
import type { FetchText } from '../fetch/text.ts';
import { clauseOf } from '../system/errors.ts';
import { sriFromHex } from '../system/sri.ts';
import { normalizeName } from '../uv/lock/names.ts';
import type { Index } from './indexes.ts';

/** A file of a build lock, which an index has to list. */
export interface PinnedFile {
  /** Name of its package. */
  readonly project: string;
  readonly filename: string;
  readonly url: string;
  /** SRI sha256. */
  readonly hash: string;
}

/**
 * Whether indexes list a file. `why` is a clause that starts with the file's name or "the index".
 */
type Verdict =
  | { readonly kind: 'listed'; readonly isYanked: boolean }
  /** All indexes answered; they list a different file, or none. */
  | { readonly kind: 'other'; readonly why: string }
  /** No index lists it, but some did not answer or have no digests. */
  | { readonly kind: 'unknown'; readonly why: string };

/** Maximum concurrent requests; maximum bytes and milliseconds of one request. */
const AT_ONCE = 16;
const LONGEST = 48e6;
const TIME = 60_000;

type FilesOrReason =
  | { readonly files: ReadonlyMap<string, readonly ListedFile[]> }
  | { readonly why: string };

/** The current pages of a project's indexes, each requested once. */
export class Listing {
  private readonly pages = new Map<string, Promise<FilesOrReason>>();
  /** Indexes that did not answer, with reasons; they are not contacted again. */
  private readonly failed = new Map<string, string>();
  private readonly limit = pLimit(AT_ONCE);
  private readonly fetchText: FetchText;
  readonly indexes: readonly Index[];

  constructor(indexes: readonly Index[], fetchText: FetchText) {
    this.indexes = indexes;
    this.fetchText = fetchText;
  }

  /** Whether an index lists a file with its address and digest. Never throws. */
  async verdictOf(file: PinnedFile): Promise<Verdict> {
    const [others, unknown]: [string[], string[]] = [[], []];
    for (const index of this.indexes) {
      const page = await this.page(index, file.project);
      if ('why' in page) {
        unknown.push(page.why);
        continue;
      }
      for (const listed of page.files.get(file.filename) ?? []) {
        const why = differenceOf(file, listed);
        if (why === undefined) return { kind: 'listed', isYanked: listed.yanked !== undefined };
        (listed.sha256 === undefined ? unknown : others).push(`the index at ${hostOf(index)} ${why}`);
      }
      if (index.isDeciding && page.files.size > 0) break;
    }
    const [why = `no index of the project lists ${file.filename}`] = others;
    if (others.length > 0) return { kind: 'other', why };
    if (unknown.length > 0) return { kind: 'unknown', why: unknown[0] ?? '' };
    return this.indexes.length > 0
      ? { kind: 'other', why }
      : {
          kind: 'unknown',
          why: 'neither the project nor its lock names an index with an http or https address',
        };
  }

  private page(index: Index, project: string): Promise<FilesOrReason> {
    const name = normalizeName(project) ?? project.toLowerCase();
    const address = index.isFlat ? index.url : `${index.url}/${encodeURIComponent(name)}/`;
    const known = this.pages.get(address) ?? this.limit(() => this.request(index, address));
    this.pages.set(address, known);
    return known;
  }

  private async request(index: Index, address: string): Promise<FilesOrReason> {
    const failed = this.failed.get(index.url);
    if (failed !== undefined) return { why: failed };
    try {
      const bounds = { signal: AbortSignal.timeout(TIME), most: LONGEST };
      const { status, files } = await projectPage(address, ANY_TYPE, this.fetchText, bounds);
      if (status === 404) return { files: new Map() };
      if (files) return { files: Map.groupBy(files, ({ filename }) => filename) };
      return {
        why: `the index at ${hostOf(index)} responded with ${statusText(status)} and without a page of the Simple API`,
      };
    } catch (error) {
      const why = `the index at ${hostOf(index)} could not be asked (${clauseOf(error)})`;
      this.failed.set(index.url, why);
      return { why };
    }
  }
}

/**
 * @returns how an index's entry differs from a pinned file, as a clause; undefined if it does not
 */
function differenceOf({ url, hash, filename }: PinnedFile, listed: ListedFile): string | undefined {
  if (listed.sha256 === undefined) return `has no sha256 for ${filename}`;
  const digest = sriFromHex(listed.sha256);
  if (digest !== hash) return `lists ${filename} with ${digest}, not with ${hash}`;
  const address = URL.parse(url);
  if (address && bareAddress(address) === listed.url) return undefined;
  return `lists ${filename} at ${listed.url.slice(0, 300)}, not at ${url.slice(0, 300)}`;
}

const hostOf = ({ url }: Index): string => URL.parse(url)?.host ?? '';
