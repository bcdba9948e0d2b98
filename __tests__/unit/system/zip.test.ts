import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BadZip, openZip, type ZipEntry } from '../../../src/system/zip.ts';
import { type ZippedFile, zipOf } from '../../support/files/zip.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'uv-fod-zip-'));
afterAll(() => rmSync(folder, { recursive: true }));

function open(bytes: Buffer) {
  const file = path.join(folder, 'a.zip');
  writeFileSync(file, bytes);
  return openZip(file);
}

function problemsIn(files: readonly ZippedFile[]): string {
  const zip = open(zipOf(files));
  try {
    return zip.problems().join('; ');
  } finally {
    zip.close();
  }
}

const plain: ZippedFile = { name: 'a/b.py', content: 'print()\n'.repeat(100) };

describe('an archive that is right', () => {
  test.each([
    ['in the usual format', {}],
    ['in the 64-bit format', { is64: true }],
  ])('%s', async (_, archive) => {
    const zip = open(
      zipOf([plain, { name: 'c', content: '', descriptor: true }, { name: 'd', content: 'd' }], archive),
    );
    expect(zip.entries.map(({ name, size }) => [name, size])).toEqual([
      ['a/b.py', 800],
      ['c', 0],
      ['d', 1],
    ]);
    expect(zip.problems()).toEqual([]);
    expect((await zip.read(zip.entries[0] as ZipEntry, 1000)).toString()).toBe(plain.content);
    zip.close();
  });
});

test.each<[string, ZippedFile[], RegExp]>([
  ['a name with ..', [{ ...plain, name: 'a/../../b' }], /leads out/],
  ['an absolute name', [{ ...plain, name: '/etc/passwd' }], /leads out/],
  ['a name with a backslash', [{ ...plain, name: '..\\b' }], /leads out/],
  ['a name twice', [plain, plain], /twice/],
  ['names that differ in case only', [plain, { ...plain, name: 'A/B.py' }], /twice/],
  ['another name in the local header', [{ ...plain, local: { name: 'evil.pth' } }], /has another name/],
  ['another size in the local header', [{ ...plain, local: { size: 7 } }], /another size or checksum/],
  ['another checksum in the local header', [{ ...plain, local: { crc: 7 } }], /another size or checksum/],
  [
    'a file that the directory does not have',
    [{ ...plain, gap: zipOf([plain]).subarray(0, 50) }],
    /no file has/,
  ],
  [
    'two files at one place',
    [plain, { ...plain, name: 'c', central: { offset: 0 } }],
    /another name|overlaps/,
  ],
])('reports %s', (_, files, problem) => {
  expect(problemsIn(files)).toMatch(problem);
});

describe('what is beyond a limit', () => {
  test('100,001 files', () => {
    expect(() => open(zipOf([plain], { is64: true, count: 100_001 }))).toThrow(/more than 100000/);
  });

  test('a name that no file system takes', () => {
    const long = { ...plain, name: '.so'.repeat(2000) };
    expect(() => open(zipOf([long]))).toThrow(/more than 4096/);
  });

  test('a file that unpacks to more than it says', async () => {
    const zip = open(zipOf([{ name: 'bomb', content: Buffer.alloc(50e6), central: { size: 10 } }]));
    await expect(zip.read(zip.entries[0] as ZipEntry, 1000)).rejects.toThrow(BadZip);
    zip.close();
  });

  test('a file that is larger than asked for', async () => {
    const zip = open(zipOf([plain]));
    await expect(zip.read(zip.entries[0] as ZipEntry, 799)).rejects.toThrow(/more than 799/);
    zip.close();
  });
});

test('100,000 files are read in seconds', () => {
  const files = Array.from({ length: 100_000 }, (_, index) => ({ name: `p/${index}.py`, content: '' }));
  const zip = open(zipOf(files, { is64: true }));
  expect([zip.entries.length, zip.problems()]).toEqual([100_000, []]);
  zip.close();
}, 30_000);

test('bytes that are cut or changed end as an archive, or as one that is bad', () => {
  const right = zipOf([plain, { name: 'd', content: 'd' }], { is64: true });
  fc.assert(
    fc.property(fc.nat(right.length), fc.nat(right.length - 1), fc.nat(255), (cut, at, byte) => {
      const bytes = Buffer.from(right);
      bytes[at] = byte;
      try {
        const zip = open(cut % 2 === 0 ? bytes : bytes.subarray(0, cut));
        zip.problems();
        zip.close();
      } catch (error) {
        expect(error).toBeInstanceOf(BadZip);
      }
    }),
    { numRuns: 500 },
  );
});
