import * as core from '@actions/core';
import type { Log } from '../ports/log.ts';
import { harmless } from './harmless.ts';

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
