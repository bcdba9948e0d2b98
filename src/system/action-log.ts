import * as core from '@actions/core';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import { harmless } from './printable.ts';
import { clock } from './real-clock.ts';

/** Milliseconds between two lines of progress: who opens a log afterwards wants few of them. */
const interval = 10_000;

/** What of @actions/core is used. */
type Core = Pick<typeof core, 'info' | 'warning' | 'startGroup' | 'endGroup'>;

/**
 * Log of a runner: groups fold, warnings become annotations, and progress is a line that begins with `…` at most each ten seconds.
 */
export function makeActionLog({ info, warning, startGroup, endGroup }: Core, { now, every }: Clock): Log {
  let began = now();
  let told = began;
  let latest = '';
  const tell = (): void => {
    if (latest === '' || now() - told < interval) return;
    told = now();
    info(`… ${harmless(latest).replaceAll('\n', ' ')}, ${Math.round((told - began) / 1000)} s`);
  };
  return {
    info: (message) => info(harmless(message)),
    warning: (message) => warning(harmless(message)),
    progress: (message) => {
      latest = message;
      tell();
    },
    group: async (title, body) => {
      startGroup(harmless(title).replaceAll('\n', ' '));
      began = told = now();
      // A build that prints nothing is seen to go on, too.
      const stop = every(interval, tell);
      try {
        return await body();
      } finally {
        stop();
        latest = '';
        endGroup();
      }
    },
  };
}

export const actionLog: Log = makeActionLog(core, clock);
