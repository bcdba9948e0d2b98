import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import MarkdownIt from 'markdown-it';
import { checkout } from '../runner/runner.ts';

/** One Markdown file that people read. */
export interface Page {
  /** Relative to the repository. */
  readonly file: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Targets of links and images, as they are written. */
  readonly links: readonly string[];
  /** Anchors that GitHub makes of the headings. */
  readonly anchors: ReadonlySet<string>;
}

/** One block of code of a page. */
export interface Block {
  readonly page: string;
  /** Line of the page that the block's text begins at, from 1. */
  readonly line: number;
  /** First word behind the fence; empty for an indented block or a fence without one. */
  readonly language: string;
  /** Words after it, which GitHub does not show: a file's name, or how the block is run. */
  readonly words: readonly string[];
  readonly text: string;
}

const markdown = new MarkdownIt({ html: true });
type Token = ReturnType<typeof markdown.parse>[number];

/** All pages: those at the root of the repository and those of docs/. */
export async function readPages(): Promise<Page[]> {
  const names = async (folder: string): Promise<string[]> =>
    (await readdir(path.join(checkout, folder)))
      .filter((name) => name.endsWith('.md'))
      .map((name) => path.join(folder, name));
  const files = [...(await names('.')), ...(await names('docs'))].sort();
  return Promise.all(
    files.map(async (file) => readPage(file, await readFile(path.join(checkout, file), 'utf8'))),
  );
}

export function readPage(file: string, text: string): Page {
  const tokens = markdown.parse(text, {});
  const inline = tokens.flatMap(({ children }) => children ?? []);
  const attribute = (type: string, name: string): string[] =>
    inline.filter((token) => token.type === type).map((token) => String(token.attrGet(name) ?? ''));
  return {
    file,
    text,
    blocks: tokens.filter(({ type }) => type === 'fence' || type === 'code_block').map(asBlock(file)),
    links: [...attribute('link_open', 'href'), ...attribute('image', 'src')],
    anchors: anchorsOf(tokens),
  };
}

const asBlock =
  (page: string) =>
  ({ type, info, content, map }: Token): Block => {
    const [language = '', ...words] = info.trim().split(/\s+/);
    const start = map?.[0] ?? 0;
    return { page, line: start + (type === 'fence' ? 2 : 1), language, words, text: content };
  };

/** Lower case, without punctuation, hyphens for blanks; a heading that comes again is numbered. */
function anchorsOf(tokens: readonly Token[]): Set<string> {
  const found = new Set<string>();
  for (const [index, { type }] of tokens.entries()) {
    if (type !== 'heading_open') continue;
    const words = (tokens[index + 1]?.children ?? []).map(({ content }) => content).join('');
    const slug = words
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-');
    let name = slug;
    for (let again = 1; found.has(name); again += 1) name = `${slug}-${again}`;
    found.add(name);
  }
  return found;
}
