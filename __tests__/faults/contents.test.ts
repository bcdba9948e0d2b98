import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Contents } from '../../src/contents/types.ts';
import { type LockedPackage, lockText, wheelOf } from '../programs/contents/locked-packages.ts';
import { elfOf } from '../support/files/elf.ts';
import { type FileServer, startFileServer } from '../support/files/server.ts';
import { type ZippedFile, zipOf } from '../support/files/zip.ts';
import { uvFod } from '../support/scenario/small-project.ts';

// Wheels that lie, all in one lock; what changed inside them is reported, by the built program.
let dir: string;
let server: FileServer;
let contents: Contents;

const file = (name: string, content: string | Buffer = '', more: Partial<ZippedFile> = {}): ZippedFile => ({
  ...{ name, content },
  ...more,
});
const wheel = (name: string, files: readonly ZippedFile[]): LockedPackage => ({
  ...{ name, version: '2.0' },
  files: wheelOf(name, '2.0', files),
});
const raw = (name: string, bytes: Buffer): LockedPackage => ({
  ...{ name, version: '2.0' },
  files: { [`${name}-2.0-py3-none-any.whl`]: bytes },
});

/** What runs would write there. */
const marker = (): string => path.join(dir, 'executed');

const bad = (): LockedPackage[] => [
  wheel('outside', [file('../../evil.py'), file('/etc/evil')]),
  wheel('twice', [file('a.py', '1'), file('a.py', '2')]),
  wheel('hidden', [file('a.py', '', { local: { name: 'evil.pth' } })]),
  wheel('sizes', [file('a.py', 'x', { local: { size: 7 } })]),
  wheel('gap', [file('a.py', '', { gap: zipOf([file('evil.pth', 'import os')]).subarray(0, 60) })]),
  raw('none', Buffer.from('not an archive')),
  raw('cut', zipOf([file('a.py', 'x'.repeat(1000))]).subarray(0, 40)),
  raw('many', zipOf([file('a.py')], { is64: true, count: 5_000_000 })),
  raw(
    'files',
    zipOf(
      Array.from({ length: 100_000 }, (_, index) => file(`p/${index}.py`)),
      { is64: true },
    ),
  ),
  raw('zip64', zipOf([file('z.pth', 'import z')], { is64: true })),
  wheel('large', [file('large.pth', Buffer.alloc(10e6, 'import os\n'))]),
  wheel('bomb', [file('bomb.pth', Buffer.alloc(200e6), { central: { size: 10 } })]),
  wheel('endless', [file('endless-2.0.dist-info/entry_points.txt', Buffer.alloc(50e6, 'a = b\n'))]),
  wheel('elf', [
    file('elf/a.so', Buffer.concat([elfOf(['libq.so']).subarray(0, 100), Buffer.alloc(1000, 0xff)])),
  ]),
  wheel('runs', [file('runs.pth', `import pathlib; pathlib.Path(${JSON.stringify(marker())}).touch()`)]),
];

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'contents-'));
  server = await startFileServer();
  const sdist = gzipSync('no archive');
  const before = [
    { name: 'replaced', version: '1.0', files: wheelOf('replaced', '1.0', []) },
    { name: 'gone', version: '1.0', files: wheelOf('gone', '1.0', [file('gone.py')]) },
    { name: 'within', version: '1.0', files: wheelOf('within', '1.0', []) },
    { name: 'beyond', version: '1.0', files: wheelOf('beyond', '1.0', []) },
  ];
  const size = Object.values(before[0]?.files ?? {})[0]?.length ?? 0;
  // Together more than 500 MB; each alone is less.
  const old = lockText(before, server)
    .replace(/(within-1\.0.*size = )\d+/, '$1300000000')
    .replace(/(beyond-1\.0.*size = )\d+/, '$1300000001');
  const now = lockText(
    [
      ...bad(),
      { name: 'replaced', version: '2.0', files: wheelOf('replaced', '2.0', []) },
      wheel('gone', []),
      wheel('within', []),
      wheel('beyond', []),
      { name: 'source', version: '2.0', files: { 'source-2.0.tar.gz': sdist } },
    ],
    server,
  );
  // The index replaced one old file, and deleted another.
  for (const at of server.answers.keys()) {
    if (at.endsWith('/replaced-1.0-py3-none-any.whl'))
      server.answers.set(at, (_, response) => void response.end(Buffer.alloc(size, 'evil')));
    if (at.endsWith('/gone-1.0-py3-none-any.whl')) server.answers.delete(at);
  }
  await mkdir(path.join(dir, 'work'));
  await writeFile(path.join(dir, 'work/old.lock'), old);
  await writeFile(path.join(dir, 'work/uv.lock'), now);
  const { code, stdout, stderr } = await uvFod(
    ['diff', 'old.lock', 'uv.lock', '--contents', '--json'],
    path.join(dir, 'work'),
    { XDG_CACHE_HOME: path.join(dir, 'cache') },
  );
  if (code !== 0) throw new Error(stderr);
  contents = (JSON.parse(stdout) as { contents: Contents }).contents;
}, 120_000);
afterAll(async () => {
  await server?.close();
  await rm(dir, { recursive: true, force: true });
});

const of = (name: string) => contents.packages.find((one) => one.name === name)?.changes ?? [];
const problems = (name: string): string =>
  of(name)
    .filter(({ kind }) => kind === 'invalid-archive')
    .map(({ what }) => what)
    .join('; ');
const why = (name: string): string => contents.notCompared.find((one) => one.name === name)?.why ?? '';

test.each([
  [
    'names that lead out of the folder',
    'outside',
    /'\.\.\/\.\.\/evil\.py' leads out.*'\/etc\/evil' leads out/,
  ],
  ['a file twice', 'twice', /'a\.py' twice/],
  ['another name in the local header', 'hidden', /another name/],
  ['another size in the local header', 'sizes', /another size or checksum/],
  ['a file that only the local headers have', 'gap', /no file has/],
  ['bytes that are no archive', 'none', /not a zip archive/],
  ['an archive that ends early', 'cut', /not a zip archive/],
  ['5,000,000 files', 'many', /5000000 files/],
])('%s are reported', (_, name, problem) => {
  expect(problems(name)).toMatch(problem);
});

test('100,000 files are read, and an archive in the 64-bit format', () => {
  const found = contents.packages.find(({ name }) => name === 'files');
  expect([found?.size?.after.files, problems('files')]).toEqual([100_000, '']);
  expect([problems('zip64'), of('zip64').map(({ what }) => what)]).toEqual(['', ['z.pth']]);
});

test.each([
  ['10 MB of .pth', 'large', /not read: it counts as code/],
  ['a .pth that unpacks to more than it says', 'bomb', /not read: it counts as code/],
])('%s counts as code and is not unpacked', (_, name, detail) => {
  expect(of(name)).toContainEqual(
    expect.objectContaining({ kind: 'startup-code', detail: expect.stringMatching(detail) }),
  );
});

test('metadata without end and a broken library give nothing', () => {
  expect(of('endless')).toEqual([]);
  expect(of('elf').map(({ kind }) => kind)).toEqual(['native-library']);
});

test('nothing is executed, and nothing but verified files is kept', async () => {
  expect(of('runs').map(({ kind }) => kind)).toEqual(['startup-code']);
  expect(existsSync(marker())).toBe(false);
  expect(await readdir(path.join(dir, 'work'))).toEqual(['old.lock', 'uv.lock']);
  const cached = await readdir(path.join(dir, 'cache/uv-fod/artifacts-1/tmp'));
  expect(cached).toEqual([]);
});

test('old files that changed, are gone or too large are not compared, and an sdist that is none', () => {
  expect(why('replaced')).toMatch(/does not match uv\.lock/);
  expect(of('replaced')).toEqual([]);
  expect(why('gone')).toMatch(/404|can't be downloaded/);
  expect([why('within'), why('beyond')]).toEqual([
    expect.not.stringContaining('500 MB'),
    expect.stringContaining('500 MB'),
  ]);
  expect(server.requests.some((at) => at.includes('within-1.0'))).toBe(true);
  expect(server.requests.some((at) => at.includes('beyond-1.0'))).toBe(false);
  expect(why('source')).toMatch(/can't be read as an archive/);
});
