import { chmod, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { narHash } from '../../../src/nix/nar.ts';
import { isSri, sriFromHex, sriOfText } from '../../../src/system/sri.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'nar-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

// Both hashes are what `nix hash path` of Nix 2.34.8 prints; random trees are held against Nix
// itself in the nix ring.
test('is the hash that Nix computes', async () => {
  const tree = path.join(dir, 'tree');
  await mkdir(path.join(tree, 'b/c'), { recursive: true });
  await mkdir(path.join(tree, 'empty'));
  await writeFile(path.join(tree, 'a'), 'hi\n', { mode: 0o755 });
  await symlink('nowhere', path.join(tree, 'b/l'));
  await writeFile(path.join(tree, 'b/é'), '12345678');
  expect(await narHash(tree)).toBe('sha256-jU5Grypeg18SuRijXoNSrWhW1KHC/nj7FncOd9vtaSI=');
});

test('times, and mode bits other than the owner’s x, do not count', async () => {
  const file = path.join(dir, 'file');
  await writeFile(file, 'x', { mode: 0o600 });
  const before = await narHash(file);
  await chmod(file, 0o677);
  await utimes(file, 1, 1);
  expect(await narHash(file)).toBe(before);
  await chmod(file, 0o700);
  expect(await narHash(file)).not.toBe(before);
});

test('names sort as bytes, not as UTF-16', async () => {
  // U+FF5E comes before U+10000 as bytes, and behind its surrogate D800 in UTF-16.
  const tree = path.join(dir, 'order');
  await mkdir(tree);
  for (const name of ['\u{ff5e}', '\u{10000}']) await writeFile(path.join(tree, name), name);
  const swapped = path.join(dir, 'one');
  await mkdir(swapped);
  for (const name of ['\u{10000}', '\u{ff5e}']) await writeFile(path.join(swapped, name), name);
  expect(await narHash(tree)).toBe(await narHash(swapped));
});

test('a depth that would overflow a recursion is no trouble', async () => {
  let deep = path.join(dir, 'deep');
  const top = deep;
  for (let depth = 0; depth < 900; depth++) deep = path.join(deep, 'd');
  await mkdir(deep, { recursive: true });
  expect(isSri(await narHash(top))).toBe(true);
});

test('a socket has no archive', async () => {
  const server = net.createServer().listen(path.join(dir, 's'));
  await new Promise((resolve) => server.once('listening', resolve));
  await expect(narHash(dir)).rejects.toThrow(/not a file/);
  server.close();
});

test('SRI strings', () => {
  expect(sriFromHex('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')).toBe(sriOfText(''));
  expect(isSri(sriOfText('x'))).toBe(true);
  for (const bad of [
    '',
    'sha256-',
    'sha512-x',
    `${sriOfText('x')} `,
    sriOfText('x').slice(0, -1),
    'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=',
  ]) {
    expect(isSri(bad)).toBe(false);
  }
});
