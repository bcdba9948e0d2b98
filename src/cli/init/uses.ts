/** The uses that there is a workflow for, each with its example. */
export const uses = {
  update: 'bump',
  updater: 'updater',
  check: 'check',
  'two-jobs': 'two-jobs',
} as const;
export type Use = keyof typeof uses;
