import * as core from '@actions/core';
import type { Log } from '../ports/log.ts';

/**
 * A line as the runner may print it: one that begins like a workflow command (`::set-output…`, `##[…]`) would be obeyed,
 * and what programs print can be a stranger's words.
 */
export function harmless(text: string): string {
  return text.replaceAll('\r', '\n').replace(/^(\s*)(::|##\[)/gm, '$1| $2');
}

/** Log of a runner: groups fold, warnings become annotations. */
export const actionLog: Log = {
  info: (message) => core.info(harmless(message)),
  warning: (message) => core.warning(harmless(message)),
  group: async (title, body) => {
    core.startGroup(harmless(title).replaceAll('\n', ' '));
    try {
      return await body();
    } finally {
      core.endGroup();
    }
  },
};
