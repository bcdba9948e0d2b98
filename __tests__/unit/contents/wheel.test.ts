import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { compareWheels } from '../../../src/contents/compare.ts';
import { readWheel } from '../../../src/contents/wheel.ts';
import { elfOf } from '../../support/files/elf.ts';
import { type ZippedFile, zipOf } from '../../support/files/zip.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'uv-fod-wheel-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Files = Readonly<Record<string, string | Buffer>>;

function read(files: Files) {
  const file = path.join(folder, 'a.whl');
  const list = Object.entries(files).map(([name, content]): ZippedFile => ({ name, content }));
  writeFileSync(file, zipOf(list));
  return readWheel(file);
}

/** What changes, as `KIND CHANGE WHAT`. */
async function changes(before: Files | undefined, after: Files): Promise<string[]> {
  const found = compareWheels(before && (await read(before)), await read(after));
  return found.map(({ kind, change, what }) => `${kind} ${change} ${what}`);
}

const base = { 'a/__init__.py': '', 'a-1.dist-info/METADATA': 'Name: a' };

describe('what Python runs when it starts', () => {
  test.each([
    ['a .pth that imports', { 'x.pth': '# why\n\nimport os; os.system("x")\n' }, 'startup-code added x.pth'],
    ['a .pth that imports, by a tab', { 'x.pth': 'import\tos' }, 'startup-code added x.pth'],
    ['a .pth with a path', { 'x.pth': 'src\n' }, 'path-file added x.pth'],
    ['a .pth with importer as a path', { 'x.pth': 'importer\n' }, 'path-file added x.pth'],
    ['a .start file', { 'x.start': 'a.b:c\n' }, 'startup-code added x.start'],
    ['a .pth by the data folder', { 'a-1.data/purelib/x.pth': 'import os' }, 'startup-code added x.pth'],
    ['sitecustomize', { 'sitecustomize.py': '' }, 'startup-code added sitecustomize.py'],
    ['usercustomize', { 'usercustomize/__init__.py': '' }, 'startup-code added usercustomize/__init__.py'],
    ['10 MB of .pth, which are not read', { 'x.pth': Buffer.alloc(10e6, 'a\n') }, 'startup-code added x.pth'],
  ])('%s', async (_, files, expected) => {
    expect(await changes(base, { ...base, ...files })).toContain(expected);
  });

  test('says which line runs, and not that of a .pth in a package', async () => {
    const [one] = compareWheels(undefined, await read({ 'x.pth': 'src\nimport a\n' }));
    expect(one).toMatchObject({ kind: 'startup-code', detail: 'import a' });
    expect(await changes(base, { ...base, 'a/x.pth': 'import os' })).toEqual([]);
  });

  test('one that changed, and one that is gone', async () => {
    const [old, now] = [
      { ...base, 'x.pth': 'src', 'y.pth': 'import y' },
      { ...base, 'x.pth': 'import x' },
    ];
    expect(await changes(old, now)).toEqual(['startup-code changed x.pth', 'startup-code removed y.pth']);
  });
});

test('programs, modules, and files outside of the package', async () => {
  const scripts = (text: string): Files => ({ 'a-1.dist-info/entry_points.txt': text });
  const after = {
    ...{
      ...base,
      ...scripts('[console_scripts]\na = a:main\nb=a:other\n[other]\nc = d\n'),
      'tests/x.py': '',
    },
    ...{ 'a-1.data/scripts/tool': '#!python', 'a-1.data/data/etc/a.conf': '', 'a-1.data/headers/a.h': '' },
  };
  expect((await changes({ ...base, ...scripts('[console_scripts]\na = a:old\n') }, after)).sort()).toEqual([
    ...['console-script added b', 'console-script added tool', 'console-script changed a'],
    ...['outside-file added etc/a.conf', 'outside-file added include/a.h', 'top-level-module added tests'],
  ]);
});

test('native libraries, and system libraries that the wheel does not bring', async () => {
  const before = { ...base, 'a/x.cpython-313-x86_64-linux-gnu.so': elfOf(['libc.so.6', 'libz.so.1']) };
  const after = {
    ...{
      ...base,
      'a/x.cpython-314-x86_64-linux-gnu.so': elfOf([
        'libc.so.6',
        'libz.so.1',
        'libq-1a2b3c4d.so.5',
        'libX11.so.6',
      ]),
    },
    ...{ 'a.libs/libq-1a2b3c4d.so.5': elfOf([]), 'a/broken.so': Buffer.from('\x7fELF and nothing') },
  };
  expect(await changes(before, after)).toEqual([
    ...['native-library added a.libs/libq-1a2b3c4d.so.5', 'native-library added a/broken.so'],
    'system-library added libX11.so.6',
  ]);
});

test('what is no archive is that, and nothing else', async () => {
  const file = path.join(folder, 'b.whl');
  writeFileSync(file, 'import os');
  expect((await readWheel(file)).problems).toEqual(['it is not a zip archive']);
});
