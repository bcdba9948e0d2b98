import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';

const src = path.resolve(import.meta.dirname, '../../src');

/** Folders of src, each with those that it may import from (docs/architecture.md). */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  ports: [],
  lock: ['ports'],
  config: ['ports'],
  release: ['config', 'lock', 'ports'],
  plan: ['lock', 'ports'],
  hash: ['ports'],
  fetch: ['plan', 'lock', 'hash', 'ports'],
  buildlock: ['fetch', 'release', 'plan', 'lock', 'hash', 'ports'],
  derivation: ['config', 'fetch', 'hash', 'ports'],
  build: ['derivation', 'hash', 'ports'],
  bump: ['build', 'derivation', 'config', 'hash', 'ports'],
  proof: ['derivation', 'ports'],
  report: ['ports'],
  'pull-request': ['ports'],
  update: ['proof', 'build', 'derivation', 'buildlock', 'fetch', 'plan', 'lock', 'hash', 'ports'],
  refresh: ['update', 'report', 'bump', 'derivation', 'release', 'config', 'plan', 'lock', 'ports'],
  effects: ['config', 'update', 'build', 'derivation', 'fetch', 'ports'],
  'nix-side': ['buildlock', 'fetch', 'plan', 'lock', 'hash', 'ports'],
  action: [
    'refresh',
    'update',
    'fetch',
    'buildlock',
    'hash',
    'pull-request',
    'report',
    'bump',
    'derivation',
    'release',
    'config',
    'plan',
    'lock',
    'ports',
  ],
  cli: [
    'refresh',
    'update',
    'pull-request',
    'release',
    'plan',
    'lock',
    'effects',
    'ports',
    'buildlock',
    'fetch',
    'derivation',
    'config',
  ],
};

interface Source {
  readonly folder: string;
  readonly file: string;
  readonly text: string;
}

async function sources(): Promise<Source[]> {
  const found = await readdir(src, { recursive: true, withFileTypes: true });
  const files = found
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(
    files.map(async (file) => {
      const relative = path.relative(src, file);
      return {
        folder: relative.split(path.sep)[0] ?? '',
        file: relative,
        text: await readFile(file, 'utf8'),
      };
    }),
  );
}

const all = await sources();

describe('the house', () => {
  test('every folder has its place in the plan', () => {
    const folders = new Set(all.map(({ folder }) => folder));
    folders.delete('entry');
    expect([...folders].sort()).toEqual(Object.keys(mayImport).sort());
  });

  test('data goes one way: no folder imports from one that comes after it', () => {
    const wrong = all
      .filter(({ folder }) => folder !== 'entry')
      .flatMap(({ folder, file, text }) =>
        [...text.matchAll(/(?:from|import\() ?'(\.\.?\/[^']+)'/g)]
          .map(([, to = '']) => path.join(path.dirname(file), to).split(path.sep)[0] ?? '')
          .filter((to) => to !== folder && !mayImport[folder]?.includes(to))
          .map((to) => `${file} → ${to}`),
      );
    expect(wrong).toEqual([]);
  });

  test('no file needs itself, by whatever way, types included', () => {
    const imports = new Map(
      all.map(({ file, text }) => [
        file,
        [...text.matchAll(/(?:from|import\() ?'(\.[^']+)'/g)].map(([, to = '']) =>
          path.join(path.dirname(file), to),
        ),
      ]),
    );
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

  test('only entry points read the environment and the arguments', () => {
    const readers = all.filter(
      ({ folder, text }) => folder !== 'entry' && /process\.(env|argv)\b/.test(text),
    );
    expect(readers.map(({ file }) => file)).toEqual([]);
  });

  test('files are short enough to be read at once', () => {
    const long = all.filter(({ text }) => text.split('\n').length > 250).map(({ file }) => file);
    expect(long).toEqual(['lock/marker.ts'].filter((file) => long.includes(file)));
  });
});
