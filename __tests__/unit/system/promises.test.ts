import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { inParallel } from '../../../src/system/promises.ts';

describe('work in parallel', () => {
  test('results are in the order of the items, and no more run at a time than permitted', async () => {
    let [running, most] = [0, 0];
    const results = await inParallel([5, 1, 3, 2, 4], 2, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await sleep(item);
      running -= 1;
      return item * 10;
    });
    expect(results).toEqual([50, 10, 30, 20, 40]);
    expect(most).toBe(2);
  });

  test('a failure is thrown when nothing runs any more, and nothing is started after it', async () => {
    const started: string[] = [];
    const ended: string[] = [];
    const work = inParallel(['slow', 'failing', 'later', 'last'], 2, async (item) => {
      started.push(item);
      if (item === 'failing') throw new Error(item);
      await sleep(20);
      ended.push(item);
    });
    await expect(work).rejects.toThrow('failing');
    expect({ started, ended }).toEqual({ started: ['slow', 'failing'], ended: ['slow'] });
  });
});
