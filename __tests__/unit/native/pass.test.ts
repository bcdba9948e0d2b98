import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { narHash } from '../../../src/hash/nar.ts';
import { startPass } from '../../../src/native/pass.ts';
import { runInWindow } from '../../../src/native/window.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'pass-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._+!-]{0,20}$/);
const entry = fc.record({
  name,
  bytes: fc.uint8Array({ maxLength: 40 }),
  // Around the size of the buffer that files are read with, and above it.
  repeat: fc.constantFrom(0, 1, 8, 7000, 262_144),
  outputs: fc.uniqueArray(fc.nat(1), { minLength: 1 }),
});

describe('startPass', () => {
  test('one pass over two outputs gives what each tree has', async () => {
    let tree = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(entry, { selector: (file) => file.name, maxLength: 8 }),
        fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 2 }),
        async (entries, manifests) => {
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
          const pass = startPass({
            manifests,
            files: files.map((file) => ({ name: file.name, digest: undefined, outputs: file.outputs })),
          });
          for (const file of files)
            expect(pass.next(path.join(roots[file.outputs[0] ?? 0] ?? '', 'wheels', file.name))).toBe(true);
          expect(pass.finish()).toEqual(await Promise.all(roots.map(narHash)));
          await Promise.all(roots.map((root) => rm(root, { recursive: true })));
        },
      ),
      { numRuns: 25 },
    );
  });

  test('gives no hash before every file had its turn', () => {
    const pass = startPass({ manifests: [''], files: [{ name: 'a', digest: undefined, outputs: [0] }] });
    expect(() => pass.finish()).toThrow('after 0 of 1');
  });
});

describe('runInWindow', () => {
  const limits = { bytes: 100, few: 2, many: 5 };

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
