import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readPages } from '../../support/docs/pages.ts';
import { checkout } from '../../support/runner/runner.ts';

const src = path.join(checkout, 'src');
const page = (await readPages()).find(({ file }) => file === 'docs/architecture.md');
const drawing = page?.blocks.find(({ language }) => language === 'mermaid')?.text ?? '';

/** Arrows of the drawing, each from what is imported to who imports it. */
const arrows = drawing
  .split('\n')
  .filter((line) => line.includes('-->'))
  .flatMap((line) => {
    const names = line.split('-->').map((name) => name.trim());
    return names.slice(1).map((to, index): [string, string] => [names[index] ?? '', to]);
  });

/** What each folder imports from, in the sources as they are; `ports` is left out, as in the drawing. */
async function importsOf(folder: string): Promise<Set<string>> {
  const found = await readdir(path.join(src, folder), { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    found
      .filter((entry) => entry.isFile())
      .map((entry) => readFile(path.join(entry.parentPath, entry.name), 'utf8')),
  );
  const names = texts.flatMap((text) =>
    [...text.matchAll(/(?:from|import\() ?'(?:\.\.\/)+([\w-]+)\//g)].map(([, name = '']) => name),
  );
  return new Set(names.filter((name) => name !== folder && name !== 'ports' && folders.includes(name)));
}

const folders = (await readdir(src)).filter((name) => name !== 'ports').sort();
const imports = new Map(
  await Promise.all(
    folders.map(async (name): Promise<[string, Set<string>]> => [name, await importsOf(name)]),
  ),
);

/** Whether arrows lead from one folder to another. */
function leads(from: string, to: string): boolean {
  const seen = new Set<string>();
  const queue = [from];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    if (at === to) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    for (const [start, end] of arrows) if (start === at) queue.push(end);
  }
  return false;
}

describe('the drawing of docs/architecture.md', () => {
  test('has every folder of src, and no other', () => {
    const alone = [...drawing.matchAll(/^\s*([\w-]+)$/gm)].map(([, name = '']) => name);
    const drawn = new Set([...arrows.flat(), ...alone.filter((name) => name !== 'end')]);
    expect([...drawn].sort()).toEqual(folders);
  });

  test('has no arrow that is not an import', () => {
    expect(arrows.length).toBeGreaterThan(20);
    expect(arrows.filter(([from, to]) => !imports.get(to)?.has(from))).toEqual([]);
  });

  test('leaves out no import that does not follow from its arrows', () => {
    const all = [...imports].flatMap(([to, from]) => [...from].map((name) => [name, to] as const));
    expect(all.filter(([from, to]) => !leads(from, to))).toEqual([]);
  });

  test('the table has every folder', () => {
    const rows = [...(page?.text ?? '').matchAll(/^\| (`src\/[^|]*) \|/gm)].map(([, cell = '']) => cell);
    const named = rows.flatMap((cell) => [...cell.matchAll(/`src\/([\w-]+)`/g)].map(([, name = '']) => name));
    expect(named.sort()).toEqual([...folders, 'ports'].sort());
  });
});
