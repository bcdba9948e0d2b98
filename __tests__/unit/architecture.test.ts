import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readPages } from '../support/docs/pages.ts';
import { checkout } from '../support/runner/runner.ts';

const src = path.join(checkout, 'src');

/** The folders of src (docs/architecture.md). Each imports from itself and from those after it. */
const order = [
  ...['action', 'cli', 'update', 'release', 'bump', 'pull-request', 'config', 'contents'],
  ...['build-lock', 'fetch', 'nix', 'uv', 'system'],
];

interface Source {
  /** Empty for the entries, which are in no folder. */
  readonly folder: string;
  readonly file: string;
  readonly text: string;
  /** Files of ours that it imports. */
  readonly imports: readonly string[];
}

async function sources(): Promise<Source[]> {
  const found = await readdir(src, { recursive: true });
  const files = found.filter((file) => file.endsWith('.ts'));
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(path.join(src, file), 'utf8');
      const paths = [...text.matchAll(/(?:from|import\() ?'(\.\.?\/[^']+)'/g)].map(([, to = '']) => to);
      return {
        ...{ file, text, folder: folderOf(file) },
        imports: paths.map((to) => path.join(path.dirname(file), to)),
      };
    }),
  );
}

const folderOf = (file: string): string => (file.includes(path.sep) ? (file.split(path.sep)[0] ?? '') : '');

const all = await sources();

describe('the layout of src', () => {
  test('every folder has its place in the order, and the page has both', async () => {
    const folders = new Set(all.map(({ folder }) => folder).filter((folder) => folder !== ''));
    expect([...folders].sort()).toEqual([...order].sort());
    const page = (await readPages()).find(({ file }) => file === 'docs/architecture.md');
    const rows = [...(page?.text ?? '').matchAll(/^\| `src\/([\w-]+)` \|/gm)].map(([, name]) => name);
    expect(rows).toEqual(order);
  });

  test('imports go down the order', () => {
    const wrong = all
      .filter(({ folder }) => folder !== '')
      .flatMap(({ folder, file, imports }) =>
        imports
          .filter((to) => order.indexOf(folderOf(to)) < order.indexOf(folder))
          .map((to) => `${file} → ${to}`),
      );
    expect(wrong).toEqual([]);
  });

  test('no file needs itself, by whatever way, types included', () => {
    const imports = new Map(all.map((one) => [one.file, one.imports]));
    const reaches = (start: string): boolean => {
      const [seen, queue] = [new Set<string>(), [...(imports.get(start) ?? [])]];
      for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
        if (at === start) return true;
        if (seen.has(at)) continue;
        seen.add(at);
        queue.push(...(imports.get(at) ?? []));
      }
      return false;
    };
    expect([...imports.keys()].filter(reaches)).toEqual([]);
  });

  test('one file starts programs, by @actions/exec', () => {
    const starters = all.filter(({ text }) =>
      /from '@actions\/exec'|import \{.*from 'node:child_process'/.test(text),
    );
    expect(starters.map(({ file }) => file)).toEqual(['system/exec.ts']);
  });

  test('only the entries read the environment and the arguments', () => {
    const readers = all.filter(({ folder, text }) => folder !== '' && /process\.(env|argv)\b/.test(text));
    expect(readers.map(({ file }) => file)).toEqual([]);
  });

  test('a type has one name, and a name one type', () => {
    const names = all.flatMap(({ text }) =>
      [...text.matchAll(/^(?:export )?(?:interface|type|class) (\w+)/gm)].map(([, name]) => name),
    );
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('only large libraries that few runs need are imported dynamically', () => {
    const dynamic = all.flatMap(({ text }) =>
      [...text.matchAll(/\bimport\('([^']+)'\)/g)].map(([, name = '']) => path.basename(name)),
    );
    expect(new Set(dynamic)).toEqual(new Set(['octokit.ts', 'actions-cache.ts', 'cyclonedx.ts']));
  });

  test('dist has at most 5 MB', async () => {
    const files = await readdir(path.join(checkout, 'dist'));
    const sizes = await Promise.all(
      files.map(async (file) => (await stat(path.join(checkout, 'dist', file))).size),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(5e6);
  });

  test('comments have at most 100 columns, those of tests and scripts too', async () => {
    const isWide = (line: string): boolean => /^\s*(?:\/\/|\/?\*)/.test(line) && line.length > 100;
    const wide: string[] = [];
    for (const folder of ['src', '__tests__', 'script']) {
      const files = await readdir(path.join(checkout, folder), { recursive: true });
      for (const file of files.filter((name) => /\.(?:ts|mjs)$/.test(name))) {
        const text = await readFile(path.join(checkout, folder, file), 'utf8');
        wide.push(...text.split('\n').filter(isWide));
      }
    }
    expect(wide).toEqual([]);
  });

  test('files are short enough to be read at once', () => {
    expect(all.filter(({ text }) => text.split('\n').length > 251).map(({ file }) => file)).toEqual([]);
  });
});
