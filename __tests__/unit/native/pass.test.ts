import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { narHash } from '../../../src/hash/nar.ts';
import { startHere } from '../../../src/native/lane.ts';
import { startPass } from '../../../src/native/pass.ts';
import { runInWindow } from '../../../src/native/window.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'pass-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const sha256 = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._+!-]{0,20}$/);
const entry = fc.record({
  name,
  bytes: fc.uint8Array({ maxLength: 40 }),
  // Around the size of the buffer that files are read with, and above it.
  repeat: fc.constantFrom(0, 1, 8, 7000, 262_144),
  outputs: fc.uniqueArray(fc.nat(1), { minLength: 1 }),
  how: fc.constantFrom('read', 'receive', 'receive, size unknown', 'receive, restarted'),
});

describe('a lane', () => {
  test('gives what the tree of each output has, in whatever order and way files come', async () => {
    let tree = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(entry, { selector: (file) => file.name, maxLength: 8 }),
        fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 2 }),
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }),
        async (entries, manifests, order) => {
          const roots = [path.join(dir, String(++tree)), path.join(dir, String(++tree))];
          const files = entries
            .map((file) => ({
              ...file,
              content: Buffer.concat(
                Array(Math.min(file.repeat, 262_144 / Math.max(1, file.bytes.length) + 2) | 0).fill(
                  file.bytes,
                ),
              ),
            }))
            .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
          for (const [output, root] of roots.entries()) {
            await mkdir(path.join(root, 'wheels'), { recursive: true });
            await writeFile(path.join(root, 'manifest.json'), manifests[output] ?? '');
            for (const file of files)
              if (file.outputs.includes(output))
                await writeFile(path.join(root, 'wheels', file.name), file.content);
          }
          const plan = {
            manifests,
            files: files.map(({ name: called, content, outputs }) => ({
              name: called,
              digest: sha256(content),
              outputs,
            })),
          };
          const verdicts: boolean[] = [];
          const lane = startHere(plan, (_, isRight) => verdicts.push(isRight));
          const hand = async (index: number): Promise<void> => {
            const file = files[index];
            if (!file) return;
            const inTree = path.join(roots[file.outputs[0] ?? 0] ?? '', 'wheels', file.name);
            if (file.how === 'read') return void expect(lane.read(index, inTree).isRight).toBe(true);
            const size = file.how === 'receive, size unknown' ? undefined : file.content.length;
            const sink = lane.receive(index, path.join(dir, `new-${index}`), size);
            const send = async (bytes: Buffer): Promise<void> => {
              for (let at = 0; at < bytes.length; at += 50_000)
                await sink.take(bytes.subarray(at, at + 50_000));
              await sink.flush();
            };
            if (file.how === 'receive, restarted') {
              await send(file.content.subarray(0, 100_000));
              await sink.restart();
            }
            await send(file.content);
            lane.end(index, undefined);
          };
          await Promise.all(order.filter((index) => index < files.length).map(hand));
          expect(await lane.result).toEqual(await Promise.all(roots.map(narHash)));
          expect(verdicts).not.toContain(false);
          await Promise.all(roots.map((root) => rm(root, { recursive: true })));
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);

  test('tells of a disk that is full, and of a digest that differs, with the verdict', async () => {
    const digest = sha256(Buffer.from('right'));
    const files = ['a', 'b', 'c'].map((called) => ({ name: called, digest, outputs: [0] }));
    const verdicts: unknown[] = [];
    const lane = startHere({ manifests: [''], files }, (...verdict) => verdicts.push(verdict));
    const at = (called: string): string => path.join(dir, called);
    await symlink('/dev/full', at('full'));
    for (const [index, text] of ['right', 'wrong', 'right'].entries()) {
      const sink = lane.receive(index, index === 2 ? at('full') : at(`one-${index}`), 5);
      await sink.take(Buffer.from(text));
      await sink.flush();
      lane.end(index, at(`place-${index}`));
    }
    expect(await lane.result).toBeUndefined();
    expect(verdicts).toEqual([
      [0, true, undefined],
      [1, false, undefined],
      [2, false, { code: 'ENOSPC', message: expect.stringContaining('no space left') }],
    ]);
    expect(await readFile(at('place-0'), 'utf8')).toBe('right');
    await expect(readFile(at('place-1'))).rejects.toThrow('ENOENT');
  });
});

describe('startPass', () => {
  test('gives no hash before every file had its turn', () => {
    const pass = startPass({ manifests: [''], files: [{ name: 'a', digest: undefined, outputs: [0] }] });
    expect(() => pass.finish()).toThrow('after 0 of 1');
  });
});

describe('runInWindow', () => {
  const limits = { bytes: 100, few: 2, many: () => 5 };

  test.each([
    [1, 5],
    [30, 3],
    [1000, 2],
  ])('of tasks of %i bytes %i run at once', async (size, most) => {
    let [now, peak] = [0, 0];
    const run = async (): Promise<void> => {
      peak = Math.max(peak, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
    };
    await runInWindow(Array(20).fill({ size }), run, limits, () => {});
    expect(peak).toBe(most);
  });

  test('more may run when the limit grows', async () => {
    let [now, peak, ended] = [0, 0, 0];
    const run = async (): Promise<void> => {
      peak = Math.max(peak, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      ended += 1;
    };
    const growing = { ...limits, many: () => (ended < 10 ? 3 : 7) };
    await runInWindow(Array(40).fill({ size: 1 }), run, growing, () => {});
    expect(peak).toBe(7);
  });

  test('begins in the order given, and nothing more after a failure', async () => {
    const begun: number[] = [];
    let aborted = 0;
    const tasks = Array.from({ length: 50 }, (_, index) => ({ index, size: 1000 }));
    const run = async ({ index }: { index: number }): Promise<void> => {
      begun.push(index);
      await new Promise((resolve) => setImmediate(resolve));
      if (index === 3) throw new Error('three');
    };
    await expect(runInWindow(tasks, run, limits, () => aborted++)).rejects.toThrow('three');
    expect(begun).toEqual([0, 1, 2, 3, 4].slice(0, begun.length));
    expect(aborted).toBe(1);
  });
});
