import * as core from '@actions/core';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import { harmless } from './printable.ts';
import { clock } from './real-clock.ts';

/** Milliseconds between two lines of progress. */
const interval = 10_000;

/** The functions of @actions/core that are used. */
type Core = Pick<typeof core, 'info' | 'warning' | 'startGroup' | 'endGroup'>;

/**
 * The log of a runner: groups fold, warnings are annotations, and progress is a line that begins
 * with `…`, at most every ten seconds.
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
      // Shows that a silent build goes on, too.
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
