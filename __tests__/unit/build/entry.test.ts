import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { bytesIn, keysOf, pathsIn, readNotes, writeNotes } from '../../../src/build/entry.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'entry-'));
});
afterEach(() => rm(folder, { recursive: true }));

const none = { seconds: new Map(), slower: 1 };
const digest = 'abcdfghijklmnpqrsvwxyz0123456789';

describe('keys', () => {
  const own = keysOf('x86_64-linux', 'small', ['/nix/store/b', '/nix/store/a']);

  test('of the same paths are the same, in any order', () => {
    expect(keysOf('x86_64-linux', 'small', ['/nix/store/a', '/nix/store/b'])).toEqual(own);
  });

  test('lead from the same paths to the same package to any, never to another system or version', () => {
    const [exact, scope, all] = own.restore;
    expect(exact).toBe(own.own);
    const bumped = keysOf('x86_64-linux', 'small', ['/nix/store/c']);
    expect(bumped.own).not.toBe(exact);
    expect(bumped.restore.slice(1)).toEqual([scope, all]);
    expect(keysOf('x86_64-linux', 'other', []).restore.slice(1)).toEqual([expect.anything(), all]);
    expect(all).toBe('uv-fod-builds-1-x86_64-linux-');
    expect(keysOf('aarch64-linux', 'small', []).own.startsWith('uv-fod-builds-1-aarch64-linux-')).toBe(true);
  });
});

describe('an entry', () => {
  test('says what its paths took to build', async () => {
    const notes = { seconds: new Map([['/nix/store/a', 12.5]]), slower: 2 };
    await writeNotes(folder, notes);
    expect(await readNotes(folder)).toEqual(notes);
  });

  test.each([
    '',
    '{',
    '[]',
    'null',
    '{"version":2,"seconds":{"/nix/store/a":5},"slower":"x"}',
    '{"version":1,"seconds":null}',
    '{"version":1,"seconds":{},"slower":-1}',
  ])('of another version or of nobody (%s) says nothing', async (text) => {
    await writeFile(path.join(folder, 'uv-fod.json'), text);
    expect(await readNotes(folder)).toEqual(none);
  });

  test('keeps nobody reading, and measures stay what can be', async () => {
    expect(await readNotes(folder)).toEqual(none);
    await symlink('/dev/zero', path.join(folder, 'uv-fod.json'));
    expect(await readNotes(folder)).toEqual(none);
    await rm(path.join(folder, 'uv-fod.json'));
    const text =
      '{"version":1,"slower":1e9,"seconds":{"/nix/store/a":1e300,"/nix/store/b":-5,"__proto__":"x"}}';
    await writeFile(path.join(folder, 'uv-fod.json'), text);
    const { seconds, slower } = await readNotes(folder);
    expect([slower, seconds.get('/nix/store/a'), seconds.get('/nix/store/b')]).toEqual([20, 1e5, 0]);
  });

  test('has the paths that were asked for, and no others', async () => {
    await writeFile(path.join(folder, `${digest}.narinfo`), '');
    await writeFile(path.join(folder, 'ffffffffffffffffffffffffffffffff.narinfo'), '');
    const wanted = [
      `/nix/store/${digest}-six-wheel`,
      '/nix/store/00000000000000000000000000000000-lxml-wheel',
    ];
    expect(await pathsIn(folder, wanted)).toEqual([wanted[0]]);
    expect(await bytesIn(folder)).toBe(0);
    await mkdir(path.join(folder, 'nar'));
    await writeFile(path.join(folder, 'nar', 'a.nar'), 'four');
    expect(await bytesIn(folder)).toBe(4);
  });
});
