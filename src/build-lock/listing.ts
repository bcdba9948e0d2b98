import pLimit from 'p-limit';
import { ANY_TYPE, type ListedFile, listedFiles, withoutFragment } from '../fetch/simple-page.ts';
import type { FetchText } from '../system/fetch-text.ts';
import { sriFromHex } from '../system/sri.ts';
import { normalizeName } from '../uv/lock/index.ts';
import type { Index } from './indexes.ts';

/** A file of a build lock, as an index has to list it. */
export interface PinnedFile {
  /** Name of the package that it is of. */
  readonly project: string;
  readonly filename: string;
  readonly url: string;
  /** SRI sha256. */
  readonly hash: string;
}

/** What indexes say of a file. `why` is a clause that begins with the file's name or "the index". */
export type Verdict =
  | { readonly kind: 'listed'; readonly isYanked: boolean }
  /** Listed otherwise, or not at all, by indexes that all answered. */
  | { readonly kind: 'other'; readonly why: string }
  /** Nothing that answered lists it, and not all can be asked or give digests. */
  | { readonly kind: 'unknown'; readonly why: string };

/** Pages at once, bytes of one, and milliseconds that it may take. */
const AT_ONCE = 16;
const LONGEST = 48e6;
const TIME = 60_000;

type Page = { readonly files: ReadonlyMap<string, readonly ListedFile[]> } | { readonly why: string };

/**
 * What a project's indexes list now: one question for a project's name, asked once in a run.
 */
export class Listing {
  private readonly pages = new Map<string, Promise<Page>>();
  /** Indexes that did not answer, which are not asked again, and why. */
  private readonly silent = new Map<string, string>();
  private readonly limit = pLimit(AT_ONCE);
  private readonly fetchText: FetchText;
  readonly indexes: readonly Index[];

  constructor(indexes: readonly Index[], fetchText: FetchText) {
    this.indexes = indexes;
    this.fetchText = fetchText;
  }

  /** Begins to ask for the pages of files, so that they are there when they are needed. */
  begin(files: readonly PinnedFile[]): void {
    const index = this.indexes.find((one) => one.isDeciding) ?? this.indexes[0];
    if (index) for (const { project } of files) void this.page(index, project);
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
        if (why === undefined) return { kind: 'listed', isYanked: listed.isYanked };
        (listed.sha256 === undefined ? unknown : others).push(`the index at ${hostOf(index)} ${why}`);
      }
      if (index.isDeciding && page.files.size > 0) break;
    }
    const [why = `no index of the project lists ${file.filename}`] = others;
    if (others.length > 0) return { kind: 'other', why };
    if (unknown.length > 0) return { kind: 'unknown', why: unknown[0] ?? '' };
    return this.indexes.length > 0
      ? { kind: 'other', why }
      : { kind: 'unknown', why: 'the project has no index with an http or https address' };
  }

  private page(index: Index, project: string): Promise<Page> {
    const name = normalizeName(project) ?? project.toLowerCase();
    const address = index.isFlat ? index.url : `${index.url}/${encodeURIComponent(name)}/`;
    const known = this.pages.get(address) ?? this.limit(() => this.ask(index, address));
    this.pages.set(address, known);
    return known;
  }

  private async ask(index: Index, address: string): Promise<Page> {
    const silent = this.silent.get(index.url);
    if (silent !== undefined) return { why: silent };
    try {
      const bounds = { signal: AbortSignal.timeout(TIME), most: LONGEST };
      const { status, contentType, text } = await this.fetchText(address, { accept: ANY_TYPE }, bounds);
      if (status === 404) return { files: new Map() };
      const files = status === 200 ? listedFiles(text, contentType, address) : undefined;
      if (files) return { files: Map.groupBy(files, ({ filename }) => filename) };
      return {
        why: `the index at ${hostOf(index)} answers with status ${status} and no page of its Simple API`,
      };
    } catch (error) {
      const why = `the index at ${hostOf(index)} cannot be asked (${reasonOf(error)})`;
      this.silent.set(index.url, why);
      return { why };
    }
  }
}

/** @returns what an index lists otherwise, as a clause; undefined if it lists the file as it is pinned */
function differenceOf({ url, hash, filename }: PinnedFile, listed: ListedFile): string | undefined {
  if (listed.sha256 === undefined) return `gives no sha256 for ${filename}`;
  const digest = sriFromHex(listed.sha256);
  if (digest !== hash) return `lists ${filename} with ${digest}, not with ${hash}`;
  const address = URL.parse(url);
  if (address && withoutFragment(address) === listed.url) return undefined;
  return `lists ${filename} at ${listed.url.slice(0, 300)}, not at ${url.slice(0, 300)}`;
}

const hostOf = ({ url }: Index): string => URL.parse(url)?.host ?? '';

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .split('\n', 1)[0]
    ?.slice(0, 200)
    .replace(/\.$/, '') ?? '';
